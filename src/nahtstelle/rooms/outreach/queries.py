"""Who is concerned, and who is on a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nahtstelle.register.notices.models import Letter, Preference
from nahtstelle.register.notices.queries import barred_addresses
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.queries import engagements_on
from nahtstelle.register.vocabulary.queries import with_broader

from .models import Dispatch, LeftOut, Reason, Recipient

LOST = (Letter.State.FAILED, Letter.State.BOUNCED)


@dataclass(frozen=True, slots=True)
class Concerned:
    """A person, the reasons for which they are concerned (not saved yet), and why they get no letter, "" where they do."""

    person: Person
    reasons: tuple[Reason, ...]
    left_out: str

    @property
    def because(self) -> str:
        return because(self.reasons)


def because(reasons: Iterable[Reason]) -> str:
    """Reasons in the active language: "IQ · Niedersachsen · Berater*in; IvAF · …"."""
    return "; ".join(dict.fromkeys(str(one) for one in reasons))


def concerned(dispatch: Dispatch, *, on: date) -> list[Concerned]:
    """The persons a dispatch is for on a day, each once with all reasons, in the order of their names.

    Programme, Land and role narrow as in ``engagements_on``. Of those who chose themes only they are meant whose choice
    holds one of the dispatch's themes or a broader one; who chose none is told of all. Who cannot be written to, or does
    not want it, is in it with the reason. Six queries, however many people.
    """
    engagements = engagements_on(on, dispatch.programmes.all(), dispatch.regions.all(), dispatch.roles)
    themes = list(dispatch.themes.all())
    if themes:
        chosen = Preference.objects.filter(person=OuterRef("person"), themes__isnull=False)
        meant = Preference.objects.filter(person=OuterRef("person"), themes__in=with_broader(themes))
        engagements = engagements.filter(~Exists(chosen) | Exists(meant))
    found: dict[int, tuple[Person, dict[tuple[Any, ...], Reason]]] = {}
    for one in engagements:
        _person, reasons = found.setdefault(one.person_id, (one.person, {}))
        what = (one.programme_id, one.region_id, one.role)
        reasons.setdefault(what, Reason(programme=one.programme, region=one.region, role=one.role))
    reachable = Reachable(on=on)
    return [Concerned(person, tuple(reasons.values()), reachable.why_not(person)) for person, reasons in found.values()]


class Reachable:
    """Who can be written to on a day; asks the database twice, whoever is asked about."""

    def __init__(self, *, on: date) -> None:
        self._on = on
        self._unwilling = set(Preference.objects.filter(law_letters=False).values_list("person", flat=True))
        self._barred = {address.lower() for address in barred_addresses().order_by().values_list("to", flat=True)}

    def why_not(self, person: Person) -> str:
        """A ``LeftOut``; "" for everybody who can be written to."""
        if person.ends_on and person.ends_on < self._on:
            return LeftOut.ENDED
        if person.pk in self._unwilling:
            return LeftOut.UNSUBSCRIBED
        try:
            validate_email(person.mail)
        except ValidationError:
            return LeftOut.NO_ADDRESS
        return LeftOut.BARRED if person.mail.lower() in self._barred else ""


@dataclass(frozen=True, slots=True)
class Only:
    """Which part of a list to show; every dimension that is given narrows."""

    programme: int | None = None
    region: int | None = None  # 0: no Land given
    role: str = ""
    language: str = ""
    answer: str = ""  # an answer, or "none"
    fate: str = ""  # "left-out" or "lost"


def listed(dispatch: Dispatch, only: Only | None = None) -> QuerySet[Recipient]:
    """The fixed list, by name; with ``only`` a part of it."""
    only = only or Only()
    found = dispatch.recipients.select_related("person", "letter").prefetch_related(
        "reasons__programme", "reasons__region"
    )
    reasons: dict[str, Any] = {}
    if only.programme is not None:
        reasons["programme"] = only.programme
    if only.region is not None:
        reasons["region"] = only.region or None
    if only.role:
        reasons["role"] = only.role
    if reasons:  # one and the same reason has to hold them all
        where = Q(region__isnull=True) if reasons.get("region", 1) is None else Q()
        given = {name: value for name, value in reasons.items() if value is not None}
        found = found.filter(Exists(Reason.objects.filter(where, recipient=OuterRef("pk"), **given)))
    if only.language:
        found = found.filter(language=only.language)
    if only.answer:
        found = found.filter(left_out="", answer="" if only.answer == "none" else only.answer)
    if only.fate == "left-out":
        found = found.exclude(left_out="")
    elif only.fate == "lost":
        found = found.filter(letter__state__in=LOST)
    return found.order_by("person__name", "id")


def fits(one: Concerned, only: Only) -> bool:
    """Whether a person who is concerned belongs to the part ``only``, as ``listed`` has it for a fixed list."""
    reason = any(
        (only.programme is None or r.programme_id == only.programme)
        and (only.region is None or (r.region_id or 0) == only.region)
        and (not only.role or r.role == only.role)
        for r in one.reasons
    )
    spoken = not only.language or one.person.language == only.language
    return reason and spoken and not only.answer and (not only.fate or (only.fate == "left-out" and bool(one.left_out)))


def said(dispatch: Dispatch) -> QuerySet[Recipient]:
    """What recipients wrote in their own words, newest first."""
    told = dispatch.recipients.exclude(words="").select_related("person")
    return told.prefetch_related("reasons__programme", "reasons__region").order_by("-answered_at", "-id")


def dispatches(state: str = "") -> QuerySet[Dispatch]:
    """All dispatches, or those in one state, newest first, with how many are written to and how many answered."""
    found = Dispatch.objects.filter(state=state) if state else Dispatch.objects.all()
    written = Q(recipients__left_out="")
    return (
        found.select_related("bulletin", "prepared_by__person", "approved_by__person")
        .annotate(
            listed=Count("recipients", filter=written),
            answered=Count("recipients", filter=written & ~Q(recipients__answer="")),
        )
        .order_by("-id")
    )


def numbers_by_state() -> dict[str, int]:
    return dict(Dispatch.objects.order_by().values_list("state").annotate(n=Count("id")))
