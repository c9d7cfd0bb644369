"""Funders' marks: added, changed, and removed before anybody saw them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.files.actions import forget, keep
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import FundingMarkRemoved, FundingMarkSaved
from ..logos import check_logo
from ..models import FundingMark, FundingPeriod
from ..rules import check_mark_can_be_removed, check_span

SAID = (
    "funder_de", "funder_en", "text_de", "text_en", "position", "on_letters", "valid_from", "valid_until", "logo_id",
)  # fmt: skip


@transaction.atomic
def save_mark(
    *,
    period: FundingPeriod,
    funder_de: str,
    by: Actor,
    at: datetime,
    mark: FundingMark | None = None,
    funder_en: str = "",
    text_de: str = "",
    text_en: str = "",
    position: int = 1,
    on_letters: bool = False,
    valid_from: date | None = None,
    valid_until: date | None = None,
    logo: bytes | None = None,
) -> FundingMark:
    """Add a mark to a period, or change one. Without days of its own it lasts as long as the period; None keeps a logo.

    Raises ``Refusal`` for a logo that is none, days outside the period, or a place that is taken.
    """
    new = mark is None
    mark = mark or FundingMark(period=period)
    before = {} if new else {name: getattr(mark, name) for name in SAID}
    shown = mark.logo
    if logo:
        check_logo(logo)
        mark.logo = keep(logo, media_type="image/png", at=at)
    mark.period = period
    mark.funder_de, mark.funder_en, mark.text_de, mark.text_en = funder_de.strip(), funder_en, text_de, text_en
    mark.position, mark.on_letters = position, on_letters
    mark.valid_from = valid_from or period.valid_from
    mark.valid_until = valid_until or period.valid_until
    check_mark(mark)
    mark.save()
    if shown is not None and shown != mark.logo:
        forget(shown)
    difference = changes_between(before, {name: getattr(mark, name) for name in SAID})
    if difference:
        record(FundingMarkSaved(mark.pk, period.pk, new), by=by, at=at, touched=[Touched(mark, difference)])
    return mark


def check_mark(mark: FundingMark) -> None:
    """A mark has a funder and days within its period, and nobody else stands in its place on them."""
    period = mark.period
    if not mark.funder_de:
        raise Refusal(_("A mark needs its funder's name: it stands where the logo is not seen."))
    if mark.valid_from is None or mark.valid_until is None:
        raise Refusal(_("The funding period is open; please give both days of the mark."))
    check_span(mark.valid_from, mark.valid_until)
    starts_early = period.valid_from is not None and mark.valid_from < period.valid_from
    ends_late = period.valid_until is not None and mark.valid_until > period.valid_until
    if starts_early or ends_late:
        raise Refusal(_("The days of the mark lie outside its funding period."))
    others = FundingMark.objects.filter(period=period, position=mark.position).exclude(pk=mark.pk)
    if others.filter(valid_from__lte=mark.valid_until, valid_until__gte=mark.valid_from).exists():
        raise NotNow(_("Another mark stands in this place in that time. Please choose another place or other days."))


@transaction.atomic
def remove_mark(*, mark: FundingMark, by: Actor, at: datetime) -> None:
    """Take away a mark that was not shown yet; one that was is ended by its last day, so that the past keeps it.

    Raises ``NotNow`` from its first day on.
    """
    mark = FundingMark.objects.select_for_update(of=("self",)).select_related("logo").get(pk=mark.pk)
    check_mark_can_be_removed(mark, today=timezone.localdate(at))
    number, period_id, kept = mark.pk, mark.period_id, mark.logo
    record(FundingMarkRemoved(number, period_id), by=by, at=at, touched=[mark])
    mark.delete()
    if kept is not None:
        forget(kept)
