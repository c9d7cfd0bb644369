"""``nahtstelle library dedupe``: which records of these files are one work, and which a person should look at."""

import csv
import json
import tempfile
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nahtstelle.site.command_files import AnswerFormat, FileRefused, opened, refusing

if TYPE_CHECKING:
    from nahtstelle.engines.literature.linking import Linking
    from nahtstelle.engines.literature.records import Record

HELP = "CSV, RIS, BibTeX, CSL-JSON, EndNote XML, PubMed, Web of Science, XLSX or DOIs; each may be packed (.gz)."
LONGEST_CELL = 10_000_000  # characters; an abstract has some thousand
SHOWN = 70  # letters of a title in the text answer


def dedupe(
    files: Annotated[list[str], typer.Argument(help=HELP, show_default=False)],
    output: Annotated[AnswerFormat, typer.Option("--format", help="How to answer.")] = AnswerFormat.TEXT,
) -> None:
    """Which records are one work, and why; which pairs a person should look at."""
    from nahtstelle.engines.literature.linking import TooManyRecords, find_duplicates

    names: list[str] = []
    titles: list[str] | None = [] if output is AnswerFormat.TEXT else None
    with refusing(TooManyRecords), tempfile.TemporaryFile() as shelf:
        linking = find_duplicates(_told(files, names, titles), shelf=shelf)
    if titles is None:
        typer.echo(json.dumps(as_json(linking, names), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(as_text(linking, names, titles)))


def _told(files: list[str], names: list[str], titles: list[str] | None) -> Iterator["Record"]:
    """The records, and beside them what they are called in the answer: by their id, their place in the file, whatever is free."""
    seen: set[str] = set()
    for file in files:
        for number, record in enumerate(records_of(file), start=1):
            name = next(name for name in _called(record.key, file, number) if name and name not in seen)
            seen.add(name)
            names.append(name)
            if titles is not None:
                titles.append(record.title[:SHOWN])
            yield record


def _called(key: str, file: str, number: int) -> Iterator[str]:
    yield from (key, f"{Path(file).name}:{number}", f"{file}:{number}")
    yield from (f"{file}:{number}-{again}" for again in count(2))


def records_of(file: str) -> Iterator["Record"]:
    """The records of a file in any format we read; what is broken in it is said on standard error. Raises ``FileRefused``."""
    from nahtstelle.engines.literature.formats.reading import read
    from nahtstelle.engines.literature.formats.values import Broken
    from nahtstelle.rooms.library.sentences import sentence

    with opened(file) as stream:
        reading = read(stream, file.removesuffix(".gz"))
        if reading.form not in ("", "csv"):
            for found in reading:
                if isinstance(found, Broken):
                    if not found.line:  # the whole file
                        raise FileRefused(f"{file}: {sentence(found)}")
                    typer.echo(f"{file}: {sentence(found)}", err=True)
                else:
                    yield found
            return
    yield from read_table(file)  # a table knows the columns of collections for linking, ID among them


def read_table(file: str) -> Iterator["Record"]:
    from nahtstelle.engines.literature.linking.tables import knows_column, record_from_row

    csv.field_size_limit(LONGEST_CELL)
    with opened(file) as stream, TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        start = text.readline()
        delimiter = max(",;\t", key=start.count)
        header = next(csv.reader([start], delimiter=delimiter), [])
        if not any(map(knows_column, header)):
            raise FileRefused(f'"{file}" has no column title, author or doi in its first line.')
        for row in csv.DictReader(text, fieldnames=header, delimiter=delimiter):
            row.pop(None, None)  # type: ignore[call-overload] # cells beyond the header
            if any(row.values()):
                yield record_from_row(row)


def as_json(linking: "Linking", names: list[str]) -> dict[str, Any]:
    return {
        "groups": [
            {
                "records": [names[row] for row in group.rows],
                "reasons": list(group.reasons),
                "links": [
                    {"records": [names[one], names[two]], "certainty": round(certainty, 4), "reasons": list(reasons)}
                    for one, two, certainty, reasons in group.links
                ],
            }
            for group in linking.groups
        ],
        "possible": [
            {
                "records": [names[pair.one], names[pair.two]],
                "certainty": round(pair.certainty, 4),
                "reasons": list(pair.reasons),
                "doubt": pair.doubt,
            }
            for pair in linking.possible
        ],
    }


def as_text(linking: "Linking", names: list[str], titles: list[str]) -> Iterator[str]:
    surplus = sum(len(group.rows) - 1 for group in linking.groups)
    yield f"{len(names)} records, {len(linking.groups)} works told more than once, {surplus} records too many."
    for number, group in enumerate(linking.groups, start=1):
        yield f"\n{number}. {titles[group.rows[0]] or '(no title)'}"
        yield f"   {', '.join(names[row] for row in group.rows)}"
        yield f"   {'; '.join(group.reasons)}"
    if linking.possible:
        yield f"\nTo be looked at by a person: {len(linking.possible)}"
    for pair in linking.possible:
        yield f"\n   {names[pair.one]} | {titles[pair.one] or '(no title)'}"
        yield f"   {names[pair.two]} | {titles[pair.two] or '(no title)'}"
        yield f"   {pair.certainty:.2f}, {pair.doubt}; {'; '.join(pair.reasons)}"
