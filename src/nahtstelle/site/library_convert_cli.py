"""``nahtstelle library convert``: one file of references into another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nahtstelle.engines.literature.formats.reading import Reading
    from nahtstelle.engines.literature.records import Record

REFUSED = 2
SHOWN = 50  # troubles printed in full


def convert(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN", help="RIS, BibTeX, CSL-JSON, EndNote XML, PubMed, Web of Science, CSV, XLSX or DOIs."
        ),
    ],
    target: Annotated[
        str, typer.Argument(metavar="OUT", help="The file to write: .ris, .bib, .json (CSL), .csv or .xml (EndNote).")
    ],
) -> None:
    """Write the references of one file as another; its ending says the format. What was broken is printed."""
    from nahtstelle.engines.literature.formats.reading import read
    from nahtstelle.engines.literature.formats.values import Broken
    from nahtstelle.engines.literature.formats.writing import BY_ENDING, write
    from nahtstelle.site.library_sentences import sentence

    form = BY_ENDING.get(Path(target).suffix.lower().lstrip("."))
    if form is None:
        _refuse(f"{target}: the name must end in {', '.join('.' + ending for ending in BY_ENDING)}.")
    if Path(target).exists() and Path(source).exists() and Path(target).samefile(source):
        _refuse("The file cannot be written over itself.")
    taken = lost = told = 0

    def records(reading: Reading) -> Iterator[Record]:
        nonlocal taken, lost, told
        for found in reading:
            if not isinstance(found, Broken):
                taken += 1
                yield found
                continue
            told += 1
            lost += not found.kept
            if told <= SHOWN:
                typer.echo(sentence(found), err=True)
                if found.raw and found.line:
                    typer.echo("    " + found.raw.split("\n", 1)[0][:100], err=True)

    try:
        with Path(source).open("rb") as stream:
            reading = read(stream, source)
            with Path(target).open("w", encoding="utf-8", newline="") as out:
                for piece in write(records(reading), form):
                    out.write(piece)
    except OSError as error:
        _refuse(f"{error.filename or source} cannot be used: {error.strerror or error}.")
    if told > SHOWN:
        typer.echo(f"… and {told - SHOWN} more.", err=True)
    typer.echo(f"{taken} records written, {lost} broken and left out.")
    if not taken:
        raise typer.Exit(REFUSED)


def _refuse(words: str) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(REFUSED)
