"""What a source withdrew no longer speaks for its work; the work stays, for whoever cites it."""

from datetime import datetime

from django.db import transaction

from nahtstelle.plumbing.kit.setting import set_each
from nahtstelle.plumbing.kit.slices import slices
from nahtstelle.plumbing.ledger.actors import Actor

from ..models import Import, Record
from .works import put_together

AT_ONCE = 500


@transaction.atomic
def withdraw(*, batch: Import, by: Actor, at: datetime) -> int:
    """Of an import that was taken in; the number of records withdrawn."""
    rows = list(
        batch.records.filter(state=Record.State.DELETED, work__isnull=True, replaces__work__isnull=False).values_list(
            "pk", "replaces", "replaces__work"
        )
    )
    for part in slices(rows, AT_ONCE):
        set_each(Record, "work", [(pk, work) for pk, _old, work in part])
        Record.objects.filter(pk__in=[old for _pk, old, _work in part]).update(replaced=True)
        put_together({work for _pk, _old, work in part}, at=at)
    return len(rows)
