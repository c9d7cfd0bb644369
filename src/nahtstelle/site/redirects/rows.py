"""Redirects as a file: a table with the columns old, new and note."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO

from django.utils.translation import gettext as _

from nahtstelle.engines.tables.reading import read_table
from nahtstelle.engines.tables.values import TableTrouble
from nahtstelle.engines.tables.writing import as_meant, harmless
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.register.people.models import Account

from . import rules
from .addresses import new_address, old_address
from .ways import Ways

COLUMNS = ("old", "new", "note")
MOST_ROWS = 5000
MOST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Row:
    """A good row of a file."""

    line: int
    old: str
    new: str
    note: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that cannot be taken in, and why."""

    line: int
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    rows: list[Row]
    problems: list[Problem]


def written(rows: Iterable[tuple[str, str, str]]) -> str:
    """Redirects as a file that spreadsheets open; nothing in it is taken for a formula."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows((old, new, harmless(note)) for old, new, note in rows)
    return out.getvalue()


def judged(content: bytes, *, ways: Ways, account: Account, host: str, on: date) -> Judged:
    """Read a file and judge every row against the redirects there are and the rows before it, which join ``ways``.

    Raises ``Refusal`` where it is no such table at all.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for line, raw in _lines(content):
        try:
            row = _row(line, raw, host=host)
            if row.old in seen:
                raise Refusal(_("This old address stands in the file twice."))
            rules.check_may_lead_to(account, row.new, on=on)
            rules.check_way(row.old, row.new, ways)
        except Refusal as refusal:
            problems.append(Problem(line, f"{raw.get('old', '')} → {raw.get('new', '')}"[:200], str(refusal)))
            continue
        seen.add(row.old)
        ways.put(row.old, row.new)
        rows.append(row)
    return Judged(rows, problems)


def _lines(content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        table = read_table(content)
        records = list(table.records())
    except TableTrouble:
        raise Refusal(_("This is no table of text; please save it as CSV.")) from None
    names = [header.lower() for header in table.headers]
    if names[:2] != list(COLUMNS[:2]):
        raise Refusal(_("The first row must name the columns: old, new and, if you like, note."))
    if len(records) > MOST_ROWS:
        raise Refusal(_("More than %d rows; please divide the file.") % MOST_ROWS)
    return [(line, dict(zip(names, cells, strict=False))) for line, cells in records]


def _row(line: int, raw: Mapping[str, str], *, host: str) -> Row:
    note = as_meant(raw.get("note", ""))
    if len(note) > MOST_NOTE:
        raise Refusal(_("The note is too long."))
    return Row(line, old_address(raw.get("old", ""), host=host), new_address(raw.get("new", ""), host=host), note)
