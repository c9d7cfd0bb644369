"""CSL-JSON, read and written: one list of objects, or one object a line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ..records import Extra, Name, Record
from . import fields, limits
from .carrying import MARK, carried, with_carried
from .sources import Line
from .values import Broken, broken

_SIGNS = re.compile(r'["\\{}]')
_TEXTS = {
    "title": "title", "container-title": "container", "volume": "volume", "issue": "issue", "page": "pages",
    "publisher": "publisher", "publisher-place": "place", "edition": "edition", "DOI": "doi", "ISBN": "isbn",
    "ISSN": "issn", "PMID": "pmid", "URL": "url", "language": "language", "abstract": "abstract", "id": "key",
    "type": "kind",
}  # fmt: skip
_PARTICLES = ("dropping-particle", "non-dropping-particle")


def read_csl(lines: Iterator[Line]) -> Iterator[Record | Broken]:
    """Object by object; one that cannot be read spoils no other."""
    for number, text, whole in _objects(lines):
        if not whole:
            yield broken(number, text, "unreadable_json")
            continue
        try:
            said = json.loads(text)
            yield _record(said)
        except (ValueError, RecursionError):
            yield broken(number, text, "unreadable_json")
        except (TypeError, AttributeError, KeyError):
            yield broken(number, text, "not_an_object")


def _objects(lines: Iterator[Line]) -> Iterator[tuple[int, str, bool]]:
    """The objects of the outermost list: their first line, their text, and whether they were closed."""
    pending: list[Line] = []
    held: list[Line] = []
    lost: list[Line] = []
    depth, quoted, size = 0, False, 0
    while True:
        line = pending.pop() if pending else next(lines, None)
        if line is None and not held:
            break
        if line is not None and lost:
            if not _begins(lost[0][1], line[1]):
                if len(lost) < 50:
                    lost.append(line)
                continue
            yield lost[0][0], "\n".join(text for _, text in lost), False
            lost = []
        if line is not None:
            number, text = line
            at = begun = 0
            while found := _SIGNS.search(text, at):
                sign, at = found[0], found.end()
                if quoted:
                    at += sign == "\\"
                    quoted = sign != '"'
                elif sign == '"':
                    quoted = depth > 0
                elif sign == "{":
                    begun = begun if depth else found.start()
                    depth += 1
                elif sign == "}" and depth:
                    depth -= 1
                    if not depth:
                        held.append((number, text[begun:at]))
                        yield held[0][0], "\n".join(part for _, part in held), True
                        held, begun, size = [], at, 0
            if depth:
                held.append((number, text if held or not text[:begun].strip() else text[begun:]))
                size += len(text)
        # No text of JSON holds an end of line; an object that is never closed takes no other with it.
        if held and (line is None or quoted or size > limits.LARGEST_RECORD):
            lost, pending = held[:1], [*pending, *reversed(held[1:])]
            held, depth, quoted, size = [], 0, False, 0
    if lost:
        yield lost[0][0], "\n".join(text for _, text in lost), False


def _begins(first: str, text: str) -> bool:
    """Whether a line begins an object of the outermost list: indented as that before it, and no person or date."""
    bare = text.lstrip()
    if re.match(r'(?:,\s*)?\{\s*"(?:id|type|title|DOI)"', bare):
        return True
    return bare.startswith("{") and '"' not in bare and len(text) - len(bare) <= len(first) - len(first.lstrip())


def _text(value: Any) -> str:
    if isinstance(value, str):
        return fields.tidy(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _person(said: dict[str, Any]) -> Name:
    if said.get("literal"):
        return Name(_text(said["literal"]))
    family = " ".join(filter(None, (*(_text(said.get(name)) for name in _PARTICLES), _text(said.get("family")))))
    given = ", ".join(filter(None, (_text(said.get("given")), _text(said.get("suffix")))))
    return Name(family, given) if family else Name(given)


def _date(said: dict[str, Any]) -> str:
    parts = said.get("date-parts")
    if isinstance(parts, list) and len(parts) == 1 and parts[0]:
        return fields.day_of("/".join(str(part) for part in parts[0]))
    return fields.day_of(_text(said.get("raw")) or _text(said.get("literal")))


def _record(said: dict[str, Any]) -> Record:
    values: dict[str, Any] = {}
    extras: list[Extra] = []
    carrier = ""
    for name, value in said.items():
        field = _TEXTS.get(name)
        text = _text(value)
        if name in ("author", "editor") and isinstance(value, list):
            values[f"{name}s"] = tuple(_person(person) for person in value)
        elif name == "issued" and isinstance(value, dict):
            if day := _date(value):
                values["issued"], values["year"] = day, int(day[:4])
            else:
                extras.append(Extra(name, json.dumps(value, ensure_ascii=False)))
        elif name == "DOI" and not fields.doi_of(text):
            extras.append(Extra(name, text))
        elif name == "DOI":
            values["doi"] = fields.doi_of(text)
        elif name == "keyword":
            values["keywords"] = tuple(word.strip() for word in re.split(r"[;,]", text) if word.strip())
        elif name == "note" and text:
            values["notes"] = (text,)
        elif name == "custom" and isinstance(value, dict) and isinstance(value.get("extras"), list):
            extras.extend(Extra(str(tag), str(words)) for tag, words in value["extras"])
            carrier = _text(value.get("nahtstelle"))
        elif name == "custom" and isinstance(value, dict) and _text(value.get("nahtstelle")).startswith(MARK):
            carrier = value["nahtstelle"]
        elif field and text:
            values[field] = text
        elif text:
            extras.append(Extra(name, text))
        elif value not in ("", None, [], {}):
            extras.append(Extra(name, json.dumps(value, ensure_ascii=False)))
    record = Record(**values, extras=tuple(extras))
    return with_carried(record, carrier) if carrier.startswith(MARK) else record


def write_csl(record: Record) -> str:
    """One object, on one line."""
    said = _said(record)
    carrier = carried(record, _record(said))
    if carrier:
        said["custom"] = {**said.get("custom", {}), "nahtstelle": carrier}
    return json.dumps(said, ensure_ascii=False)


def _said(record: Record) -> dict[str, Any]:
    said: dict[str, Any] = {"id": record.key, "type": record.kind}
    said.update({name: getattr(record, field) for name, field in _TEXTS.items() if getattr(record, field)})
    for name, people in (("author", record.authors), ("editor", record.editors)):
        if people:
            said[name] = [
                {"family": person.family, "given": person.given} if person.given else {"literal": person.family}
                for person in people
            ]
    day = record.issued or ("" if record.year is None else f"{record.year:04}")
    if re.fullmatch(r"[\d-]+", day):
        said["issued"] = {"date-parts": [[int(part) for part in day.split("-") if part]]}
    if record.keywords:
        said["keyword"] = "; ".join(record.keywords)
    if record.notes:
        said["note"] = "\n".join(record.notes)
    tags = [tag for tag, _ in record.extras]
    if len(set(tags)) == len(tags) and all(re.fullmatch(r"[a-z-]+", tag) and tag not in said for tag in tags):
        said.update(record.extras)
    elif tags:
        said["custom"] = {"extras": [list(extra) for extra in record.extras]}
    return said
