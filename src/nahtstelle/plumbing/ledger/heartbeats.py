"""Signs of life of the workers."""

from datetime import datetime, timedelta

from .models import Heartbeat

KEPT = timedelta(days=7)
LONGEST_SILENCE = timedelta(
    minutes=1
)  # a worker writes every ten seconds; after a minute of silence something is wrong


def beat(*, worker: str, started_at: datetime, delivered: int, trouble: str, at: datetime) -> None:
    """Say that ``worker`` lives; those silent for a week are forgotten."""
    Heartbeat.objects.update_or_create(
        worker=worker,
        defaults={"seen_at": at, "delivered": delivered, "trouble": trouble},
        create_defaults={"started_at": started_at, "seen_at": at, "delivered": delivered, "trouble": trouble},
    )
    Heartbeat.objects.filter(seen_at__lt=at - KEPT).delete()


def alive(*, at: datetime) -> list[Heartbeat]:
    """The workers heard of within the last minute."""
    return list(Heartbeat.objects.filter(seen_at__gte=at - LONGEST_SILENCE))
