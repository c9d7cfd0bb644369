"""A law and its provisions through time. Answers say how sure they are: a day between two sightings is not known."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nahtstelle.engines.lawtext.values import Norm

from ..models import Announcement, Law, Provision, Reading, Sighting
from ..wordings import norm_from


def newest_reading(law: Law) -> Reading | None:
    return law.readings.order_by("-first_seen").first()


def reading_before(reading: Reading) -> Reading | None:
    return reading.law.readings.filter(first_seen__lt=reading.first_seen).order_by("-first_seen").first()


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


@dataclass(frozen=True, slots=True)
class LawAt:
    """A law as at a day: its reading, how sure that is, the reading after it, and the days for which amendments were
    announced that no reading shows yet."""

    reading: Reading | None
    certainty: Certainty
    following: Reading | None
    unseen: tuple[date, ...] = ()


def law_at(law: Law, day: date) -> LawAt:
    reading, certainty, following = reading_at(law, day)
    if reading is None or certainty is Certainty.SEEN:
        return LawAt(reading, certainty, following)
    until = following.first_seen if following else day
    return LawAt(reading, certainty, following, announced_between(law, after=reading.last_seen, until=until))


def as_at(provision: Provision, day: date) -> AsAt:
    """What the provision said on a day, as far as our readings can tell."""
    reading, certainty, following = reading_at(provision.law, day)
    if reading is None:
        return AsAt(day, certainty, None, None, following.first_seen if following else None)
    shown = _sighting(provision, reading)
    if following is None:
        # After the last sighting only the editors' announcements tell that something may have changed.
        last = reading.last_seen
        return AsAt(day, certainty, shown, last, None, announced_between(provision.law, after=last, until=day))
    if certainty is Certainty.UNKNOWN and _same(shown, _sighting(provision, following)):
        certainty = Certainty.SEEN  # the law changed in between, this provision did not
    if certainty is not Certainty.UNKNOWN:
        return AsAt(day, certainty, shown, reading.last_seen, following.first_seen)
    announced = announced_between(provision.law, after=reading.last_seen, until=following.first_seen)
    return AsAt(day, certainty, shown, reading.last_seen, following.first_seen, announced)


def announced_between(law: Law, *, after: date, until: date) -> tuple[date, ...]:
    """The days for which the official file announced amendments of a law, within a span."""
    days = Announcement.objects.filter(law=law, in_force__gt=after, in_force__lte=until)
    return tuple(days.order_by("in_force").values_list("in_force", flat=True).distinct())


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
            earlier = None if spans else reading_before(reading)
            before = spans[-1].last_seen if spans else earlier.last_seen if earlier else None
            spans.append(Span(sighting, reading.first_seen, reading.last_seen, before))
    return spans


def _same(one: Sighting | None, other: Sighting | None) -> bool:
    if one is None or other is None:
        return one is other
    return (
        one.wording_id == other.wording_id and one.designation == other.designation and one.repealed == other.repealed
    )


def norm_of(sighting: Sighting) -> Norm:
    """A sighting as the engine's value, to be compared or drawn."""
    return norm_from(sighting.wording, designation=sighting.designation, repealed=sighting.repealed)
