"""Imports and their files."""

from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, Value, When

from ..models import Change, Import, ImportItem

State = ImportItem.State
# What stands first in the list of files: trouble, then what changes something, then the rest.
WEIGHTY = (State.REFUSED, State.NEWER, State.NEW_LAW, State.LATE, State.WAITING, State.SAME, State.LEFT_OUT)


def imports() -> QuerySet[Import]:
    """Imports, newest first, with the number of their files and of those refused."""
    refused = Count("items", filter=Q(items__state=ImportItem.State.REFUSED))
    return (
        Import.objects.select_related("started_by__person")
        .annotate(files=Count("items"), refused=refused)
        .order_by("-id")
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """An import in figures: its files, how many are checked and done, how many of each state, what they changed."""

    files: int
    checked: int
    done: int
    states: dict[str, int]
    changes: int

    def of(self, state: str) -> int:
        return self.states.get(state, 0)


def figures_of(batch: Import) -> Figures:
    counted = batch.items.order_by().values("state").annotate(files=Count("pk"), ready=Count("pk", filter=Q(done=True)))
    states = {row["state"]: row["files"] for row in counted}
    files = sum(states.values())
    changes = 0
    if batch.state == Import.State.DONE:
        changes = Change.objects.filter(
            substance=True, reading__items__batch=batch, reading__items__state=ImportItem.State.NEWER
        ).count()
    done = sum(row["ready"] for row in counted)
    return Figures(files, files - states.get(ImportItem.State.WAITING, 0), done, states, changes)


def files_of(batch: Import, *, state: str = "") -> QuerySet[ImportItem]:
    """The files of an import: first those with trouble, then those that change something, then the rest."""
    weight = Case(
        *(When(state=named, then=Value(number)) for number, named in enumerate(WEIGHTY)), default=Value(len(WEIGHTY))
    )
    items = batch.items.select_related("reading__law").order_by(weight, "name", "id")
    return items.filter(state=state) if state in ImportItem.State.values else items
