"""The page of one person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.plumbing.ledger import facts as ledger_facts
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.vocabulary.presenters.concepts import validity

from .. import questions
from ..models import Account, CentreRole, Person
from ..questions import Line, Section
from ..rights import all_rights
from .directory import account_state

SOON = timedelta(days=30)


@dataclass(slots=True)
class Dated:
    """A dated line with its standing on the day of the page."""

    title: str
    url: str
    note: str
    span: str
    state: str  # past, current, future
    end_url: str = ""
    soon: bool = False  # ends within a month


@dataclass(slots=True)
class Shown:
    title: str
    lines: list[Dated]
    add_label: str = ""
    add_url: str = ""


@dataclass(slots=True)
class PersonPage:
    name: str
    facts: list[dict[str, Any]]
    roles: list[Dated]
    sections: list[Shown]
    effects: list[dict[str, str]] = field(default_factory=list)
    history: list[dict[str, Any]] = field(default_factory=list)


def person_page(person: Person, *, reader: Account, on: date, is_self: bool, as_staff: bool, keeps: bool) -> PersonPage:
    """What ``reader`` may see of ``person``: colleagues how to reach them and what they do now, staff the rest.

    ``keeps`` is whether the reader gives roles: then ends can be set and the trail is shown.
    """
    private = is_self or as_staff
    answers = (ask(person, reader=reader, on=on) for ask in questions.sections)
    return PersonPage(
        name=person.name,
        facts=_facts(person, private=private),
        roles=_known(_roles(person, on=on, keeps=keeps), private=private),
        sections=[_shown(section, on, private=private) for section in answers if section is not None],
        effects=effects_of(person, on=on) if private else [],
        history=[_entry(touch) for touch in trail_of(person)[:20]] if keeps else [],
    )


def _facts(person: Person, *, private: bool) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"term": _("E-mail"), "value": person.mail, "url": f"mailto:{person.mail}" if person.mail else ""}
    ]
    if private:
        account = getattr(person, "account", None)
        rows += [
            {"term": _("Language of letters"), "value": person.get_language_display()},
            {"term": _("Account"), "value": account_state(person)},
            {"term": _("E-mail for signing in"), "value": account.mail if account else ""},
            {"term": _("Data due for erasure on"), "value": person.ends_on},
        ]
    return [row for row in rows if row["value"]]


def standing(valid_from: date | None, valid_until: date | None, on: date) -> str:
    if valid_until and valid_until < on:
        return "past"
    return "future" if valid_from and valid_from > on else "current"


def ends_soon(valid_from: date | None, valid_until: date | None, on: date) -> bool:
    """It holds today, and its end is near enough to talk about what follows."""
    return standing(valid_from, valid_until, on) == "current" and valid_until is not None and valid_until - on <= SOON


def _roles(person: Person, *, on: date, keeps: bool) -> list[Dated]:
    rows = []
    for held in person.centre_roles.order_by("-valid_from", "role"):
        state = standing(held.valid_from, held.valid_until, on)
        end = reverse("people:end-role", args=[person.slug, held.pk]) if keeps and state != "past" else ""
        title = str(CentreRole.Role(held.role).label)
        soon = ends_soon(held.valid_from, held.valid_until, on)
        rows.append(Dated(title, "", "", validity(held.valid_from, held.valid_until), state, end, soon))
    return rows


def _shown(section: Section, on: date, *, private: bool) -> Shown:
    lines = _known([_dated(line, on) for line in section.lines], private=private)
    return Shown(section.title, lines, section.add_label, section.add_url)


def _known(lines: list[Dated], *, private: bool) -> list[Dated]:
    """What a person did before is their own business and the staff's."""
    return [line for line in lines if private or line.state == "current"]


def _dated(line: Line, on: date) -> Dated:
    state = standing(line.valid_from, line.valid_until, on)
    soon = ends_soon(line.valid_from, line.valid_until, on)
    return Dated(line.title, line.url, line.note, validity(line.valid_from, line.valid_until), state, soon=soon)


def effects_of(person: Person, *, on: date) -> list[dict[str, str]]:
    """What a person may do on a day, why, and until when: each right with the roles it comes from."""
    held = list(person.centre_roles.on(on).order_by("role"))
    rows = []
    for right in all_rights:
        for role in held:
            if role.role in right.roles:
                rows.append(_effect(right.sentence, CentreRole.Role(role.role).label, role.valid_until))
    for answer in questions.effects:
        rows += [_effect(effect.may, effect.because, effect.valid_until) for effect in answer(person, on=on)]
    return _joined(rows)


def _effect(may: Any, because: Any, until: date | None) -> dict[str, str]:
    reason = _("as %s") % because
    return {"may": str(may), "because": f"{reason} ({validity(None, until)})" if until else reason}


def _joined(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    reasons: dict[str, list[str]] = {}
    for row in rows:
        reasons.setdefault(row["may"], []).append(row["because"])
    return [{"may": may, "because": ", ".join(why)} for may, why in reasons.items()]


def _entry(touch: Any) -> dict[str, Any]:
    entry = touch.entry
    title = ledger_facts.sentence_for(entry.fact, entry.payload)
    return {"date": entry.at, "title": title, "text": "", "note": entry.actor_label}
