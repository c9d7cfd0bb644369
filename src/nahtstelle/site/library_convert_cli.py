"""``nahtstelle library convert``: one file of references into another format."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nahtstelle.site.command_files import REFUSED, FileRefused, opened, refusing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nahtstelle.engines.literature.formats.reading import Reading
    from nahtstelle.engines.literature.records import Record

SHOWN = 50  # troubles printed in full


def convert(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="RIS, BibTeX, CSL-JSON, EndNote XML, PubMed, Web of Science, CSV, XLSX or DOIs, packed (.gz) or not.",
        ),
    ],
    target: Annotated[
        str, typer.Argument(metavar="OUT", help="The file to write: .ris, .bib, .json (CSL), .csv or .xml (EndNote).")
    ],
) -> None:
    """Write the references of one file as another; its ending says the format. What was broken is printed."""
    from nahtstelle.engines.literature.formats.reading import read
    from nahtstelle.engines.literature.formats.values import Broken
    from nahtstelle.engines.literature.formats.writing import write
    from nahtstelle.rooms.library.sentences import sentence

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

    with refusing():
        form = _form_of(target)
        _is_another(source, target)
        with opened(source) as stream:
            reading = read(stream, source.removesuffix(".gz"))
            with _written(target) as put:
                for piece in write(records(reading), form):
                    put(piece)
    if told > SHOWN:
        typer.echo(f"… and {told - SHOWN} more.", err=True)
    typer.echo(f"{taken} records written, {lost} broken and left out.")
    if not taken:
        raise typer.Exit(REFUSED)


def _form_of(target: str) -> str:
    from nahtstelle.engines.literature.formats.writing import BY_ENDING

    form = BY_ENDING.get(Path(target).suffix.lower().lstrip("."))
    if form is None:
        raise FileRefused(f"{target}: the name must end in {', '.join('.' + ending for ending in BY_ENDING)}.")
    return form


def _is_another(source: str, target: str) -> None:
    with _saying(source):
        found = Path(source).stat()
        same = Path(target).exists() and os.path.samestat(found, Path(target).stat())
    if same:
        raise FileRefused("The file cannot be written over itself.")


@contextmanager
def _written(target: str) -> Iterator[Callable[[str], None]]:
    """What writes; its troubles are told of this file, not of the one that is read meanwhile."""
    with ExitStack() as stack:
        with _saying(target):
            out = stack.enter_context(Path(target).open("w", encoding="utf-8", newline=""))

        def put(piece: str) -> None:
            with _saying(target):
                out.write(piece)

        yield put
        with _saying(target):
            out.flush()


@contextmanager
def _saying(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileRefused(f"{name} cannot be used: {error.strerror or error}.") from None
