"""Who funds something that was made on a day: the line of the period, and the funders' marks in their order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.register.vocabulary.models import spoken

from .models import FundingMark, FundingPeriod, Programme


@dataclass(frozen=True, slots=True)
class ShownMark:
    """One funder in the row: ``text`` stands above it, ``funder`` in its place where no logo is or is seen."""

    funder: str
    text: str
    logo: KeptFile | None
    logo_url: str


@dataclass(frozen=True, slots=True)
class Strip:
    """What stands at the foot of a page, a PDF or a letter. False where nothing does."""

    lines: list[str] = field(default_factory=list)
    marks: list[ShownMark] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lines or self.marks)


def marks(*, programme: Programme | None = None) -> QuerySet[FundingMark]:
    found = FundingMark.objects.select_related("period__programme", "logo")
    if programme is not None:
        found = found.filter(period__programme=programme)
    return found.order_by("period__programme__position", "-valid_from", "position", "pk")


def strip_of(programmes: Iterable[Programme], *, on: date) -> Strip:
    """The strip of what was made for these programmes on that day, in the active language; two queries.

    What belongs to no programme carries the marks that are meant for all letters.
    """
    programmes = list(programmes)
    wanted = Q(period__programme__in=programmes) if programmes else Q(on_letters=True)
    found = FundingMark.objects.on(on).filter(wanted).select_related("logo", "period__programme")
    shown = [
        ShownMark(
            funder=spoken(mark, "funder"),
            text=spoken(mark, "text"),
            logo=mark.logo,
            logo_url=reverse("programmes:mark-logo", args=[mark.pk]) if mark.logo_id else "",
        )
        for mark in found.order_by("period__programme__position", "position", "pk")
    ]
    periods = FundingPeriod.objects.on(on).filter(programme__in=programmes).order_by("programme__position", "pk")
    lines = [spoken(period, "funding_line") for period in periods] if programmes else []
    # Two programmes may prescribe one wording, and share a funder.
    unique = {(one.funder, one.text, one.logo.digest if one.logo else ""): one for one in shown}
    return Strip(lines=list(dict.fromkeys(line for line in lines if line)), marks=list(unique.values()))


def turning_days() -> list[date]:
    """The days on which a strip may become another: marks and periods begin on them, or had ended the day before."""
    days = set()
    for model in (FundingMark, FundingPeriod):
        for begins, ends in model.objects.order_by().values_list("valid_from", "valid_until"):
            days |= {begins, ends and ends + timedelta(days=1)}
    return sorted(days - {None})
