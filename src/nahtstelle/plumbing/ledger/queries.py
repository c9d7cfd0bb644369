"""Reading the ledger: the trail of an object, the health of the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Model, Q, QuerySet

from .actions import kind_of
from .models import Delivery, Entry, Touch


def trail_of(thing: Model) -> QuerySet[Touch]:
    """What happened to one object, newest first, with its entries."""
    return Touch.objects.filter(kind=kind_of(thing), object_id=thing.pk).select_related("entry").order_by("-entry_id")


def whole_trail() -> QuerySet[Entry]:
    return Entry.objects.order_by("-id")


@dataclass(frozen=True, slots=True)
class Health:
    waiting: int
    resting: int  # failed at least once, will be tried again
    stuck: int
    oldest_wait: timedelta | None  # age of the oldest undelivered row

    @property
    def well(self) -> bool:
        return not self.stuck and (self.oldest_wait is None or self.oldest_wait < timedelta(minutes=5))


def health(*, at: datetime) -> Health:
    figures = Delivery.objects.exclude(state=Delivery.State.DONE).aggregate(
        waiting=Count("id", filter=Q(state="pending", attempts=0)),
        resting=Count("id", filter=Q(state="pending", attempts__gt=0)),
        stuck=Count("id", filter=Q(state="stuck")),
        oldest=Min("entry__at"),
    )
    oldest = figures.pop("oldest")
    return Health(**figures, oldest_wait=at - oldest if oldest else None)


def undelivered() -> QuerySet[Delivery]:
    return Delivery.objects.exclude(state=Delivery.State.DONE).select_related("entry").order_by("-state", "id")
