"""How far the ledger has come: what was reckoned at a position holds until there is another."""

from django.db.models import Subquery, Sum

from .models import Delivery, Entry

WINDOW = 100


def position() -> str:
    """A mark that differs as soon as another fact is there for us to see, or a reaction to one is done; one query.

    The newest number alone would not do: on PostgreSQL a fact with a smaller number may become visible after one with a
    larger, when its transaction takes longer. So the mark also sums the newest ``WINDOW`` numbers. And a reaction may
    change what is shown without a fact of its own, so the mark sums the deliveries that still wait.
    """
    pending = Delivery.objects.filter(state=Delivery.State.PENDING).order_by().values("state")
    waiting = Subquery(pending.annotate(sum=Sum("id")).values("sum"))
    newest = list(Entry.objects.order_by("-id").values_list("id", waiting)[:WINDOW])
    if not newest:
        return "0"
    return f"{newest[0][0]}-{sum(number for number, _waiting in newest)}-{newest[0][1] or 0}"
