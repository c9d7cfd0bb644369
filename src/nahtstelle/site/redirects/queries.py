"""Asking about redirects."""

from datetime import date

from django.db.models import Q, QuerySet, Sum

from .addresses import as_read
from .models import Redirect
from .ways import Ways


def ways() -> Ways:
    """All redirects."""
    return Ways(Redirect.objects.values_list("old", "new"))


def redirects(*, words: str = "", since: date) -> QuerySet[Redirect]:
    """Redirects by old address with ``uses`` since a day; each word stands somewhere in addresses or note."""
    found = Redirect.objects.select_related("made_by__person")
    for word in words.split():
        found = found.filter(Q(old__icontains=word) | Q(new__icontains=word) | Q(note__icontains=word))
    return found.annotate(uses=Sum("hits__number", filter=Q(hits__month__gte=since))).order_by("old")


def redirect_for(path: str, query: str) -> Redirect | None:
    """What is kept for an address: with its query if that is known, else without."""
    path, query = path.rstrip("/"), as_read(query)
    wanted = [f"{path}?{query}", path] if query else [path]
    found = {one.old: one for one in Redirect.objects.filter(old__in=wanted)}
    return next((found[old] for old in wanted if old in found), None)
