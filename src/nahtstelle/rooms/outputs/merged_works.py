"""Works that were merged into others: what a citation of one leads to, and who all is meant by a work."""

from collections.abc import Iterable

from nahtstelle.rooms.library.models import Work


def roots_of(works: Iterable[Work]) -> dict[int, Work]:
    """Each of these works by its id, or what it was merged into; a statement for each step of merging, however many works."""
    found = {work.pk: work for work in works}
    known = dict(found)
    while any(work.merged_into_id for work in found.values()):
        missing = {work.merged_into_id for work in found.values() if work.merged_into_id} - known.keys()
        known |= {work.pk: work for work in Work.objects.filter(pk__in=missing).select_related("card__edition")}
        found = {pk: known[work.merged_into_id] if work.merged_into_id else work for pk, work in found.items()}
    return found


def root_of(work: Work) -> Work:
    return roots_of([work])[work.pk]


def family_of(work: Work) -> set[int]:
    """The ids of a work and of all that were merged into it: whoever cites one of them cites it."""
    family = fresh = {work.pk}
    while fresh:
        fresh = set(Work.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)) - family
        family = family | fresh
    return family
