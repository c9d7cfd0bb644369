"""Provisions of law in their newest reading."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from nahtstelle.engines.lawtext.values import NormKind
from nahtstelle.rooms.law.models import Change, Law, Provision, Reading, Sighting

from ..models import Document
from ..offers import Offer, law_term, section_alone_term, section_term
from ..prefixes import beginning_with
from ..readers import PUBLIC

NAME = "provisions"
REPEALED = 0.4
CHUNK = 500
_NUMBER = re.compile(r"^(?:§+|Art(?:ikel)?\.?)\s*(?P<first>\d+\s?[a-z]{0,2}(?:\.\d+)?)\b", re.IGNORECASE)


def offers(only: Iterable[int] | None = None) -> Iterator[Offer]:
    """The provisions of all laws, or of the laws with the given ids."""
    laws = Law.objects.order_by("pk")
    if only is not None:
        laws = laws.filter(pk__in=list(only))
    newest = Reading.objects.filter(law=OuterRef("pk")).order_by("-first_seen").values("pk")[:1]
    for law in laws.annotate(newest=Subquery(newest)).prefetch_related("names"):
        yield from _of_law(law, law.newest)


def _of_law(law: Law, newest: int | None) -> Iterator[Offer]:
    if newest is None:
        return
    changed: dict[int, tuple[date, datetime]] = {}
    changes = Change.objects.filter(provision__law=law, substance=True).order_by("reading__first_seen")
    for provision, day, at in changes.values_list("provision", "reading__first_seen", "reading__imported_at"):
        changed[provision] = (day, at)
    first = law.readings.order_by("first_seen").first()
    reading = Reading.objects.get(pk=newest)
    names = law_words(law)
    sightings = Sighting.objects.filter(reading=newest).select_related("provision", "wording").order_by("position")
    kinds = (NormKind.CONTENTS, NormKind.STRUCTURE)
    for sighting in sightings.exclude(provision__kind__in=kinds).iterator(chunk_size=CHUNK):
        yield _offer(law, reading, sighting, names, changed.get(sighting.provision_id), first)


def section_of(designation: str) -> str:
    """The number by which a provision is cited: "14" of "§ 14", the first of several; "" of an Anlage."""
    number = _NUMBER.match(designation)
    return number["first"].replace(" ", "") if number else ""


def law_words(law: Law) -> str:
    """The names people use for a law."""
    return " ".join(dict.fromkeys([law.citation, law.short_title, *(one.name for one in law.names.all())]))[:600]


def _offer(
    law: Law,
    reading: Reading,
    sighting: Sighting,
    names: str,
    changed: tuple[date, datetime] | None,
    first: Reading | None,
) -> Offer:
    provision: Provision = sighting.provision
    wording = sighting.wording
    section = section_of(sighting.designation)
    about = [section_term(law.citation, section), section_alone_term(section)] if section else []
    day = changed[0] if changed else first.first_seen if first else None
    notes = (f"changed:{changed[0].isoformat()}",) if changed else ()
    return Offer(
        source=NAME,
        key=f"{law.pk}:{provision.pk}",
        title=f"{sighting.designation} {law.citation}" + (f": {wording.title}" if wording.title else ""),
        heading=wording.title,
        address=reverse("law:provision", args=[law.slug, provision.pk]),
        keys=frozenset((PUBLIC,)),
        kicker=law.short_title[:200],
        body=wording.text,
        keywords=names,
        about=tuple(about),
        mentions=(law_term(law.citation),),
        facets=(("source", NAME), ("language", "de"), ("law", law.citation)),
        day=day,
        stand=reading.last_seen,
        renewed=day,
        status="withdrawn" if sighting.repealed else "",
        notes=notes,
        quality=REPEALED if sighting.repealed else 1.0,
        moment=changed[1] if changed else first.imported_at if first else None,
    )


def keys_of_law(law_id: int) -> set[str]:
    """What the index has of a law, though its provisions may have left the stock."""
    of_law = Document.objects.filter(beginning_with("key", f"{law_id}:"), source=NAME)
    return set(of_law.values_list("key", flat=True))
