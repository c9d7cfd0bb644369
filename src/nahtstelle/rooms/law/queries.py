"""Asking about law through time. Answers say how sure they are: a day between two sightings is not known."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from nahtstelle.engines.lawtext.values import Norm, NormKind

from .models import Announcement, Change, Law, PlannedChange, Provision, Reading, Sighting, Watch
from .wordings import norm_from

SHOWN_KINDS = [NormKind.PROVISION, NormKind.APPENDIX, NormKind.FORMULA, NormKind.OTHER]


def laws(*, words: str = "", watched_by: int | None = None) -> QuerySet[Law]:
    """Laws in stock with the day they were seen last and what they count, for the list."""
    found = Law.objects.annotate(
        last_seen=Max("readings__last_seen"),
        readings_number=Count("readings", distinct=True),
    )
    for word in words.split():
        found = found.filter(
            Q(citation__icontains=word)
            | Q(short_title__icontains=word)
            | Exists(Law.objects.filter(pk=OuterRef("pk"), names__folded__contains=word.lower()))
        )
    if watched_by is not None:
        found = found.filter(watches__person=watched_by)
    return found.order_by("citation", "id")


def newest_reading(law: Law) -> Reading | None:
    return law.readings.order_by("-first_seen").first()


class Certainty(StrEnum):
    SEEN = "seen"  # the day lies between two sightings of the same file
    LATEST = "latest"  # after the last sighting: nothing newer is known
    UNKNOWN = "unknown"  # between two different readings: it changed at some time in between
    BEFORE = "before"  # before the first reading we have


@dataclass(frozen=True, slots=True)
class AsAt:
    """A provision as at a day, with honest bounds.

    ``last_seen`` is the last day the shown text was seen, ``next_seen`` the first day another was; between the two lies
    the change. ``announced`` are the days for which the official file had announced amendments within that gap.
    """

    day: date
    certainty: Certainty
    sighting: Sighting | None
    last_seen: date | None
    next_seen: date | None
    announced: tuple[date, ...] = ()


def reading_at(law: Law, day: date) -> tuple[Reading | None, Certainty, Reading | None]:
    """The reading to show for a day, how sure that is, and the reading after it."""
    reading = law.readings.filter(first_seen__lte=day).order_by("-first_seen").first()
    following = law.readings.filter(first_seen__gt=day).order_by("first_seen").first()
    if reading is None:
        return None, Certainty.BEFORE, following
    if day <= reading.last_seen:
        return reading, Certainty.SEEN, following
    return reading, (Certainty.UNKNOWN if following else Certainty.LATEST), following


def as_at(provision: Provision, day: date) -> AsAt:
    """What the provision said on a day, as far as our readings can tell."""
    reading, certainty, following = reading_at(provision.law, day)
    if reading is None:
        return AsAt(day, certainty, None, None, following.first_seen if following else None)
    shown = _sighting(provision, reading)
    if certainty is Certainty.UNKNOWN and following is not None:
        then = _sighting(provision, following)
        if shown and then and shown.wording_id == then.wording_id and shown.designation == then.designation:
            # The law changed in between, this provision did not.
            certainty = Certainty.SEEN
    announced: tuple[date, ...] = ()
    if certainty is Certainty.UNKNOWN and following is not None:
        announced = tuple(
            Announcement.objects.filter(
                law=provision.law, in_force__gt=reading.last_seen, in_force__lte=following.first_seen
            )
            .order_by("in_force")
            .values_list("in_force", flat=True)
            .distinct()
        )
    return AsAt(day, certainty, shown, reading.last_seen, following.first_seen if following else None, announced)


def _sighting(provision: Provision, reading: Reading) -> Sighting | None:
    return Sighting.objects.filter(provision=provision, reading=reading).select_related("wording", "reading").first()


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which a provision had one wording under one designation: seen from ``first_seen`` to ``last_seen``.

    ``before`` is the last day the earlier wording was seen: the change lies after it and not after ``first_seen``.
    ``sighting`` is None for a time in which the law was seen without the provision.
    """

    sighting: Sighting | None
    first_seen: date
    last_seen: date
    before: date | None


def timeline(provision: Provision) -> list[Span]:
    """The wordings of a provision through time, oldest first."""
    sightings = {
        s.reading_id: s for s in Sighting.objects.filter(provision=provision).select_related("wording", "reading")
    }
    spans: list[Span] = []
    for reading in provision.law.readings.order_by("first_seen"):
        sighting = sightings.get(reading.pk)
        if not spans and sighting is None:
            continue
        if spans and _same(spans[-1].sighting, sighting):
            last = spans[-1]
            spans[-1] = Span(last.sighting, last.first_seen, reading.last_seen, last.before)
        else:
            before = spans[-1].last_seen if spans else _day_before(provision.law, reading)
            spans.append(Span(sighting, reading.first_seen, reading.last_seen, before))
    return spans


def _day_before(law: Law, reading: Reading) -> date | None:
    earlier = law.readings.filter(first_seen__lt=reading.first_seen).order_by("-first_seen").first()
    return earlier.last_seen if earlier else None


def _same(one: Sighting | None, other: Sighting | None) -> bool:
    if one is None or other is None:
        return one is other
    return (
        one.wording_id == other.wording_id and one.designation == other.designation and one.repealed == other.repealed
    )


def norm_of(sighting: Sighting) -> Norm:
    """A sighting as the engine's value, to be compared or drawn."""
    return norm_from(sighting.wording, designation=sighting.designation, repealed=sighting.repealed)


def contents(law: Law, reading: Reading) -> QuerySet[Sighting]:
    """The provisions of a reading in file order, without their texts."""
    return (
        Sighting.objects.filter(reading=reading)
        .exclude(provision__kind=NormKind.CONTENTS)
        .select_related("provision")
        .only("designation", "key", "position", "structure", "repealed", "provision__kind", "provision__title")
        .order_by("position")
    )


def changes_of(reading: Reading) -> QuerySet[Change]:
    return (
        Change.objects.filter(reading=reading)
        .select_related("provision", "old_wording", "new_wording", "before")
        .order_by("provision__position", "id")
    )


def recent_changes(*, since: date) -> QuerySet[Change]:
    """Changes of substance in readings first seen since a day, newest first."""
    return (
        Change.objects.filter(substance=True, reading__first_seen__gte=since)
        .select_related("provision", "reading__law")
        .order_by("-reading__first_seen", "reading__law__citation", "provision__position")
    )


def announcements_ahead(*, day: date) -> QuerySet[Announcement]:
    """Announced amendments that lie ahead or whose day is open."""
    return (
        Announcement.objects.filter(Q(in_force__gte=day) | Q(in_force=None, pending=True))
        .select_related("law")
        .order_by("in_force", "law__citation")
    )


def plans_for(provision: Provision) -> QuerySet[PlannedChange]:
    return (
        PlannedChange.objects.filter(provision=provision)
        .select_related("act", "law", "reverses")
        .prefetch_related("reversals__act")
        .order_by("in_force", "id")
    )


def is_watching(law: Law, person_id: int | None) -> bool:
    return person_id is not None and Watch.objects.filter(law=law, person=person_id).exists()
