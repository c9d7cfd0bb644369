"""Asking for saved searches, their runs, and what they brought."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from nahtstelle.register.people.models import CentreRole, Person

from ..models import Import, Record, SavedSearch, SearchVisit

SHOWN = (Record.State.NEW, Record.State.CHANGED, Record.State.DELETED)
State = Import.State


def searches(*, words: str = "", source: str = "", state: str = "") -> QuerySet[SavedSearch]:
    """By name, with the owner; ``state``: active, paused, draft, trouble."""
    found = SavedSearch.objects.select_related("owner").order_by("name", "pk")
    if words.strip():
        found = found.filter(
            Q(name__icontains=words.strip())
            | Q(address__icontains=words.strip())
            | Q(owner__name__icontains=words.strip())
        )
    if source:
        found = found.filter(source=source)
    match state:
        case "active":
            found = found.filter(paused=False)
        case "paused":
            found = found.filter(paused=True)
        case "trouble":
            found = found.exclude(trouble={})
    return found


def last_runs(found: Iterable[SavedSearch]) -> dict[int, Import]:
    """The newest run of each."""
    ids = [search.pk for search in found]
    newest = Import.objects.filter(search__in=ids).order_by().values("search").annotate(last=Max("pk")).values("last")
    return {run.search_id: run for run in Import.objects.filter(pk__in=newest)}


def runs_of(search: SavedSearch) -> QuerySet[Import]:
    return search.runs.select_related("given_by__person").order_by("-pk")


def figures_of_runs(runs: Iterable[Import]) -> dict[int, dict[str, int]]:
    """For each run how many records it brought, by their state."""
    counted: dict[int, dict[str, int]] = {run.pk: {} for run in runs}
    rows = Record.objects.filter(batch__in=list(counted)).order_by().values_list("batch", "state").annotate(Count("pk"))
    for batch, state, number in rows:
        counted[batch][state] = number
    return counted


def brought(*, search: int | None = None, words: str = "", after: int = 0) -> QuerySet[Record]:
    """What saved searches brought, the newest first: new, changed and withdrawn records of runs nobody gave up."""
    found = Record.objects.filter(batch__search__isnull=False, state__in=SHOWN, pk__gt=after)
    found = found.exclude(batch__state__in=[State.ABANDONED, State.UNDONE])
    if search:
        found = found.filter(batch__search=search)
    if words.strip():
        found = found.filter(Q(title__icontains=words.strip()) | Q(doi__icontains=words.strip()))
    return (
        found.select_related("batch__search", "work").defer("values", "work__abstract", "work__folded").order_by("-pk")
    )


def visit_of(person: Person) -> SearchVisit | None:
    return SearchVisit.objects.filter(person=person).first()


def due(*, at: datetime) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(paused=False, next_at__lte=at).select_related("owner").order_by("next_at", "pk")


def fetching() -> QuerySet[Import]:
    """Runs under way, and files whose DOIs are being looked up."""
    return Import.objects.filter(state=State.FETCHING).select_related("search").order_by("pk")


def being_tried() -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(probe__state="asking").order_by("pk")


def holders(roles: Iterable[str], *, on: date) -> QuerySet[Person]:
    """Those who hold one of these roles on that day and can come in."""
    held = CentreRole.objects.on(on).filter(role__in=list(roles))
    return Person.objects.filter(pk__in=held.values("person"), account__is_active=True).order_by("name")


def completable(batch: Import) -> QuerySet[Record]:
    """Records of which nothing is known but a DOI."""
    return batch.records.filter(title="").exclude(doi="").exclude(doi__contains=",").order_by("number")


def names() -> list[tuple[int, str]]:
    """All saved searches, for a list to choose from."""
    return list(SavedSearch.objects.order_by("name").values_list("pk", "name"))
