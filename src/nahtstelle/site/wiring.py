"""Every wire between rooms, on one page. Nothing else in the house connects a fact to a reaction.

Of several reactions to one fact the upper one stands first where the lower one takes something away, and the lower one
waits for it: ``in_turn=True``.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.chores import Chore
from nahtstelle.plumbing.ledger.wires import Wire
from nahtstelle.register.duties import actions as duties
from nahtstelle.register.duties import facts as duty_facts
from nahtstelle.register.duties import personal as duties_personal
from nahtstelle.register.duties import questions as duty_questions
from nahtstelle.register.intake import actions as intake_actions
from nahtstelle.register.intake import answers as intake_answers
from nahtstelle.register.intake import facts as intake_facts
from nahtstelle.register.intake import personal as intake_personal
from nahtstelle.register.intake import reactions as intake
from nahtstelle.register.notices import actions as notices
from nahtstelle.register.notices import personal as notices_personal
from nahtstelle.register.notices import questions as notice_questions
from nahtstelle.register.notices import reactions as notice_reactions
from nahtstelle.register.organisations import answers as organisations_answers
from nahtstelle.register.organisations import facts as organisation_facts
from nahtstelle.register.organisations import personal as organisations_personal
from nahtstelle.register.people import facts as people_facts
from nahtstelle.register.people import questions as people_questions
from nahtstelle.register.people import rights as people_rights
from nahtstelle.register.people import rules as people_rules
from nahtstelle.register.programmes import answers as programmes_answers
from nahtstelle.register.programmes import facts as programme_facts
from nahtstelle.register.programmes import personal as programmes_personal
from nahtstelle.register.programmes import queries as programmes_queries
from nahtstelle.register.programmes import questions as programmes_questions
from nahtstelle.register.vocabulary import questions as vocabulary_questions
from nahtstelle.rooms.law import facts as law_facts
from nahtstelle.rooms.law import personal as law_personal
from nahtstelle.rooms.law import questions as law_questions
from nahtstelle.rooms.law import reactions as law
from nahtstelle.rooms.law import watching
from nahtstelle.rooms.library import facts as library_facts
from nahtstelle.rooms.library import personal as library_personal
from nahtstelle.rooms.library import questions as library_questions
from nahtstelle.rooms.library.actions import fetching as library_fetching
from nahtstelle.rooms.library.actions import ranking as library_ranking
from nahtstelle.rooms.library.actions import screening as library_screening
from nahtstelle.rooms.library.reactions import classifying as library_classifying
from nahtstelle.rooms.library.reactions import deliveries as library
from nahtstelle.rooms.library.reactions import linking as library_linking
from nahtstelle.rooms.library.reactions import pools as library_pools
from nahtstelle.rooms.outputs import actions as outputs_actions
from nahtstelle.rooms.outputs import answers as outputs_answers
from nahtstelle.rooms.outputs import bringing_in
from nahtstelle.rooms.outputs import drawing as outputs_drawing
from nahtstelle.rooms.outputs import facts as outputs_facts
from nahtstelle.rooms.outputs import letting_go as outputs_letting_go
from nahtstelle.rooms.outputs import news as outputs_news
from nahtstelle.rooms.outputs import personal as outputs_personal
from nahtstelle.rooms.outputs import questions as outputs_questions
from nahtstelle.rooms.outputs import reactions as outputs
from nahtstelle.rooms.outputs import references as outputs_references
from nahtstelle.rooms.outreach import answers as outreach_answers
from nahtstelle.rooms.outreach import facts as outreach_facts
from nahtstelle.rooms.outreach import personal as outreach_personal
from nahtstelle.rooms.outreach import reactions as outreach
from nahtstelle.site.barriers import actions as barriers
from nahtstelle.site.pages import answers as pages_answers
from nahtstelle.site.topics import answers as topics_answers

from . import personal, rights, sweeping
from .door import answers as door_answers
from .feeds.oai import keeping as harvest
from .feeds.sitemaps import SITEMAPS
from .invitations import actions as invitations_actions
from .invitations import answers as invitations_answers
from .mailroom import actions as mailroom_actions
from .mailroom import answers as mailroom_answers
from .mailroom import imap as mailroom_imap
from .search import facts as search_facts
from .search import following as search_following
from .search import news as search_news
from .search import reactions as search
from .search import saving as search_saving
from .topics.sitemap import Topics


def wires() -> list[Wire]:
    return [
        # What becomes of a duty is told to those it concerns.
        Wire(duty_facts.DutyDelegated, notice_reactions.tell_of_delegation),
        Wire(duty_facts.DutySettled, notice_reactions.tell_of_closing),
        Wire(duty_facts.DutyDropped, notice_reactions.tell_of_closing),
        Wire(duty_facts.DutiesFellDue, notice_reactions.tell_of_due),
        Wire(duty_facts.DutiesEscalated, notice_reactions.tell_of_escalation),
        # Tables are read, checked and compared some thousand rows at a time.
        Wire(intake_facts.TableArrived, intake.read_rows),
        Wire(intake_facts.ColumnsChosen, intake.check_rows),
        Wire(intake_facts.RowsUnderstood, intake.match_rows),
        Wire(intake_facts.ImportConfirmed, intake.carry_out),
        Wire(intake_facts.UndoingConfirmed, intake.undo),
        # The room law carries its own imports forward, one file at a time.
        Wire(law_facts.ImportArrived, law.list_import),
        Wire(law_facts.LawFileArrived, law.check_file),
        Wire(law_facts.LawFileConfirmed, law.take_file),
        # A reading that was taken back: those above let go first, whatever that takes.
        Wire(law_facts.ReadingLeaving, outputs.let_go),
        Wire(law_facts.ReadingLeaving, law.remove_reading, in_turn=True),
        # The library reads its deliveries slice by slice, takes them in whole, and takes them back whole.
        Wire(library_facts.ImportArrived, library.read_on),
        Wire(library_facts.ImportConfirmed, library.take_in),
        Wire(library_facts.UndoingConfirmed, library.undo),
        Wire(library_facts.LiteratureImported, library.withdraw),
        Wire(library_facts.FullTextAttached, library.read_full_text),
        # Law changes: whatever cites it is swept.
        Wire(law_facts.ProvisionsAmended, outputs.sweep_reading),
        Wire(law_facts.ProvisionsAmended, watching.tell_of_amendment),
        Wire(law_facts.AmendmentAnnounced, watching.tell_of_announcement),
        Wire(law_facts.ActAnnounced, outputs.sweep_act),
        # Law arrives or gets a name: citations that meant it are understood.
        Wire(law_facts.LawArrived, outputs.resolve_citations),
        Wire(law_facts.ReadingTaken, outputs.resolve_citations),
        Wire(law_facts.NamesChanged, outputs.resolve_citations),
        # Literature came in: its duplicates are sought, some hundred records at a time.
        Wire(library_facts.LiteratureImported, library_linking.link_imported),
        Wire(library_facts.LinkingWentOn, library_linking.link_on),
        # Something befalls a study: whatever rests on it is swept.
        Wire(library_facts.NoticeNoted, outputs.sweep_notice),
        Wire(library_facts.NoticeLifted, outputs.lift_notice),
        Wire(library_facts.CardPublished, outputs.sweep_card),
        Wire(library_facts.CardWithdrawn, outputs.sweep_withdrawn_card),
        Wire(library_facts.LiteratureImported, outputs.resolve_works),
        Wire(outputs_facts.EditionPublished, outputs.draw_references),
        # Then concepts are proposed for its works; what people answer is learned from.
        Wire(library_facts.DuplicatesSought, library_classifying.propose_first),
        Wire(library_facts.ProposingWentOn, library_classifying.propose_on),
        Wire(library_facts.LearningFellDue, library_classifying.learn),
        # A dispatch was approved by a second person: its letters are written.
        Wire(outreach_facts.DispatchApproved, outreach.write_letters),
        # Pools of reviews follow the imports that feed them.
        Wire(library_facts.LiteratureImported, library_pools.feed_pools),
        Wire(library_facts.LiteratureUndone, library_pools.drain_pools),
        # What is said of an output changes: harvesters learn of it.
        Wire(outputs_facts.EditionPublished, harvest.follow_output),
        Wire(outputs_facts.StepTaken, harvest.follow_output),
        Wire(outputs_facts.OutputEdited, harvest.follow_output),
        Wire(outputs_facts.ImpactSettled, harvest.follow_output),
        Wire(outputs_facts.WaveReached, harvest.follow_output),
        Wire(outputs_facts.WaveOpened, harvest.follow_wave),
        Wire(outputs_facts.WaveLetGo, harvest.follow_all),
        *_search_wires(),
    ]


def _search_wires() -> list[Wire]:
    """Whatever a reader may find reaches the index; last, so that it finds the others' work done."""
    return [
        Wire(outputs_facts.OutputStarted, search.output_changed),
        Wire(outputs_facts.OutputEdited, search.output_changed),
        Wire(outputs_facts.StepTaken, search.output_changed),
        Wire(outputs_facts.EditionPublished, search.output_changed),
        Wire(outputs_facts.CitationDeclared, search.output_changed),
        Wire(outputs_facts.ImpactSettled, search.output_changed),
        Wire(outputs_facts.WaveReached, search.output_changed),
        Wire(outputs_facts.WaveOpened, search.outputs_swept),
        Wire(outputs_facts.WaveLetGo, search.wave_let_go),
        Wire(law_facts.LawArrived, search.law_changed),
        Wire(law_facts.ReadingTaken, search.law_changed),
        Wire(law_facts.ReadingLeaving, search.law_changed, in_turn=True),
        Wire(law_facts.NamesChanged, search.law_changed),
        Wire(law_facts.ActRecorded, search.act_changed),
        Wire(programme_facts.StructureLoaded, search.programmes_changed),
        Wire(programme_facts.PeriodChanged, search.programmes_changed),
        Wire(programme_facts.StructureRecut, search.programmes_changed),
        Wire(programme_facts.RecutUndone, search.programmes_changed),
        Wire(intake_facts.TableImported, search.table_changed),
        Wire(intake_facts.ImportUndone, search.table_changed),
        Wire(programme_facts.NetworkSaved, search.programme_changed),
        Wire(programme_facts.ProjectSaved, search.programme_changed),
        Wire(programme_facts.PersonEngaged, search.person_changed),
        Wire(programme_facts.EngagementEnded, search.person_changed),
        Wire(organisation_facts.OrganisationAdded, search.organisation_changed),
        Wire(organisation_facts.OrganisationChanged, search.organisation_changed),
        Wire(organisation_facts.MembershipAdded, search.person_changed),
        Wire(organisation_facts.MembershipEnded, search.person_changed),
        Wire(people_facts.PersonAdded, search.person_changed),
        Wire(people_facts.PersonChanged, search.person_changed),
        Wire(people_facts.PersonErased, search.person_changed),
        Wire(people_facts.RoleGranted, search.person_changed),
        Wire(people_facts.RoleEnded, search.person_changed),
        Wire(library_facts.CardPublished, search.study_changed),
        Wire(library_facts.CardWithdrawn, search.study_changed),
        Wire(library_facts.NoticeNoted, search.study_changed),
        Wire(library_facts.NoticeLifted, search.study_changed),
        Wire(library_facts.WorksMerged, search.works_merged),
        Wire(library_facts.WorksParted, search.works_parted),
        Wire(library_facts.LiteratureImported, search.literature_imported),
        Wire(library_facts.LiteratureUndone, search.literature_undone),
        Wire(search_facts.LiteratureToIndex, search.literature_to_index),
        Wire(search_facts.LiteratureToSweep, search.literature_to_sweep),
    ]


def answer_questions() -> None:
    """Which upper room answers a lower room's question."""
    vocabulary_questions.editors[:] = [people_rules.check_vocabulary_editor]
    vocabulary_questions.staff[:] = [people_rules.check_staff]
    people_rights.all_rights[:] = [*people_rights.OF_THE_REGISTER, *rights.rights_of_rooms()]
    people_questions.circles[:] = [programmes_queries.circle_of]
    people_questions.sections[:] = [
        organisations_answers.section_of, programmes_answers.section_of, intake_answers.section_of,
        door_answers.section_of, invitations_answers.section_of,
    ]  # fmt: skip
    people_questions.holdings[:] = [
        outreach_personal.holdings, outputs_personal.holdings, library_personal.holdings, law_personal.holdings, notices_personal.holdings,
        duties_personal.holdings, intake_personal.holdings, programmes_personal.holdings, organisations_personal.holdings, personal.holdings,
    ]  # fmt: skip
    people_questions.mentions[:] = [
        outreach_personal.mentions, outputs_personal.mentions, library_personal.mentions, notices_personal.mentions, duties_personal.mentions,
        intake_personal.mentions, personal.mentions,
    ]  # fmt: skip
    people_questions.keeping[:] = [outputs_personal.objections_to_erasing, library_personal.objections_to_erasing]
    people_questions.effects[:] = [programmes_answers.effects_of, invitations_answers.effects_of]
    duty_questions.answers[:] = [mailroom_answers.about_duty]
    notice_questions.machinery[:] = [lambda: reverse("machinery:health")]
    law_questions.citing[:] = [outputs_answers.cited_in]
    library_questions.citing[:] = [outputs_answers.works_cited_in]
    law_questions.leaving[:] = [outputs_letting_go.objections_to_leaving]
    law_questions.act_offers[:] = [outputs_answers.offers_for_act]
    law_questions.follow_offers[:] = [search_following.ways_to_follow]
    outputs_questions.output_offers[:] = [outreach_answers.offers_for_output]
    outputs_questions.places[:] = [pages_answers.address_of]
    SITEMAPS["themen"] = Topics()
    programmes_questions.parts[:] = [topics_answers.parts_of_programme]


def _reminding(*, by: Actor, at: datetime) -> int:
    return duties.remind_due(by=by, at=at, before=settings.DUTY_REMIND_BEFORE)


def _escalating(*, by: Actor, at: datetime) -> int:
    return duties.escalate_overdue(by=by, at=at, after=settings.DUTY_ESCALATE_AFTER)


def _forgetting(*, by: Actor, at: datetime) -> int:
    return notices.forget_old_letters(by=by, at=at, after=settings.LETTERS_KEPT)


def chores() -> list[Chore]:
    """The recurring work of the house; each is done by one worker at a time."""
    return [
        Chore("notices.carry", every=timedelta(seconds=15), action=notices.carry_notices),
        Chore("outputs.publish-due", every=timedelta(seconds=30), action=outputs_actions.publish_due),
        Chore("duties.remind", every=timedelta(hours=1), action=_reminding),
        Chore("duties.escalate", every=timedelta(hours=1), action=_escalating),
        Chore("outputs.draw-references", every=timedelta(minutes=10), action=outputs_references.draw_all),
        Chore("outputs.tell-of-new-studies", every=timedelta(hours=6), action=outputs_news.tell_owners),
        Chore("notices.forget-letters", every=timedelta(hours=6), action=_forgetting),
        Chore("outputs.keep-drawings", every=timedelta(minutes=1), action=outputs_drawing.keep_drawings),
        Chore("outputs.sweep-brought-in", every=timedelta(hours=6), action=bringing_in.sweep_brought_in),
        Chore("feeds.refresh-records", every=timedelta(hours=12), action=harvest.refresh_records),
        Chore("barriers.forget", every=timedelta(hours=6), action=barriers.forget_old_reports),
        Chore("library.rank", every=timedelta(seconds=5), action=library_ranking.rank_due),
        Chore("library.clear-desks", every=timedelta(hours=6), action=library_screening.forget_holds),
        Chore("intake.forget", every=timedelta(hours=6), action=intake_actions.forget_old),
        Chore("search.tell-news", every=timedelta(minutes=10), action=search_news.tell_news),
        Chore("search.forget-unconfirmed", every=timedelta(hours=6), action=search_saving.forget_unconfirmed),
        Chore("search.keep-in-line", every=timedelta(hours=12), action=search.keep_in_line),
        Chore("search.follow-the-calendar", every=timedelta(minutes=15), action=search.follow_the_calendar),
        Chore("site.sweep-submissions", every=timedelta(hours=6), action=sweeping.sweep_submissions),
        Chore("mailroom.fetch", every=timedelta(minutes=2), action=mailroom_imap.fetch, slow=True),
        Chore(
            "library.fetch",
            every=timedelta(seconds=1),
            action=library_fetching.fetch,
            slow=True,
            claim=timedelta(minutes=5),
        ),
        Chore("mailroom.forget-old", every=timedelta(hours=6), action=mailroom_actions.forget_old),
        Chore("invitations.forget-old", every=timedelta(hours=6), action=invitations_actions.forget_old),
        Chore("links.forget-ended", every=timedelta(hours=6), action=sweeping.sweep_links),
        Chore("site.sweep-sessions", every=timedelta(hours=6), action=sweeping.sweep_sessions),
    ]
