"""The programme structure that comes with the platform: the data file beside this module, as plain rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: what names it, its plain fields, and its neighbours by their names."""

    key: tuple[str, ...]
    fields: dict[str, Any]
    parent: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    successor: str = ""


@dataclass(slots=True)
class Structure:
    """The whole file, table by table; a network of a Land stands for each Land of the vocabulary."""

    programmes: list[Row] = field(default_factory=list)
    periods: list[Row] = field(default_factory=list)
    levels: list[Row] = field(default_factory=list)
    action_fields: list[Row] = field(default_factory=list)
    networks: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Land:
    """A Land as the naming of its network needs it; ``key`` is "DE-NI"."""

    key: str
    name_de: str
    name_en: str


def our_structure(lands: list[Land]) -> Structure:
    """The data file of this folder."""
    text = (files(__package__) / "data" / "structure.yaml").read_text(encoding="utf-8")
    return structure_from(yaml.safe_load(text), lands)


def structure_from(raw: dict[str, Any], lands: list[Land]) -> Structure:
    whole = Structure()
    for programme in raw["programmes"]:
        whole.programmes.append(
            Row(
                key=(programme["key"],),
                fields=_named(programme, "short_name", "position", *_SPAN, *_NOTES),
                successor=programme.get("successor", ""),
            )
        )
        before: str = ""
        for period in programme["periods"]:
            _add_period(whole, period, programme["key"])
            before = _add_land_networks(whole, raw["land_networks"], period, before, lands)
    return whole


_SPAN = ("valid_from", "valid_until")
_NOTES = ("note_de", "note_en")
_BLANK = {"valid_from": None, "valid_until": None, "position": 0, "planned": None}


def _named(raw: dict[str, Any], *names: str) -> dict[str, Any]:
    plain = {name: raw.get(name, _BLANK.get(name, "")) for name in names}
    return {"name_de": raw["de"], "name_en": raw["en"], **plain}


def _add_period(whole: Structure, period: dict[str, Any], programme: str) -> None:
    key = period["key"]
    fields = _named(period, *_SPAN, *_NOTES, "funding_line_de", "funding_line_en")
    whole.periods.append(Row((key,), fields, parent=(programme,)))
    for level in period.get("levels", ()):
        fields = _named(level, "rank", "planned") | {"planned_is_about": level.get("about", False)}
        whole.levels.append(Row((key, level["key"]), fields, parent=(key,)))
    for number, action_field in enumerate(period.get("action_fields", ()), start=1):
        fields = _named(action_field) | {"position": number}
        whole.action_fields.append(Row((key, action_field["key"]), fields, parent=(key,)))
    for network in period.get("networks", ()):
        # A network without days of its own lives as long as its period.
        fields = _named(network) | {name: network.get(name, period.get(name)) for name in _SPAN}
        whole.networks.append(
            Row(
                (network["key"],),
                fields,
                parent=(key, network["level"]),
                regions=tuple(network.get("regions", ())),
                predecessors=tuple(network.get("predecessors", ())),
            )
        )


def _add_land_networks(
    whole: Structure, naming: dict[str, str], period: dict[str, Any], before: str, lands: list[Land]
) -> str:
    level = next((level for level in period.get("levels", ()) if "one_per_land" in level), None)
    if level is None:
        return ""
    for land, short in _with_short(lands):
        whole.networks.append(
            Row(
                (f"{period['key']}-{level['one_per_land']}-{short}",),
                {
                    "name_de": naming["de"].format(land=land.name_de),
                    "name_en": naming["en"].format(land=land.name_en),
                    **{name: period.get(name) for name in _SPAN},
                },
                parent=(period["key"], level["key"]),
                regions=(land.key,),
                predecessors=(f"{before}-{level['one_per_land']}-{short}",) if before else (),
            )
        )
    return str(period["key"])


def _with_short(lands: list[Land]) -> Iterator[tuple[Land, str]]:
    return ((land, land.key.removeprefix("DE-").lower()) for land in lands)
