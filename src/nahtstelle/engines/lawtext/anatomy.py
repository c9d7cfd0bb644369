"""Anatomy: Absatz, Satz, Nummer, Buchstabe as spans over the text of a norm.

An Absatz begins with a line that starts "(1)", "(1a)" and reaches to the next; unnumbered paragraphs between belong
to the Absatz before them. Sentences are counted anew in each Absatz. Items of a list belong to the sentence they
stand in and are named by their markers: "1." is Nummer 1 (``N1``), "a)" Buchstabe a (``Ba``), "aa)" Doppelbuchstabe
aa (``Daa``), a dash is counted (``T1``, T for tiret). Sentences inside an item without a list of its own are counted
too (``N2a``, ``S5``).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from nahtstelle.engines.lawtext.designations import expand
from nahtstelle.engines.lawtext.sentences import LineKind, cuts_in_line, sentences_in
from nahtstelle.engines.lawtext.values import Block, BlockKind, Norm, Part

_NUMBER = r"\((\d{1,3}[a-z]{0,2})\)"
_ABSATZ = re.compile(rf"{_NUMBER}\s?")
_SEVERAL = re.compile(rf"{_NUMBER}(?: ?(?:,|und|bis|u\.|-|–) ?{_NUMBER})+ ?(?=\(|$)")
_EACH = re.compile(rf" ?(,|und|bis|u\.|-|–|^) ?{_NUMBER}")
_LINE_KINDS = {
    BlockKind.ITEM: LineKind.ITEM,
    BlockKind.ROW: LineKind.TABLE,
    BlockKind.PICTURE: LineKind.TABLE,
}
_OUTSIDE = frozenset({BlockKind.FOOTNOTE, BlockKind.HEADING})
_OPENING = frozenset({BlockKind.PARAGRAPH, BlockKind.TAIL, BlockKind.PREFORMATTED})

_NUMMER = re.compile(r"\(?(\d{1,3}[a-z]{0,2}(?:\.\d{1,3}[a-z]?)*)[.)]?\)?$")
_LETTERS = re.compile(r"([a-zA-Z])(\1{0,3})[.)]$")
_ROMAN = re.compile(r"([IVX][IVXL]*)[.)]$")
_DASH = re.compile(r"[–—•·*−-]$")

Path = tuple[str, ...]


def parts(text: str, blocks: Sequence[Block]) -> tuple[Part, ...]:
    """The parts of a norm in document order, an outer part before the parts inside it."""
    found: list[Part] = []
    unnumbered = 0  # sentences so far that stand in no Absatz
    for steps, body, lines in _absaetze(text, blocks):
        found += [Part((step,), lines[0].start, lines[-1].end) for step in steps]
        if len(steps) == 1:
            _add_sentences(found, (steps[0],), text, body, lines)
        elif not steps:
            unnumbered = _add_sentences(found, (), text, body, lines, unnumbered)
    return tuple(found)


def find_part(
    norm: Norm,
    *,
    absatz: str | None = None,
    satz: str | None = None,
    nummer: str | None = None,
    buchstabe: str | None = None,
    doppelbuchstabe: str | None = None,
) -> Part | None:
    """The part a citation names ("2", "1a", "aa"), or None.

    A Satz that is not named may be any ("Abs. 2 Nr. 3"); a named one may stand above the number or inside it ("Nr. 2a
    Satz 5"). An Absatz that is not named may be any only if a single part answers.
    """
    named = [("N", nummer), ("B", buchstabe), ("D", doppelbuchstabe)]
    inner = [f"{letter}{value}".lower() for letter, value in named if value is not None]
    outer = [] if absatz is None else [f"a{absatz}".lower()]
    if satz is None:
        wanted = [(*outer, *inner)]
    else:
        wanted = [(*outer, f"s{satz}".lower(), *inner), (*outer, *inner, f"s{satz}".lower())]
    for steps in wanted:
        answers = [part for part in norm.parts if _answers(part.path, steps, any_absatz=absatz is None)]
        if answers and (absatz is not None or len({_absatz_of(part) for part in answers}) == 1):
            return answers[0]
    return None


def _answers(path: Path, steps: Path, *, any_absatz: bool) -> bool:
    """Whether ``path`` is ``steps``, with sentences (and an Absatz that may be any) between them."""
    named = iter(steps)
    wanted = next(named, None)
    for step in path:
        if wanted is None:
            return False
        if step.lower() == wanted:
            wanted = next(named, None)
        elif step == path[-1] or not (step[0] == "S" or (any_absatz and step[0] == "A")):
            return False
    return bool(steps) and wanted is None


def _absatz_of(part: Part) -> str:
    return part.path[0] if part.path[0][0] == "A" else ""


def _absaetze(text: str, blocks: Sequence[Block]) -> Iterator[tuple[list[str], int, list[Block]]]:
    """Runs of lines that belong together: the steps that name them, where their prose begins, the lines."""
    steps: list[str] = []
    body = 0
    lines: list[Block] = []
    for block in blocks:
        opening = _opening(text, block)
        if (opening or block.kind in _OUTSIDE) and lines:
            yield steps, body, lines
            lines = []
        if block.kind in _OUTSIDE:
            steps = []
            continue
        if opening:
            steps, body = opening
        elif not lines:
            body = block.start
        lines.append(block)
    if lines:
        yield steps, body, lines


def _opening(text: str, block: Block) -> tuple[list[str], int] | None:
    """What an Absatz that begins with this line is called, and where its words begin."""
    if block.depth or block.kind not in _OPENING or text[block.start] != "(":
        return None
    several = _SEVERAL.match(text, block.start, block.end)
    if several:
        numbers: list[str] = []
        for joint, number in _EACH.findall(several.group()):
            numbers += expand(numbers[-1], number)[1:] if joint in ("bis", "-", "–") and numbers else [number]
        return [f"A{number}" for number in numbers], several.end()
    single = _ABSATZ.match(text, block.start, block.end)
    return ([f"A{single.group(1)}"], single.end()) if single else None


def _add_sentences(found: list[Part], path: Path, text: str, body: int, lines: list[Block], counted: int = 0) -> int:
    """The sentences of one run of lines and the items in them; returns how many sentences there are by now."""
    spans = [(max(body, b.start), b.end, _line_kind(b)) for b in lines if b.end > body]
    begins = [block.start for block in lines]
    for n, (start, end) in enumerate(sentences_in(text, spans), start=counted + 1):
        counted = n
        sentence = (*path, f"S{n}")
        found.append(Part(sentence, start, end))
        items = [block for block in lines[bisect_left(begins, start) : bisect_left(begins, end)] if block.depth]
        if items:
            _add_items(found, sentence, text, items)
    return counted


def _line_kind(block: Block) -> LineKind:
    if block.depth:
        return LineKind.ITEM
    return _LINE_KINDS.get(block.kind, LineKind.PROSE)


def _add_items(found: list[Part], path: Path, text: str, items: list[Block]) -> None:
    """The items of one list and, inside each, its own."""
    dashes = 0
    at = 0
    while at < len(items):
        first = items[at]
        end = at + 1
        while end < len(items) and (items[end].depth > first.depth or _goes_on(items[end], first)):
            end += 1
        inside = items[at + 1 : end]
        at = end
        if first.kind is not BlockKind.ITEM:
            continue
        step = _step(first.marker, path[-1])
        if step == "T":
            dashes += 1
            step = f"T{dashes}"
        if not step:
            _add_items(found, path, text, inside)
            continue
        found.append(Part((*path, step), first.start, inside[-1].end if inside else first.end))
        if inside:
            _add_items(found, (*path, step), text, inside)
        else:
            _add_item_sentences(found, (*path, step), text, first)


def _goes_on(line: Block, item: Block) -> bool:
    """Whether ``line`` is a further paragraph of ``item``."""
    return line.depth == item.depth and line.kind is not BlockKind.ITEM


def _add_item_sentences(found: list[Part], path: Path, text: str, item: Block) -> None:
    begin = item.start + len(item.marker)
    cuts = list(cuts_in_line(text, begin, item.end))
    if not cuts:
        return
    begin += len(text[begin : cuts[0]]) - len(text[begin : cuts[0]].lstrip())
    for n, (start, end) in enumerate(zip([begin, *cuts], [*cuts, item.end], strict=True), start=1):
        found.append(Part((*path, f"S{n}"), start, start + len(text[start:end].rstrip())))


def _step(marker: str, above: str) -> str:
    """The step a marker stands for: "2a." is N2a, "a)" Ba, "aa)" Daa, a dash T; "" for a marker that names nothing."""
    if match := _NUMMER.match(marker):
        return f"N{match.group(1)}"
    if match := _ROMAN.match(marker):
        return f"N{match.group(1)}"
    if match := _LETTERS.match(marker):
        letters = match.group(1) + match.group(2)
        return f"D{letters}" if len(letters) > 1 and above[0] in "BD" else f"B{letters}"
    return "T" if _DASH.match(marker) else ""
