"""Every wire between rooms, on one page. Nothing else in the house connects a fact to a reaction.

Of several reactions to one fact the upper one stands first where the lower one takes something away.
"""

from nahtstelle.plumbing.ledger.wires import Wire
from nahtstelle.rooms.law import facts as law_facts
from nahtstelle.rooms.law import questions as law_questions
from nahtstelle.rooms.law import reactions as law
from nahtstelle.rooms.outputs import answers as outputs_answers
from nahtstelle.rooms.outputs import reactions as outputs
from nahtstelle.rooms.outreach import facts as outreach_facts
from nahtstelle.rooms.outreach import reactions as outreach


def wires() -> list[Wire]:
    return [
        # The room law carries its own imports forward, one file at a time.
        Wire(law_facts.ImportArrived, law.list_import),
        Wire(law_facts.LawFileArrived, law.check_file),
        Wire(law_facts.LawFileConfirmed, law.take_file),
        # A reading that was taken back: those above let go first.
        Wire(law_facts.ReadingLeaving, outputs.let_go),
        Wire(law_facts.ReadingLeaving, law.remove_reading),
        # Law changes: whatever cites it is swept.
        Wire(law_facts.ProvisionsAmended, outputs.sweep_reading),
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
    law_questions.citing[:] = [outputs_answers.cited_in]
    law_questions.leaving[:] = [outputs_answers.objections_to_leaving]
