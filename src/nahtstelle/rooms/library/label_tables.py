"""A table of answers given elsewhere: read, matched with the pool, with everything that cannot be taken told by its line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from nahtstelle.engines.tables.kinds import check_size
from nahtstelle.engines.tables.reading import read_table
from nahtstelle.engines.tables.values import TableTrouble
from nahtstelle.register.vocabulary.folding import fold

from .actions.labels import Told
from .models import Decision, Item, Review

Verdict = Decision.Verdict
HEADERS = {
    "doi": "doi", "key": "key", "citekey": "key", "zitierschlüssel": "key", "title": "title", "titel": "title",
    "label": "label", "label_included": "label", "included": "label", "asreview_label": "label", "entscheidung": "label",
    "verdict": "label", "decision": "label", "note": "note", "notiz": "note", "notes": "note", "exported_notes_1": "note",
}  # fmt: skip
SAID = {
    "1": Verdict.INCLUDE, "include": Verdict.INCLUDE, "included": Verdict.INCLUDE, "ja": Verdict.INCLUDE, "yes": Verdict.INCLUDE,
    "einschluss": Verdict.INCLUDE, "relevant": Verdict.INCLUDE, "0": Verdict.EXCLUDE, "exclude": Verdict.EXCLUDE,
    "excluded": Verdict.EXCLUDE, "nein": Verdict.EXCLUDE, "no": Verdict.EXCLUDE, "ausschluss": Verdict.EXCLUDE,
    "irrelevant": Verdict.EXCLUDE, "maybe": Verdict.MAYBE, "vielleicht": Verdict.MAYBE, "unclear": Verdict.MAYBE,
}  # fmt: skip
MOST_TOLD = 200


class Trouble(NamedTuple):
    line: int
    what: str
    sentence: str


@dataclass(slots=True)
class Labels:
    """What a table says of the pool. ``troubles`` are the lines that are left out, each with its reason."""

    told: list[Told] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    unlabelled: int = 0
    refused: str = ""  # the whole table, with its reason


def read_labels(review: Review, content: bytes) -> Labels:
    """Match a CSV or XLSX with the pool, by DOI, citation key or title. Nothing is written."""
    found = Labels()
    try:
        check_size(len(content))
        table = read_table(content)
        rows = list(table.records())
    except TableTrouble:
        found.refused = _(
            "This is no table that can be read. Please give a CSV or XLSX file whose first row names the columns."
        )
        return found
    columns = {
        HEADERS[header.strip().casefold()]: n
        for n, header in reversed(list(enumerate(table.headers)))
        if header.strip().casefold() in HEADERS
    }
    if "label" not in columns or not {"doi", "key", "title"} & set(columns):
        found.refused = _("The table needs a column “label” and one of the columns “doi”, “key” or “title”.")
        return found
    if not rows:
        found.refused = _("The table has no row below its first one.")
        return found
    known = _Known(review)
    said: dict[int, tuple[int, Told]] = {}
    contradicted: set[int] = set()
    for line, what, label, note, place in _rows(rows, columns, known):
        if not label:
            found.unlabelled += 1
        elif label not in SAID:
            _tell(found, line, what, _("“%s” is no answer; use include, exclude or maybe (or 1 and 0).") % label)
        elif place is None:
            _tell(found, line, what, _("There is no such work in the pool."))
        elif place in said and said[place][1].verdict != SAID[label]:
            _tell(
                found, line, what,
                _("This contradicts line %(line)d, which says something else of the same work; neither is taken.")
                % {"line": said[place][0]},
            )  # fmt: skip
            contradicted.add(place)
        else:
            said.setdefault(place, (line, Told(place, str(SAID[label]), note)))
    found.told = [told for place, (_line, told) in said.items() if place not in contradicted]
    return found


def _tell(found: Labels, line: int, what: str, sentence: str) -> None:
    found.troubles.append(Trouble(line, what, sentence))


def _rows(rows: list[Any], columns: dict[str, int], known: "_Known") -> Iterator[tuple[int, str, str, str, int | None]]:
    for line, cells in rows:
        cell = {
            name: str(cells[n]).strip() if n < len(cells) and cells[n] is not None else ""
            for name, n in columns.items()
        }
        label = cell["label"].casefold().removesuffix(".0")
        place = known.place_of(cell.get("doi", ""), cell.get("key", ""), cell.get("title", ""))
        what = cell.get("title") or cell.get("key") or cell.get("doi") or "–"
        yield line, what[:120], label, cell.get("note", ""), place


class _Known:
    """The places of a pool by what identifies a work."""

    def __init__(self, review: Review) -> None:
        self._doi: dict[str, int] = {}
        self._key: dict[str, int] = {}
        self._title: dict[str, int | None] = {}
        rows = Item.objects.filter(review=review, twin=None, left_out=False)
        for place, doi, key, title in rows.values_list("place", "work__doi", "work__citekey", "work__title"):
            if doi:
                self._doi[doi.casefold()] = place
            self._key[key] = place
            folded = fold(title)
            # Two works with one title are told apart by something else.
            self._title[folded] = None if folded in self._title else place

    def place_of(self, doi: str, key: str, title: str) -> int | None:
        bare = (
            doi.casefold()
            .removeprefix("https://doi.org/")
            .removeprefix("http://dx.doi.org/")
            .removeprefix("doi:")
            .strip()
        )
        if bare in self._doi:
            return self._doi[bare]
        if key in self._key:
            return self._key[key]
        return self._title.get(fold(title)) if title else None
