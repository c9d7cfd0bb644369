"""Every wire between rooms, on one page. Nothing else in the house connects a fact to a reaction."""

from nahtstelle.plumbing.ledger.wires import Wire


def wires() -> list[Wire]:
    return []


def answer_questions() -> None:
    """Which upper room answers a lower room's question."""
