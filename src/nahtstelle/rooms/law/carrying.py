"""Carrying an import forward in this very process, for a command that waits for it."""

from collections.abc import Callable
from datetime import datetime

from nahtstelle.plumbing.ledger.delivery import deliver_next

from .models import Import, ImportItem

BUSY = (Import.State.CHECKING, Import.State.RUNNING)
TOLD_EVERY = 100  # deliveries
IDLE_ROUNDS = 40  # of a quarter of a second: others may hold the last files


def carry_on(
    batch: Import,
    *,
    clock: Callable[[], datetime],
    pause: Callable[[float], None],
    say: Callable[[int, int], None],
) -> bool:
    """Deliver what waits until the import has come to its next stop; False where something is left for the worker.

    ``say`` is told (ready, all) now and then.
    """
    idle = delivered = 0
    while True:
        batch.refresh_from_db()
        if batch.state not in BUSY:
            return True
        if deliver_next(at=clock()) is not None:
            idle, delivered = 0, delivered + 1
            if delivered % TOLD_EVERY == 0:
                say(*standing(batch))
        elif idle == IDLE_ROUNDS:
            return False
        else:
            idle += 1
            pause(0.25)


def standing(batch: Import) -> tuple[int, int]:
    """How many files are ready (checked, or taken in) of how many."""
    items = ImportItem.objects.filter(batch=batch)
    total = items.count()
    if batch.state == Import.State.RUNNING:
        return total - items.filter(done=False).count(), total
    return total - items.filter(state=ImportItem.State.WAITING).count(), total
