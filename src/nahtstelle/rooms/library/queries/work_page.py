"""What the page of a work asks for."""

from dataclasses import dataclass

from ..models import Card, Notice, Record, Work

MOST_RECORDS = 60  # shown of one work


@dataclass(frozen=True, slots=True)
class Parts:
    records: list[Record]  # those that speak, in the order in which they are believed
    earlier: int  # what the same sources said before
    notices: list[Notice]
    card: Card | None


def parts_of(work: Work) -> Parts:
    everything = work.records.select_related("batch").order_by("pk")
    speaking = [one for one in everything[:MOST_RECORDS] if not one.replaced and one.state != Record.State.DELETED]
    notices = work.notices.select_related("noted_by__person", "successor", "record__batch")
    return Parts(
        records=speaking,
        earlier=work.records.filter(replaced=True).count(),
        notices=list(notices.order_by("lifted_at", "-noted_at", "-pk")),
        card=Card.objects.filter(work=work).select_related("reviewer", "second").first(),
    )
