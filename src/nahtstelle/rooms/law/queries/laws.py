"""Laws in stock: lists, contents, changes, announcements, who watches."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from nahtstelle.engines.lawtext.values import NormKind

from ..models import Change, ImportItem, Law, Provision, Reading, Sighting, Watch
from .announcements import announcements_ahead


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


def is_watching(law: Law, person_id: int | None) -> bool:
    return person_id is not None and Watch.objects.filter(law=law, person=person_id).exists()
