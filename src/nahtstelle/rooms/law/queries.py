"""Asking about law through time. Answers say how sure they are: a day between two sightings is not known."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower

from nahtstelle.engines.lawtext.values import Norm, NormKind

from .models import (
    Act,
    Announcement,
    Change,
    Import,
    ImportItem,
    Law,
    PlannedChange,
    Provision,
    Reading,
    Sighting,
    Watch,
)
from .wordings import norm_from

State = ImportItem.State
WEIGHTY = (State.REFUSED, State.NEWER, State.NEW_LAW, State.LATE, State.WAITING, State.SAME, State.LEFT_OUT)


class Order(StrEnum):
    NAME = "name"
    NEWEST_CHANGE = "change"


def laws(
    *, words: str = "", watched_by: int | None = None, order: Order = Order.NAME, day: date | None = None
) -> QuerySet[Law]:
    """Laws in stock with the days they were seen and last changed, and the amendments announced from ``day`` on."""
    own = OuterRef("pk")
    changed = Reading.objects.filter(law=own).filter(
        Exists(Change.objects.filter(reading=OuterRef("pk"), substance=True))
    )
    ahead = announcements_ahead(day=day or date.max).filter(law=own).order_by()
    found = Law.objects.annotate(
        first_seen=_one(Reading.objects.filter(law=own), Min("first_seen")),
        last_seen=_one(Reading.objects.filter(law=own), Max("last_seen")),
        last_changed=_one(changed, Max("first_seen")),
        announced_number=Coalesce(_one(ahead, Count("digest", distinct=True)), 0),
    )
    for word in words.split():
        found = found.filter(
            Q(citation__icontains=word)
            | Q(short_title__icontains=word)
            | Exists(Law.objects.filter(pk=OuterRef("pk"), names__folded__contains=word.lower()))
        )
    if watched_by is not None:
        found = found.filter(watches__person=watched_by)
    if order is Order.NEWEST_CHANGE:
        return found.order_by(F("last_changed").desc(nulls_last=True), Lower("citation"), "id")
    return found.order_by(Lower("citation"), "id")


def _one(rows: QuerySet[Any], figure: Any) -> Subquery:
    """A figure over the rows of a subquery."""
    return Subquery(rows.order_by().values("law").annotate(figure=figure).values("figure")[:1])


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


def as_at(provision: Provision, day: date) -> AsAt:
    """What the provision said on a day, as far as our readings can tell."""
    reading, certainty, following = reading_at(provision.law, day)
    if reading is None:
        return AsAt(day, certainty, None, None, following.first_seen if following else None)
    shown = _sighting(provision, reading)
    if following is None:
        # After the last sighting only the editors' announcements tell that something may have changed.
        last = reading.last_seen
        return AsAt(day, certainty, shown, last, None, _announced(provision.law, after=last, until=day))
    if certainty is Certainty.UNKNOWN and _same(shown, _sighting(provision, following)):
        certainty = Certainty.SEEN  # the law changed in between, this provision did not
    if certainty is not Certainty.UNKNOWN:
        return AsAt(day, certainty, shown, reading.last_seen, following.first_seen)
    announced = _announced(provision.law, after=reading.last_seen, until=following.first_seen)
    return AsAt(day, certainty, shown, reading.last_seen, following.first_seen, announced)


def _announced(law: Law, *, after: date, until: date) -> tuple[date, ...]:
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


def contents(law: Law, reading: Reading) -> QuerySet[Sighting]:
    """The provisions of a reading in file order, without their texts."""
    return (
        Sighting.objects.filter(reading=reading)
        .exclude(provision__kind__in=[NormKind.CONTENTS, NormKind.STRUCTURE])
        .select_related("provision", "wording")
        .only("designation", "position", "structure", "repealed", "provision__kind", "wording__title")
        .order_by("position")
    )


def last_changes(law: Law) -> dict[int, date]:
    """For each provision that ever changed in substance before our eyes: the day the newest change was first seen."""
    changed = Change.objects.filter(provision__law=law, substance=True).order_by().values("provision")
    return dict(changed.annotate(day=Max("reading__first_seen")).values_list("provision", "day"))


def substance_numbers(law: Law) -> dict[int, int]:
    """For each reading of a law the number of provisions it changes in substance."""
    changed = Change.objects.filter(reading__law=law, substance=True).order_by().values("reading")
    return dict(changed.annotate(number=Count("pk")).values_list("reading", "number"))


def neighbours(provision: Provision) -> tuple[Provision | None, Provision | None]:
    """The provisions before and after this one as the law stands now."""
    beside = provision.law.provisions.filter(gone=False).exclude(kind__in=[NormKind.STRUCTURE, NormKind.CONTENTS])
    before = beside.filter(position__lt=provision.position).order_by("-position").first()
    return before, beside.filter(position__gt=provision.position).order_by("position").first()


def portal_slug(law: Law) -> str:
    """The folder the official portal keeps the law in now: that of the newest file we took in."""
    newest = ImportItem.objects.filter(reading__law=law).exclude(slug="").order_by("-batch__seen_on", "-pk").first()
    return newest.slug if newest else law.slug


def imports() -> QuerySet[Import]:
    """Imports, newest first, with the number of their files and of those refused."""
    refused = Count("items", filter=Q(items__state=ImportItem.State.REFUSED))
    return (
        Import.objects.select_related("started_by__person")
        .annotate(files=Count("items"), refused=refused)
        .order_by("-id")
    )


def changes_of(reading: Reading) -> QuerySet[Change]:
    return (
        Change.objects.filter(reading=reading)
        .select_related("provision", "old_wording", "new_wording", "before", "reading")
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


def _plans() -> QuerySet[PlannedChange]:
    return PlannedChange.objects.select_related("act", "law", "provision").order_by("in_force", "id")


def plans_for(provision: Provision) -> QuerySet[PlannedChange]:
    return _plans().filter(provision=provision)


def plans_for_law(law: Law, *, day: date) -> QuerySet[PlannedChange]:
    """What acts do to a law from ``day`` on, and what they had planned and took back."""
    return _plans().filter(Q(in_force__gte=day) | Q(in_force=None) | Q(reversed_on__isnull=False), law=law)


def lines_of(act: Act) -> QuerySet[PlannedChange]:
    """What an act does, line by line, with everything its page shows."""
    return (
        act.changes.select_related("law", "provision", "reverses__act", "reverses__law", "seen_in__reading")
        .prefetch_related("status_groups", "reversals__act")
        .order_by("in_force", "id")
    )


def acts() -> QuerySet[Act]:
    """Acts, the newest first, with the number of their lines and of those taken back."""
    return (
        Act.objects.annotate(
            lines=Count("changes"), taken_back=Count("changes", filter=Q(changes__reversed_on__isnull=False))
        )
        .prefetch_related(Prefetch("changes", PlannedChange.objects.select_related("law").order_by("in_force", "id")))
        .order_by(F("promulgated").desc(nulls_first=True), "-id")
    )


def is_watching(law: Law, person_id: int | None) -> bool:
    return person_id is not None and Watch.objects.filter(law=law, person=person_id).exists()
