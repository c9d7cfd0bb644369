"""Asking for works."""

from django.db.models import QuerySet

from ..models import Work


def current() -> QuerySet[Work]:
    """Works that were not merged into another one."""
    return Work.objects.filter(merged_into__isnull=True)


def root_of(work: Work) -> Work:
    """The work itself, or what it was merged into in the end."""
    while work.merged_into is not None:
        work = work.merged_into
    return work
