"""Tags and their words become a record: one value a field, by the rank of its tag; every other word into the extras."""

from collections.abc import Callable, Mapping
from typing import Any

from ..records import Extra, Name, Record
from . import fields
from .names import name_of

Item = tuple[str, str]  # tag, words
MANY = ("authors", "editors", "keywords", "notes")


def drafted(
    items: list[Item],
    ranks: Mapping[str, tuple[str, ...]],
    *,
    kinds: Callable[[str], str] = lambda text: "",
    person: Callable[[str], Name] = name_of,
) -> Record:
    """``ranks``: for each field the tags it may come from, the best first. ``pages`` may have a first and a last tag."""
    extras: list[tuple[int, Extra]] = []
    where: dict[str, list[int]] = {}
    for at, (tag, _) in enumerate(items):
        where.setdefault(tag, []).append(at)
    used: set[int] = set()
    values: dict[str, Any] = {}

    def candidates(name: str) -> list[int]:
        return [at for tag in ranks.get(name, ()) for at in where.get(tag, ())]

    for name in ranks:
        found = [at for at in candidates(name) if items[at][1]]
        if not found:
            continue
        if name in ("authors", "editors"):
            tag = items[found[0]][0]
            mine = [at for at in found if items[at][0] == tag]
            values[name] = tuple(person(items[at][1]) for at in mine)
            used.update(mine)
        elif name in MANY:
            values[name] = tuple(items[at][1] for at in sorted(found))
            used.update(found)
        elif name == "doi":
            for at in found:
                doi = fields.doi_of(items[at][1])
                if doi and values.get("doi", doi) == doi:
                    values["doi"] = doi
                    used.add(at)
        elif name == "year":
            at = found[0]
            values["year"] = year = fields.year_of(items[at][1])
            if year is not None and items[at][1] == str(year):
                used.add(at)
        elif name == "issued":
            days = [(fields.day_of(items[at][1]), at) for at in found]
            values["issued"] = max((day for day, _ in days), key=len, default="")
            used.update(at for day, at in days if day and values["issued"].startswith(day))
        elif name == "kind":
            values["kind"] = kind = kinds(items[found[0]][1])
            if kind:
                used.add(found[0])
        elif name in ("first", "last"):
            values[name] = items[found[0]][1]
            used.add(found[0])
        elif name in ("isbn", "issn"):
            free = (at for at in found if at not in used and fields.is_isbn(items[at][1]) == (name == "isbn"))
            at = next(free, -1)
            if at >= 0:
                values[name] = items[at][1]
                used.add(at)
        else:
            at = next((at for at in found if at not in used), -1)
            if at >= 0:
                values[name] = items[at][1]
                used.update(other for other in found if items[other][1] == items[at][1])
    first, last = values.pop("first", ""), values.pop("last", "")
    if first or last:
        values["pages"] = fields.pages_of(first, last)
    year, issued = values.get("year"), values.get("issued", "")
    if year is None and issued:
        values["year"] = int(issued[:4])
    elif year is not None and not issued:
        values["issued"] = f"{year:04}"
    extras.extend((at, Extra(tag, text)) for at, (tag, text) in enumerate(items) if at not in used and text)
    values = {name: value for name, value in values.items() if value not in ("", None)}
    return Record(**values, extras=tuple(extra for _, extra in extras))
