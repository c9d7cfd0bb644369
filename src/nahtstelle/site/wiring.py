"""Every wire between rooms, on one page. Nothing else in the house connects a fact to a reaction.

Of several reactions to one fact the upper one stands first where the lower one takes something away.
"""

from datetime import timedelta

from django.urls import reverse

from nahtstelle.plumbing.ledger.chores import Chore
from nahtstelle.plumbing.ledger.wires import Wire
from nahtstelle.register.duties import actions as duties
from nahtstelle.register.duties import facts as duty_facts
from nahtstelle.register.intake import actions as intake_actions
from nahtstelle.register.intake import answers as intake_answers
from nahtstelle.register.intake import facts as intake_facts
from nahtstelle.register.intake import reactions as intake
from nahtstelle.register.notices import actions as notices
from nahtstelle.register.notices import questions as notice_questions
from nahtstelle.register.notices import reactions as notice_reactions
from nahtstelle.register.organisations import answers as organisations_answers
from nahtstelle.register.people import questions as people_questions
from nahtstelle.register.people import rules as people_rules
from nahtstelle.register.programmes import answers as programmes_answers
from nahtstelle.register.programmes import queries as programmes_queries
from nahtstelle.register.vocabulary import questions as vocabulary_questions
from nahtstelle.rooms.law import facts as law_facts
from nahtstelle.rooms.law import questions as law_questions
from nahtstelle.rooms.law import reactions as law
from nahtstelle.rooms.law import watching
from nahtstelle.rooms.outputs import actions as outputs_actions
from nahtstelle.rooms.outputs import answers as outputs_answers
from nahtstelle.rooms.outputs import questions as outputs_questions
from nahtstelle.rooms.outputs import reactions as outputs
from nahtstelle.rooms.outreach import answers as outreach_answers
from nahtstelle.rooms.outreach import facts as outreach_facts
from nahtstelle.rooms.outreach import reactions as outreach

from . import sweeping


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
    ]


def answer_questions() -> None:
    """Which upper room answers a lower room's question."""
    vocabulary_questions.editors[:] = [people_rules.check_vocabulary_editor]
    vocabulary_questions.staff[:] = [people_rules.check_staff]
    people_questions.circles[:] = [programmes_queries.circle_of]
    people_questions.sections[:] = [
        organisations_answers.section_of,
        programmes_answers.section_of,
        intake_answers.section_of,
    ]
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
        Chore("intake.forget", every=timedelta(hours=6), action=intake_actions.forget_old),
        Chore("site.sweep-submissions", every=timedelta(hours=6), action=sweeping.sweep_submissions),
        Chore("site.sweep-sessions", every=timedelta(hours=6), action=sweeping.sweep_sessions),
    ]
