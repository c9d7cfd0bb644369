"""Asking about open questions."""

from django.db.models import QuerySet

from nahtstelle.register.people.models import Person

from ..models import OpenQuestion


def questions(
    *, state: str = "open", kind: str = "", words: str = "", owner: Person | None = None
) -> QuerySet[OpenQuestion]:
    """Questions that were taken up; the next due first, of closed ones the last closed."""
    found = OpenQuestion.objects.select_related("owner").prefetch_related("concepts")
    if state in OpenQuestion.State.values:
        found = found.filter(state=state)
    if kind in OpenQuestion.Kind.values:
        found = found.filter(kind=kind)
    if owner is not None:
        found = found.filter(owner=owner)
    for word in words.replace("\0", "").split():
        found = found.filter(words__icontains=word)
    return found.order_by("due", "id") if state == OpenQuestion.State.OPEN else found.order_by("-closed_at", "-id")
