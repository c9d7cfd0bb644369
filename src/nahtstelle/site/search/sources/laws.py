"""Laws themselves, by all their names."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from nahtstelle.rooms.law.models import Law

from ..offers import Offer, law_term
from ..readers import PUBLIC
from .provisions import law_words

NAME = "laws"


def offers(only: Iterable[int] | None = None) -> Iterator[Offer]:
    laws = Law.objects.filter(readings__isnull=False).distinct().order_by("pk")
    if only is not None:
        laws = laws.filter(pk__in=list(only))
    for law in laws.prefetch_related("names", "readings"):
        yield _offer(law)


def _offer(law: Law) -> Offer:
    readings = sorted(law.readings.all(), key=lambda reading: reading.first_seen)
    newest = readings[-1]
    title = f"{law.short_title} ({law.citation})" if law.short_title else law.citation
    return Offer(
        source=NAME,
        key=str(law.pk),
        title=title,
        address=reverse("law:law", args=[law.slug]),
        keys=frozenset((PUBLIC,)),
        lead=law.long_title if law.long_title != law.short_title else "",
        keywords=law_words(law),
        about=(law_term(law.citation),),
        facets=(("source", NAME), ("language", "de"), ("law", law.citation)),
        day=newest.first_seen,
        stand=newest.last_seen,
        renewed=newest.first_seen,
        moment=newest.imported_at,
    )
