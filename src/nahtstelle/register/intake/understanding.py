"""A row's cells become values, or problems with a sentence each. Nothing here asks the database."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from nahtstelle.register.programmes.models import Engagement
from nahtstelle.register.vocabulary.folding import fold

from .fields import FIELDS, Field, Kind
from .naming import Stock

Role = Engagement.Role
LANGUAGES = {"de": "de", "deutsch": "de", "german": "de", "en": "en", "englisch": "en", "english": "en"}
DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%Y-%m-%dT%H:%M:%S")
SEVERAL = re.compile(r"\s*[;,|\n]\s*")
SPANS = {
    Kind.PERSONS: (("role_from", "role_until"), ("member_from", "member_until")),
    Kind.ORGANISATIONS: (("valid_from", "valid_until"),),
    Kind.NETWORKS: (("valid_from", "valid_until"),),
    Kind.PROJECTS: (("valid_from", "valid_until"),),
}


@dataclass(slots=True)
class Understood:
    """What a row says. A value that is empty in the table is missing here: the table does not speak of it."""

    label: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def complain(self, code: str, name: str = "", **details: Any) -> None:
        self.problems.append({"code": code, "field": name, "details": details})


def understand(
    kind: str, cells: list[str], headers: list[str], columns: dict[str, str], stock: Stock, *, today: date
) -> Understood:
    said = Understood()
    if any(cells[len(headers) :]):
        said.complain("too_many_cells", number=len(cells), columns=len(headers))
    raw: dict[str, str] = {}
    for header, cell in zip(headers, cells, strict=False):
        name = columns.get(header, "")
        if name and cell:
            raw[name] = cell
    for one in FIELDS[kind]:
        if one.name in raw and one.reads in PLAIN:
            _plain(said, one, raw[one.name])
    for start, end in SPANS[Kind(kind)]:
        first, last = said.values.get(start), said.values.get(end)
        if first and last and last < first:
            said.complain("ends_before_start", end)
    match kind:
        case Kind.PERSONS:
            _person(said, raw, stock, today)
        case Kind.ORGANISATIONS:
            _organisation(said, raw, stock)
        case Kind.NETWORKS:
            _network(said, raw, stock, today)
        case Kind.PROJECTS:
            _project(said, raw, stock)
    return said


PLAIN = {"text", "mail", "day", "language", "address"}


def _plain(said: Understood, one: Field, cell: str) -> None:
    """Texts, addresses, days: told by themselves."""
    if one.reads != "day" and len(cell) > one.longest:
        said.complain("too_long", one.name, longest=one.longest)
        return
    if one.reads == "day":
        day = day_in(cell)
        if day is None:
            said.complain("no_day", one.name, said=cell[:60])
        else:
            said.values[one.name] = day.isoformat()
    elif one.reads == "language":
        language = LANGUAGES.get(cell.strip().casefold())
        if language is None:
            said.complain("no_language", one.name, said=cell[:60])
        else:
            said.values[one.name] = language
    elif one.reads == "mail":
        address = cell.strip().removeprefix("mailto:")
        try:
            validate_email(address)
            said.values[one.name] = address
        except ValidationError:
            said.complain("no_mail", one.name, said=cell[:100])
    elif one.reads == "address":
        address = cell if "://" in cell else f"https://{cell}"
        try:
            URLValidator(schemes=["http", "https"])(address)
            said.values[one.name] = address
        except ValidationError:
            said.complain("no_address", one.name, said=cell[:100])
    else:
        said.values[one.name] = " ".join(cell.split())


def day_in(text: str) -> date | None:
    """A day as tables write it; None for anything else and for years nobody means."""
    for form in DAY_FORMATS:
        try:
            found = datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
        return found if 1900 <= found.year <= 2200 else None
    return None


def _one(said: Understood, name: str, text: str, names: Any, *, among: Any = None) -> Any:
    """The one thing called so; else a problem that names the nearest."""
    found = names.find(text)
    if among is not None and len(found) > 1:
        found = among(found)
    if len(found) == 1:
        return next(iter(found))
    if found:
        said.complain("ambiguous", name, said=text[:100], number=len(found))
    else:
        said.complain("unknown", name, said=text[:100], nearest=names.nearest(text))
    return None


def _person(said: Understood, raw: dict[str, str], stock: Stock, today: date) -> None:
    values = said.values
    first, last = values.pop("first_name", ""), values.pop("last_name", "")
    if "name" not in values and (first or last):
        values["name"] = f"{first} {last}".strip()
    said.label = values.get("name", "") or raw.get("mail", "")[:200]
    if not fold(values.get("name", "")) and not any(p["field"] in ("name", "last_name") for p in said.problems):
        said.complain("missing", "name")
    if organisation := raw.get("organisation"):
        values["organisation"] = _one(said, "organisation", organisation, stock.organisations)
    elif any(values.get(name) for name in ("function", "member_from", "member_until")):
        # A function without an organisation says nothing that could be kept.
        said.complain("function_without_organisation", "organisation")
    _role(said, raw, stock, today)


def _role(said: Understood, raw: dict[str, str], stock: Stock, today: date) -> None:
    """A role needs a place, a place needs a role; the wider place follows from the narrower one."""
    values = said.values
    places = [name for name in ("programme", "network", "project") if raw.get(name)]
    if "role" not in raw:
        if places:
            said.complain("place_without_role", "role")
        elif values.get("role_from") or values.get("role_until"):
            said.complain("days_without_role", "role")
        return
    values["role"] = _one(said, "role", raw["role"], stock.roles)
    if not places:
        said.complain("role_without_place", "project")
        return
    day = date.fromisoformat(values["role_from"]) if values.get("role_from") else today
    programme = _one(said, "programme", raw["programme"], stock.programmes) if raw.get("programme") else None

    def among(kind: str) -> Any:
        def narrowed(found: set[int]) -> set[int]:
            own = {pk for pk in found if programme is None or stock.programme_of[kind, pk] == programme} or found
            return stock.running(kind, own, day)

        return narrowed

    network = project = None
    if raw.get("project"):
        project = _one(said, "project", raw["project"], stock.projects, among=among("project"))
    if raw.get("network"):
        network = _one(said, "network", raw["network"], stock.networks, among=among("network"))
    if project is not None:
        if network is not None and stock.network_of[project] != network:
            said.complain("project_elsewhere", "project", said=raw["project"][:100])
        network = stock.network_of[project]
    place = ("project", project) if project is not None else ("network", network)
    if place[1] is not None:
        own = stock.programme_of[place]
        if programme is not None and programme != own:
            said.complain("programme_elsewhere", "programme", said=raw["programme"][:100])
        programme = own
    region = _one(said, "region", raw["region"], stock.regions) if raw.get("region") else None
    if not raw.get("region"):
        region = stock.region_of.get(("project", project)) if project is not None else None
        region = region or (stock.region_of.get(("network", network)) if network is not None else None)
    if values["role"] == Role.NETWORK_COORDINATOR and network is None and not raw.get("network"):
        said.complain("coordination_needs_network", "network")
    if values["role"] == Role.PROJECT_LEAD and project is None and not raw.get("project"):
        said.complain("lead_needs_project", "project")
    values |= {"programme": programme, "network": network, "project": project, "region": region}


def _organisation(said: Understood, raw: dict[str, str], stock: Stock) -> None:
    said.label = said.values.get("name", "")
    _named(said, "name")
    if raw.get("kind"):
        said.values["kind"] = _one(said, "kind", raw["kind"], stock.stakeholders)
    else:
        said.complain("missing", "kind")
    if raw.get("region"):
        said.values["region"] = _one(said, "region", raw["region"], stock.regions)


def _named(said: Understood, name: str) -> None:
    if not fold(said.values.get(name, "")) and not any(p["field"] == name for p in said.problems):
        said.complain("missing", name)


def _level(said: Understood, raw: dict[str, str], stock: Stock) -> int | None:
    """The level, in the period that is named or the only one that has such a level."""
    period = _one(said, "period", raw["period"], stock.periods) if raw.get("period") else None
    if not raw.get("level"):
        said.complain("missing", "level")
        return period

    def among(found: set[int]) -> set[int]:
        return {pk for pk in found if period is not None and stock.period_of["level", pk] == period} or found

    level = _one(said, "level", raw["level"], stock.levels, among=among)
    if level is not None and period is not None and stock.period_of["level", level] != period:
        said.complain("level_elsewhere", "level", said=raw["level"][:100])
    said.values["level"] = level
    if level is None:
        return period
    _within_period(said, stock.span_of["level", level])
    return stock.period_of["level", level]


def _within_period(said: Understood, span: tuple[date | None, date | None]) -> None:
    """A day that is left out is the period's; with it, too, the end does not lie before the start."""
    first, last = said.values.get("valid_from"), said.values.get("valid_until")
    if first and not last and span[1] and span[1].isoformat() < first:
        said.complain("ends_before_start", "valid_from", period=str(span[1]))
    if last and not first and span[0] and last < span[0].isoformat():
        said.complain("ends_before_start", "valid_until", period=str(span[0]))


def _network(said: Understood, raw: dict[str, str], stock: Stock, today: date) -> None:
    said.label = said.values.get("name_de", "")
    _named(said, "name_de")
    _level(said, raw, stock)
    if raw.get("regions"):
        found = [_one(said, "regions", part, stock.regions) for part in SEVERAL.split(raw["regions"]) if part]
        said.values["regions"] = sorted({pk for pk in found if pk is not None})
    if raw.get("predecessors"):
        start = said.values.get("valid_from")
        day = date.fromordinal((date.fromisoformat(start) if start else today).toordinal() - 1)

        def among(found: set[int]) -> set[int]:
            return stock.running("network", found, day)

        parts = [part for part in re.split(r"\s*[;|\n]\s*", raw["predecessors"]) if part]
        found = [_one(said, "predecessors", part, stock.networks, among=among) for part in parts]
        said.values["predecessors"] = sorted({pk for pk in found if pk is not None})


def _project(said: Understood, raw: dict[str, str], stock: Stock) -> None:
    said.label = said.values.get("name_de", "")
    _named(said, "name_de")
    period = _level(said, raw, stock)
    if raw.get("carrier"):
        said.values["carrier"] = _one(said, "carrier", raw["carrier"], stock.organisations)
    else:
        said.complain("missing", "carrier")
    if raw.get("region"):
        said.values["region"] = _one(said, "region", raw["region"], stock.regions)

    def within(kind: str) -> Any:
        return lambda found: {pk for pk in found if stock.period_of[kind, pk] == period} or found

    for name, names in (("network", stock.networks), ("action_field", stock.action_fields)):
        if raw.get(name):
            found = _one(said, name, raw[name], names, among=within(name))
            if found is not None and period is not None and stock.period_of[name, found] != period:
                said.complain("other_period", name, said=raw[name][:100])
            said.values[name] = found
