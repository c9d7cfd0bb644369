"""``nahtstelle law``: compare two files of a law, find the citations in a text, show a provision; without a database.

Answers go to standard output, refusals in one sentence to standard error with exit code 2.
"""

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from nahtstelle.engines.lawtext.citations import find_citations
from nahtstelle.engines.lawtext.compare_json import changes_as_json
from nahtstelle.engines.lawtext.comparing import compare
from nahtstelle.engines.lawtext.provisions import find_provisions
from nahtstelle.engines.lawtext.values import LawReading, Norm, NormKind
from nahtstelle.site.command_files import AnswerFormat, FileRefused, refusing
from nahtstelle.site.law_files import as_text, is_markup, read_bytes, read_law_bytes, read_law_file
from nahtstelle.site.law_page import comparison_page
from nahtstelle.site.law_text import comparison_text, norm_name, norm_text

app = typer.Typer(name="law", help="Read, compare and search German federal law (gii-norm XML).", no_args_is_help=True)


class CompareFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    HTML = "html"


LawFile = Annotated[str, typer.Argument(help="A law as .xml, .xml.gz or .zip.", show_default=False)]


@app.command("compare")
def compare_files(
    old: LawFile,
    new: LawFile,
    output: Annotated[CompareFormat, typer.Option("--format", help="How to answer.")] = CompareFormat.TEXT,
    full: Annotated[bool, typer.Option("--full", help="JSON: with both wordings.")] = False,
    substance: Annotated[bool, typer.Option("--substance", help="Only changes of the law's own wording.")] = False,
) -> None:
    """What changed between two files of one law, norm by norm."""
    with refusing():
        before, now = read_law_file(old), read_law_file(new)
    changes = compare(before, now)
    if substance:
        changes = tuple(change for change in changes if change.is_substance)
    if output is CompareFormat.JSON:
        _say_json(changes_as_json(changes, full=full))
    elif output is CompareFormat.HTML:
        typer.echo(comparison_page(before, now, changes), nl=False)
    else:
        typer.echo(comparison_text(before, now, changes), nl=False)


@app.command("citations")
def find_in_file(
    file: Annotated[
        str, typer.Argument(help='A text in UTF-8 or a law as XML; "-" is standard input.', show_default=False)
    ],
    output: Annotated[AnswerFormat, typer.Option("--format", help="How to answer.")] = AnswerFormat.TEXT,
) -> None:
    """The provisions a text cites, one line (or object) a provision."""
    with refusing():
        data = read_bytes(file)
        found = _in_law(read_law_bytes(file, data)) if is_markup(data) else _in_text(as_text(file, data))
    if output is AnswerFormat.JSON:
        _say_json(found)
        return
    for citation in found:
        typer.echo(_citation_line(citation))


@app.command("show")
def show_provision(
    file: LawFile,
    provision: Annotated[
        str | None,
        typer.Option("--provision", "-p", help='"§ 60c", "60c", "Art. 1", "Anlage 2"; without it: the list.'),
    ] = None,
    output: Annotated[AnswerFormat, typer.Option("--format", help="How to answer.")] = AnswerFormat.TEXT,
) -> None:
    """One provision of a law, or the list of its norms."""
    with refusing():
        reading = read_law_file(file)
        norms = _asked_for(reading, provision) if provision is not None else None
    if output is AnswerFormat.JSON:
        _say_json([_norm_as_json(norm) for norm in (reading.norms if norms is None else norms)])
    elif norms is None:
        for norm in reading.norms:
            typer.echo(f"{'  ' * len(norm.structure)}{norm_name(norm)}")
    else:
        typer.echo("\n".join(norm_text(norm) for norm in norms), nl=False)


def _asked_for(reading: LawReading, provision: str) -> tuple[Norm, ...]:
    norms = find_provisions(reading, provision)
    if not norms:
        raise FileRefused(f'The law has no provision "{provision}".')
    return norms


def _in_text(text: str) -> list[dict[str, Any]]:
    return [dict(citation.as_dict()) for citation in find_citations(text)]


def _in_law(reading: LawReading) -> list[dict[str, Any]]:
    """The citations in the norms of a law; ``start`` and ``end`` count in the text of the norm named by ``norm``."""
    name = reading.official_abbreviation or next(iter(reading.short_names), None)
    return [
        {"norm": norm.key, **citation.as_dict()}
        for norm in reading.norms
        if norm.kind not in (NormKind.CONTENTS, NormKind.STRUCTURE)
        for citation in find_citations(norm.text, context_law=name)
    ]


def _citation_line(citation: dict[str, Any]) -> str:
    where = f"{citation['norm']}:{citation['start']}" if "norm" in citation else str(citation["start"])
    parts = [f"{citation['unit']} {citation['section']}"] if citation["section"] else []
    for name, said in (("absatz", "Abs."), ("satz", "Satz"), ("nummer", "Nr."), ("buchstabe", "Buchst.")):
        if citation[name]:
            parts.append(f"{said} {citation[name]}")
    parts.append(citation["law"] or "(no law named)")
    return f"{where}\t{' '.join(parts)}\t{' '.join(citation['text'].split())}"


def _norm_as_json(norm: Norm) -> dict[str, Any]:
    return {
        "designation": norm.designation,
        "kind": norm.kind.value,
        "title": norm.title,
        "structure": list(norm.structure),
        "repealed": norm.repealed,
        "text": norm.text,
        "notes": norm.notes,
        "parts": [{"path": list(part.path), "start": part.start, "end": part.end} for part in norm.parts],
    }


def _say_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
