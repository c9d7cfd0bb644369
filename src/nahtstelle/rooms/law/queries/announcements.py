"""What the official files announced, and what became of it. The one place that judges it.

The editors' remark vanishes from the file long before its day comes, as a rule because they have recorded the amendment
(AufenthG § 20a: remark gone in September 2023, text changed in June 2024). So a remark that has gone is never taken for
an amendment that was cancelled: it stays in the lists, and they say that the newest file no longer announces it.
"""

from datetime import date
from enum import StrEnum

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from ..lateness import EARLY, TARDY
from ..models import Announcement, Change, Reading


class Outlook(StrEnum):
    """How an announced amendment stands on a day."""

    AHEAD = "ahead"  # in the newest file; its day lies ahead, or is open
    UNSEEN = "unseen"  # its day has passed, and the law was not seen since
    LAGGING = "lagging"  # its day has passed, and the newest file still says that its text does not show it
    VANISHED = "vanished"  # the newest file no longer announces it; as far as the law was seen, its day had not come
    CAME = "came"  # the text changed about its day
    PASSED = "passed"  # the law was seen after its day, and no change about that day
    REPLACED = "replaced"  # a newer remark says it anew, of the same act for the same day
    RECORDED = "recorded"  # first read when it was in the text already: it announced nothing to us


STILL_AHEAD = (Outlook.AHEAD, Outlook.UNSEEN, Outlook.LAGGING, Outlook.VANISHED)
PAST = (Outlook.CAME, Outlook.PASSED)


def announcements(*, day: date) -> QuerySet[Announcement]:
    """Every announcement with its ``outlook`` as at ``day`` and ``came_on``, the day a change about its day was seen."""
    of_law = Reading.objects.filter(law=OuterRef("law")).order_by("-first_seen")
    changed = _changes().order_by("reading__first_seen").values("reading__first_seen")
    rows = Announcement.objects.annotate(
        newest_first=Subquery(of_law.values("first_seen")[:1]),
        newest_last=Subquery(of_law.values("last_seen")[:1]),
        came_on=Case(
            When(in_force=None, then=Subquery(changed.filter(reading__first_seen__gt=OuterRef("last_seen"))[:1])),
            default=Subquery(
                changed.filter(
                    reading__first_seen__gte=OuterRef("in_force") - EARLY,
                    before__last_seen__lte=OuterRef("in_force") + TARDY,
                )[:1]
            ),
        ),
    )
    return rows.annotate(outlook=_outlook(day)).select_related("law")


def _changes() -> QuerySet[Change]:
    """Changes of substance seen after the law's announcement was first read."""
    return Change.objects.filter(
        reading__law=OuterRef("law"), substance=True, reading__first_seen__gt=OuterRef("first_seen")
    )


def _outlook(day: date) -> Case:
    stands = Q(last_seen__gte=F("newest_first"))
    not_reached = Q(newest_last__lt=F("in_force"))
    came = Q(came_on__isnull=False)
    cases = [
        (Q(pending=False, in_force__lte=F("first_seen")), Outlook.RECORDED),
        (_said_anew(), Outlook.REPLACED),
        (stands & (Q(in_force=None) | Q(in_force__gte=day)), Outlook.AHEAD),
        (came, Outlook.CAME),
        (stands & not_reached, Outlook.UNSEEN),
        (stands & Q(pending=True), Outlook.LAGGING),
        (~stands & (Q(in_force=None) | not_reached), Outlook.VANISHED),
    ]
    return Case(
        *(When(condition, then=Value(outlook.value)) for condition, outlook in cases),
        default=Value(Outlook.PASSED.value),
        output_field=CharField(),
    )


def _said_anew() -> Q:
    """A later remark is of the same act and day, as far as both name an act, or names the day that was open."""
    later = Announcement.objects.filter(law=OuterRef("law"), last_seen__gt=OuterRef("last_seen"))
    same_day = later.filter(in_force=OuterRef("in_force"))
    same_act = later.filter(act_date=OuterRef("act_date"))
    return (
        Q(Exists(same_day.filter(act_date=OuterRef("act_date"))))
        | Q(Exists(same_day.filter(act_date=None)))
        | (Q(act_date=None) & Q(Exists(same_day)))
        | (Q(in_force=None) & Q(Exists(same_act)))
    )


def announcements_ahead(*, day: date) -> QuerySet[Announcement]:
    """Announced amendments that are still to come as far as anybody can tell, the nearest first."""
    ahead = announcements(day=day).filter(outlook__in=STILL_AHEAD)
    return ahead.order_by(F("in_force").asc(nulls_last=True), "law__citation", "id")


def announcements_past(*, day: date) -> QuerySet[Announcement]:
    """Announced amendments whose day has come, the newest first: the text changed then, or no change was seen."""
    past = announcements(day=day).filter(outlook__in=PAST)
    return past.order_by(F("in_force").desc(nulls_last=True), "law__citation", "id")
