"""How far the ledger has come: what was reckoned at a position holds until there is another."""

from .models import Entry

WINDOW = 100


def position() -> str:
    """A mark that differs as soon as another fact is there for us to see.

    The newest number alone would not do: on PostgreSQL a fact with a smaller number may become visible after one with a
    larger, when its transaction takes longer. So the mark also sums the newest ``WINDOW`` numbers.
    """
    newest = list(Entry.objects.order_by("-id").values_list("id", flat=True)[:WINDOW])
    return f"{newest[0]}-{sum(newest)}" if newest else "0"
