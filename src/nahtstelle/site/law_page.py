"""A comparison as one self-contained page: a synopsis for the screen, for screen readers and for paper.

What was removed and added is told three times over: by the elements ``del`` and ``ins``, by line-through and
underline, and by words a screen reader speaks. Colour only supports. The page is German, like the texts it shows.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from nahtstelle.engines.lawtext.changes import ChangeClass, ChangeKind, NormChange
from nahtstelle.engines.lawtext.synopsis import Side, SynopsisRow, synopsis, text_rows
from nahtstelle.engines.lawtext.values import LawReading, Norm, NormKind
from nahtstelle.engines.lawtext.wording import PieceKind
from nahtstelle.site.law_text import head_text, law_name

KINDS = {
    ChangeKind.ADDED: "neu",
    ChangeKind.REMOVED: "gestrichen",
    ChangeKind.AMENDED: "geändert",
    ChangeKind.RENUMBERED: "umnummeriert",
    ChangeKind.SPLIT: "herausgelöst",
    ChangeKind.MERGED: "zusammengeführt",
    ChangeKind.REPEALED: "weggefallen",
    ChangeKind.RE_ENACTED: "neu besetzt",
}
CLASSES = {
    ChangeClass.TEXT: "Wortlaut",
    ChangeClass.HEADING: "Überschrift",
    ChangeClass.NOTES: "Anmerkung der Dokumentation",
    ChangeClass.STRUCTURE: "Gliederung",
    ChangeClass.REPROMULGATION: "Neubekanntmachung",
    ChangeClass.REBUILD: "nur Datei",
}
STYLE = """
:root { color-scheme: light; }
body {
  font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 78rem; padding: 1rem;
  color: #171a2b; background: #fff;
}
h1, h2 { line-height: 1.25; overflow-wrap: anywhere; hyphens: auto; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td {
  border: 1px solid #8a8fa3; padding: .35rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; hyphens: auto;
}
thead th { background: #eef0f5; }
th.row { width: 2.5rem; font-weight: 400; hyphens: manual; }
th.changed { border-left: 6px solid #171a2b; font-weight: 700; }
td.d1 { padding-left: 1.75rem; }
td.d2 { padding-left: 3rem; }
td.d3 { padding-left: 4.25rem; }
td pre { margin: 0; white-space: pre-wrap; font: inherit; }
del { text-decoration: line-through; background: #fbe4e4; color: #7a1111; border-bottom: 2px dotted #7a1111; }
ins {
  text-decoration: underline; text-decoration-thickness: 2px; background: #e2f3e4; color: #0d4a1b; font-weight: 600;
}
.tag { border: 1px solid #4a4f66; border-radius: .25rem; padding: 0 .4rem; font-size: .9rem; white-space: nowrap; }
.spoken {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
nav ul { columns: 16rem; }
nav li { break-inside: avoid; }
a { color: #1a3fa0; }
a:focus-visible { outline: 3px solid #1a3fa0; outline-offset: 2px; }
@media (max-width: 40rem) { td.d1, td.d2, td.d3 { padding-left: .75rem; } th.row { width: 1.5rem; } }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  nav { display: none; }
  h2 { break-after: avoid; }
  tr { break-inside: avoid; }
  del, ins { background: none; }
}
"""


def comparison_page(old: LawReading, new: LawReading, changes: Sequence[NormChange]) -> str:
    """The page as HTML, without anything loaded from elsewhere."""
    return "".join(_page(old, new, changes))


def _page(old: LawReading, new: LawReading, changes: Sequence[NormChange]) -> Iterator[str]:
    title = f"Synopse: {law_name(new) or law_name(old)}"
    yield '<!DOCTYPE html>\n<html lang="de">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n"
    yield f"<p>Datei alt: {_built(old)}. Datei neu: {_built(new)}. "
    yield f"Abweichende Normen: {len(changes)}, davon mit geändertem Gesetzeswortlaut: "
    yield f"{sum(change.is_substance for change in changes)}.</p>\n"
    yield "<p>Der Stand einer Datei ist der Tag, an dem das Portal sie erzeugt hat, nicht der Tag des Inkrafttretens. "
    yield "Verbindlich ist allein das Bundesgesetzblatt.</p>\n"
    yield "<p>Lesehilfe: <del>gestrichener</del> und <ins>eingefügter</ins> Wortlaut.</p>\n"
    yield '<nav aria-label="Änderungen">\n<ul>\n'
    for number, change in enumerate(changes, start=1):
        yield f'<li><a href="#c{number}">{escape(_name(change.norm))}</a> {KINDS[change.kind]}</li>\n'
    yield "</ul>\n</nav>\n"
    for number, change in enumerate(changes, start=1):
        yield from _section(number, old, new, change)
    yield "</main>\n</body>\n</html>\n"


def _built(reading: LawReading) -> str:
    stamp = reading.build
    known = len(stamp) >= 8 and stamp[:8].isdigit()
    return f"{stamp[6:8]}.{stamp[4:6]}.{stamp[:4]}" if known else "Tag unbekannt"


def _name(norm: Norm) -> str:
    return "Gesetzeskopf" if norm.kind is NormKind.HEAD else norm.designation or norm.title or "ohne Bezeichnung"


def _section(number: int, old: LawReading, new: LawReading, change: NormChange) -> Iterator[str]:
    norm = change.norm
    heading = _name(norm) + (f" {norm.title}" if norm.designation and norm.title else "")
    yield f'<section>\n<h2 id="c{number}">{escape(heading)}</h2>\n<p>'
    yield f'<span class="tag">{KINDS[change.kind]}</span> '
    yield " ".join(f'<span class="tag">{CLASSES[each]}</span>' for each in change.classes)
    if change.old_designation and change.old_designation != change.designation:
        yield f" vorher {escape(change.old_designation)}"
    yield "</p>\n"
    if ChangeClass.STRUCTURE in change.classes and change.norm.kind is not NormKind.CONTENTS:
        yield from _places(change)
    rows = _rows(old, new, change)
    if rows:
        yield from _table(heading, rows)
    yield "</section>\n"


def _rows(old: LawReading, new: LawReading, change: NormChange) -> list[SynopsisRow]:
    if change.norm.kind is NormKind.HEAD:
        return list(text_rows(head_text(old), head_text(new)))
    rows: list[SynopsisRow] = []
    if ChangeClass.HEADING in change.classes:
        rows += text_rows(change.old.title if change.old else "", change.new.title if change.new else "")
    if change.has_other_words:
        rows += synopsis(change.old, change.new)
    if ChangeClass.NOTES in change.classes:
        rows += text_rows(change.old.notes if change.old else "", change.new.notes if change.new else "")
    return rows


def _places(change: NormChange) -> Iterator[str]:
    for word, norm in (("Bisher unter", change.old), ("Jetzt unter", change.new)):
        if norm is not None and norm.structure:
            yield f"<p>{word}: {escape(' / '.join(norm.structure))}</p>\n"


def _table(heading: str, rows: Iterable[SynopsisRow]) -> Iterator[str]:
    yield f'<table>\n<caption class="spoken">{escape(heading)}: alt und neu</caption>\n<thead>\n<tr>'
    yield '<th scope="col" class="row">Zeile</th><th scope="col">Alt</th><th scope="col">Neu</th></tr>\n'
    yield "</thead>\n<tbody>\n"
    for number, row in enumerate(rows, start=1):
        mark, said = (" changed", _spoken(" geändert")) if row.is_changed else ("", "")
        yield f'<tr><th scope="row" class="row{mark}">{number}{said}</th>{_cell(row.left)}{_cell(row.right)}</tr>\n'
    yield "</tbody>\n</table>\n"


def _cell(side: Side | None) -> str:
    if side is None:
        return '<td><span class="spoken">entfällt auf dieser Seite</span></td>'
    told = "".join(_told(piece.kind, piece.text) for piece in side.pieces)
    depth = f' class="d{min(side.depth, 3)}"' if side.depth else ""
    return f"<td{depth}><pre>{told}</pre></td>"


def _told(kind: PieceKind, text: str) -> str:
    plain = escape(text)
    if kind is PieceKind.REMOVED:
        return f"<del>{_spoken('gestrichen: ')}{plain}{_spoken(' Ende der Streichung ')}</del>"
    if kind is PieceKind.ADDED:
        return f"<ins>{_spoken('eingefügt: ')}{plain}{_spoken(' Ende der Einfügung ')}</ins>"
    return plain


def _spoken(words: str) -> str:
    """Words only a screen reader tells."""
    return f'<span class="spoken">{words}</span>'
