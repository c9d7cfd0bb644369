"""A comparison, and a norm, as readable plain text for a terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from nahtstelle.engines.lawtext.changes import ChangeClass, ChangeKind, NormChange
from nahtstelle.engines.lawtext.synopsis import Side, SynopsisRow, synopsis, text_rows
from nahtstelle.engines.lawtext.values import LawReading, Norm, NormKind
from nahtstelle.engines.lawtext.wording import Piece, PieceKind, differences

CONTEXT = 60  # characters of unchanged words shown on each side of a change
INDENT = "    "


def law_name(reading: LawReading) -> str:
    """How a law is called in a heading: "AufenthG (Aufenthaltsgesetz)"."""
    short = reading.official_abbreviation or next(iter(reading.short_names), "")
    long = reading.short_title or reading.long_title
    return f"{short} ({long})" if short and long else short or long


def norm_name(norm: Norm) -> str:
    if norm.kind is NormKind.HEAD:
        return "The law as a whole (Gesetzeskopf)"
    return " ".join(part for part in (norm.designation, norm.title) if part) or "(without designation)"


def comparison_text(old: LawReading, new: LawReading, changes: Sequence[NormChange]) -> str:
    """The whole comparison: a summary, then every change with its removed and added words."""
    return "\n".join(_comparison_lines(old, new, changes)) + "\n"


def norm_text(norm: Norm) -> str:
    """One norm with its place, its wording and the editors' notes."""
    lines = [norm_name(norm)]
    lines += [f"{INDENT}under: {' / '.join(norm.structure)}"] if norm.structure else []
    lines += ["", norm.text or ("(weggefallen)" if norm.repealed else "(no text)")]
    lines += ["", "Editors' notes (not law):", norm.notes] if norm.notes else []
    return "\n".join(lines) + "\n"


def counts(changes: Iterable[NormChange]) -> str:
    """ "55 amended, 3 added, 1 repealed"."""
    found = Counter(change.kind for change in changes)
    return ", ".join(f"{found[kind]} {kind.value}" for kind in ChangeKind if found[kind]) or "none"


def _comparison_lines(old: LawReading, new: LawReading, changes: Sequence[NormChange]) -> Iterator[str]:
    yield law_name(new) or law_name(old)
    yield f"Old file built {old.build or 'at an unknown time'}, new file built {new.build or 'at an unknown time'}."
    yield f"Norms that differ: {len(changes)} ({counts(changes)})."
    yield f"Changes of substance (text): {sum(change.is_substance for change in changes)}."
    for change in changes:
        yield ""
        yield from _change_lines(old, new, change)


def _change_lines(old: LawReading, new: LawReading, change: NormChange) -> Iterator[str]:
    classes = ", ".join(each.value for each in change.classes) or "number only"
    yield f"{norm_name(change.norm)}: {change.kind.value} [{classes}]"
    if change.old is not None and change.new is not None and change.old_designation != change.designation:
        yield f"{INDENT}before: {norm_name(change.old)}"
    if change.norm.kind is NormKind.HEAD:
        yield from _reworded("", head_text(old), head_text(new))
        return
    if ChangeClass.HEADING in change.classes and change.old is not None and change.new is not None:
        yield from _reworded("title: ", change.old.title, change.new.title)
    if ChangeClass.STRUCTURE in change.classes and change.norm.kind is not NormKind.CONTENTS:
        yield from _moved(change)
    if change.has_other_words:
        for row in synopsis(change.old, change.new):
            yield from _row_lines(row)
    if ChangeClass.NOTES in change.classes and change.old is not None and change.new is not None:
        yield from _reworded("note: ", change.old.notes, change.new.notes)


def head_text(reading: LawReading) -> str:
    """What the head of a law says: names, state, notes; one statement a line."""
    names = (
        *reading.short_names,
        reading.official_abbreviation,
        reading.short_title,
        reading.long_title,
        reading.gazette,
    )
    stand = (f"{entry.kind}: {entry.text}" for entry in reading.stand)
    remarks = (reading.norms[0].text, reading.norms[0].notes) if reading.norms else ()
    return "\n".join(line for line in (*dict.fromkeys(names), *stand, *remarks) if line)


def _moved(change: NormChange) -> Iterator[str]:
    for word, norm in (("was under", change.old), ("is under", change.new)):
        if norm is not None and norm.structure:
            yield f"{INDENT}{word}: {' / '.join(norm.structure)}"


def _reworded(label: str, old: str, new: str) -> Iterator[str]:
    for row in text_rows(old, new):
        for line in _row_lines(row):
            yield f"{INDENT}{label}{line.strip()}"


def _row_lines(row: SynopsisRow) -> Iterator[str]:
    if row.left is None and row.right is not None:
        yield f"{_indent(row.right)}+ {row.right.text}"
    elif row.right is None and row.left is not None:
        yield f"{_indent(row.left)}- {row.left.text}"
    elif row.left is not None and row.right is not None and row.is_changed:
        yield f"{_indent(row.right)}~ {shortened(differences(row.left.text, row.right.text))}"


def _indent(side: Side) -> str:
    return INDENT + "  " * side.depth


def shortened(pieces: Iterable[Piece]) -> str:
    """The pieces in one line, "[-removed-]{+added+}", long unchanged stretches cut to the words beside a change."""
    row = list(pieces)
    shown: list[str] = []
    for at, piece in enumerate(row):
        if piece.kind is PieceKind.REMOVED:
            shown.append(f"[-{piece.text}-]")
        elif piece.kind is PieceKind.ADDED:
            shown.append(f"{{+{piece.text}+}}")
        else:
            shown.append(_cut(piece.text, first=at == 0, last=at == len(row) - 1))
    return "".join(shown)


def _cut(text: str, *, first: bool, last: bool) -> str:
    head = "" if first else text[:CONTEXT]
    tail = "" if last else text[-CONTEXT:]
    if len(head) + len(tail) + 5 >= len(text):
        return text
    return f"{head}{' ' if head else ''}…{' ' if tail else ''}{tail}"
