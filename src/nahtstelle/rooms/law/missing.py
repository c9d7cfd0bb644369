"""Laws that a complete delivery does not contain are missing from it. That is not a repeal."""

from .models import Import, Law, Reading
from .placing import stem_of

BROKEN_OFF = ("archive_broken", "archive_too_large", "archive_too_many", "empty_package", "unreachable")


def mark_missing(batch: Import) -> int:
    """Note the day for every law that the carried-out, complete import lacks; the number of such laws.

    A law whose file was there but could not be read, or was left out by choice, is not missing; a delivery that broke
    off proves nothing.
    """
    if batch.items.filter(trouble_code__in=BROKEN_OFF).exists():
        return 0
    there = batch.items.exclude(reading=None).values("reading__law")
    unread = batch.items.filter(reading=None)
    named = {slug for item in unread for slug in (item.slug, stem_of(item.name)) if slug}
    seen_since = Reading.objects.filter(last_seen__gte=batch.seen_on).values("law")
    began_later = Law.objects.exclude(readings__first_seen__lte=batch.seen_on).values("pk")
    lacking = Law.objects.filter(missing_since=None).exclude(pk__in=there).exclude(slug__in=named)
    return lacking.exclude(pk__in=seen_since).exclude(pk__in=began_later).update(missing_since=batch.seen_on)


def unmark_missing(batch: Import) -> None:
    """The import was taken back: what only it missed is not missing; what other complete imports missed is."""
    if not batch.complete:
        return
    Law.objects.filter(missing_since=batch.seen_on).update(missing_since=None)
    others = Import.objects.filter(complete=True, state=Import.State.DONE, seen_on__gte=batch.seen_on)
    for other in others.exclude(pk=batch.pk).order_by("seen_on", "pk"):
        mark_missing(other)
