"""Every wire between rooms, on one page. Nothing else in the house connects a fact to a reaction.

Of several reactions to one fact the upper one stands first where the lower one takes something away.
"""

from datetime import timedelta

from django.urls import reverse

from nahtstelle.plumbing.ledger.chores import Chore
from nahtstelle.plumbing.ledger.wires import Wire
from nahtstelle.register.duties import actions as duties
from nahtstelle.register.duties import facts as duty_facts
from nahtstelle.register.notices import actions as notices
from nahtstelle.register.notices import questions as notice_questions
from nahtstelle.register.notices import reactions as notice_reactions
from nahtstelle.register.organisations import answers as organisations_answers
from nahtstelle.register.organisations import facts as organisation_facts
from nahtstelle.register.people import facts as people_facts
from nahtstelle.register.people import questions as people_questions
from nahtstelle.register.people import rules as people_rules
from nahtstelle.register.programmes import answers as programmes_answers
from nahtstelle.register.programmes import facts as programme_facts
from nahtstelle.register.programmes import queries as programmes_queries
from nahtstelle.register.vocabulary import questions as vocabulary_questions
from nahtstelle.rooms.law import facts as law_facts
from nahtstelle.rooms.law import questions as law_questions
from nahtstelle.rooms.law import reactions as law
from nahtstelle.rooms.law import watching
from nahtstelle.rooms.outputs import actions as outputs_actions
from nahtstelle.rooms.outputs import answers as outputs_answers
from nahtstelle.rooms.outputs import facts as output_facts
from nahtstelle.rooms.outputs import questions as outputs_questions
from nahtstelle.rooms.outputs import reactions as outputs
from nahtstelle.rooms.outreach import answers as outreach_answers
from nahtstelle.rooms.outreach import facts as outreach_facts
from nahtstelle.rooms.outreach import reactions as outreach

from . import sweeping
from .search import news as search_news
from .search import reactions as search
from .search import saving as search_saving


def wires() -> list[Wire]:
    return [
        # What becomes of a duty is told to those it concerns.
        Wire(duty_facts.DutyDelegated, notice_reactions.tell_of_delegation),
        Wire(duty_facts.DutySettled, notice_reactions.tell_of_closing),
        Wire(duty_facts.DutyDropped, notice_reactions.tell_of_closing),
        Wire(duty_facts.DutiesFellDue, notice_reactions.tell_of_due),
        Wire(duty_facts.DutiesEscalated, notice_reactions.tell_of_escalation),
        # The room law carries its own imports forward, one file at a time.
        Wire(law_facts.ImportArrived, law.list_import),
        Wire(law_facts.LawFileArrived, law.check_file),
        Wire(law_facts.LawFileConfirmed, law.take_file),
        # A reading that was taken back: those above let go first.
        Wire(law_facts.ReadingLeaving, outputs.let_go),
        Wire(law_facts.ReadingLeaving, law.remove_reading),
        # Law changes: whatever cites it is swept.
        Wire(law_facts.ProvisionsAmended, outputs.sweep_reading),
        Wire(law_facts.ProvisionsAmended, watching.tell_of_amendment),
        Wire(law_facts.AmendmentAnnounced, watching.tell_of_announcement),
        Wire(law_facts.ActAnnounced, outputs.sweep_act),
        # Law arrives or gets a name: citations that meant it are understood.
        Wire(law_facts.LawArrived, outputs.resolve_citations),
        Wire(law_facts.ReadingTaken, outputs.resolve_citations),
        Wire(law_facts.NamesChanged, outputs.resolve_citations),
        # A dispatch was approved by a second person: its letters are written.
        Wire(outreach_facts.DispatchApproved, outreach.write_letters),
        *_search_wires(),
    ]


def _search_wires() -> list[Wire]:
    """Whatever a reader may find reaches the index; last, so that it finds the others' work done."""
    return [
        Wire(output_facts.OutputStarted, search.output_changed),
        Wire(output_facts.OutputEdited, search.output_changed),
        Wire(output_facts.StepTaken, search.output_changed),
        Wire(output_facts.EditionPublished, search.output_changed),
        Wire(output_facts.CitationDeclared, search.output_changed),
        Wire(output_facts.ImpactSettled, search.output_changed),
        Wire(output_facts.WaveReached, search.output_changed),
        Wire(output_facts.WaveOpened, search.outputs_swept),
        Wire(output_facts.WaveLetGo, search.wave_let_go),
        Wire(law_facts.LawArrived, search.law_changed),
        Wire(law_facts.ReadingTaken, search.law_changed),
        Wire(law_facts.ReadingLeaving, search.law_changed),
        Wire(law_facts.NamesChanged, search.law_changed),
        Wire(law_facts.ActRecorded, search.act_changed),
        Wire(programme_facts.StructureLoaded, search.programmes_changed),
        Wire(programme_facts.PeriodChanged, search.programmes_changed),
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
        Wire(people_facts.RoleGranted, search.person_changed),
        Wire(people_facts.RoleEnded, search.person_changed),
    ]


def answer_questions() -> None:
    """Which upper room answers a lower room's question."""
    vocabulary_questions.editors[:] = [people_rules.check_vocabulary_editor]
    vocabulary_questions.staff[:] = [people_rules.check_staff]
    people_questions.circles[:] = [programmes_queries.circle_of]
    people_questions.sections[:] = [organisations_answers.section_of, programmes_answers.section_of]
    people_questions.effects[:] = [programmes_answers.effects_of]
    notice_questions.machinery[:] = [lambda: reverse("machinery:health")]
    law_questions.citing[:] = [outputs_answers.cited_in]
    law_questions.leaving[:] = [outputs_answers.objections_to_leaving]
    law_questions.act_offers[:] = [outputs_answers.offers_for_act]
    outputs_questions.output_offers[:] = [outreach_answers.offers_for_output]


def chores() -> list[Chore]:
    """The recurring work of the house; each is done by one worker at a time."""
    return [
        Chore("notices.carry", every=timedelta(seconds=15), action=notices.carry_notices),
        Chore("outputs.publish-due", every=timedelta(seconds=30), action=outputs_actions.publish_due),
        Chore("duties.remind", every=timedelta(hours=1), action=duties.remind_due),
        Chore("duties.escalate", every=timedelta(hours=1), action=duties.escalate_overdue),
        Chore("notices.forget-letters", every=timedelta(hours=6), action=notices.forget_old_letters),
        Chore("search.tell-news", every=timedelta(minutes=10), action=search_news.tell_news),
        Chore("search.forget-unconfirmed", every=timedelta(hours=6), action=search_saving.forget_unconfirmed),
        Chore("search.keep-in-line", every=timedelta(hours=12), action=search.keep_in_line),
        Chore("search.follow-the-calendar", every=timedelta(minutes=15), action=search.follow_the_calendar),
        Chore("site.sweep-submissions", every=timedelta(hours=6), action=sweeping.sweep_submissions),
        Chore("site.sweep-sessions", every=timedelta(hours=6), action=sweeping.sweep_sessions),
    ]
