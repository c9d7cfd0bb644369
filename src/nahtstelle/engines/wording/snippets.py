"""Where in a text the searched terms stand, and the passage that shows them best."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from nahtstelle.engines.wording.analysing import Analyser
from nahtstelle.engines.wording.tokens import tokens

LENGTH = 260  # characters of a passage
LEAD = 60  # characters shown before the first hit
LOOKED_AT = 20_000  # characters of a text


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage; ``hit`` where it is what was searched."""

    text: str
    hit: bool


def spans_of(text: str, wanted: Collection[str], analyser: Analyser) -> list[Span]:
    """The words of a text that have one of the wanted terms."""
    if not wanted:
        return []
    found = []
    for token in tokens(text[:LOOKED_AT]):
        word = analyser.word(token.text)
        if word.whole in wanted:
            found.append(Span(token.start, token.end, word.whole))
        else:
            for part in word.parts:
                if part in wanted:
                    found.append(Span(token.start, token.end, part))
                    break
    return sorted(found, key=lambda span: (span.start, -span.end))


def marked(text: str, spans: Iterable[Span | tuple[int, int]]) -> list[Piece]:
    """The whole text in pieces, the spans as hits; together the pieces are the text."""
    pieces: list[Piece] = []
    position = 0
    for start, end in sorted((s.start, s.end) if isinstance(s, Span) else s for s in spans):
        if start < position:
            continue
        if start > position:
            pieces.append(Piece(text[position:start], hit=False))
        pieces.append(Piece(text[start:end], hit=True))
        position = end
    if position < len(text):
        pieces.append(Piece(text[position:], hit=False))
    return pieces


def snippet(text: str, spans: Sequence[Span], *, length: int = LENGTH) -> list[Piece]:
    """A passage of about ``length`` characters with as many different terms as possible, cut at words."""
    begin = _best_begin(text, spans, length)
    end = min(len(text), begin + length)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + length // 2)
    inside = [(span.start - begin, span.end - begin) for span in spans if span.start >= begin and span.end <= end]
    pieces = marked(text[begin:end].rstrip(), [one for one in inside if one[1] <= len(text[begin:end].rstrip())])
    if begin > 0:
        pieces.insert(0, Piece("… ", hit=False))
    if end < len(text.rstrip()):
        pieces.append(Piece(" …", hit=False))
    return pieces


def _best_begin(text: str, spans: Sequence[Span], length: int) -> int:
    """Where to begin so that the passage holds the most different terms, then the most hits, then comes first."""
    best, begin = (0, 0), 0
    last = 0
    for first, span in enumerate(spans):
        last = max(last, first)
        while last < len(spans) and spans[last].end <= span.start + length - LEAD:
            last += 1
        window = spans[first:last]
        worth = (len({one.term for one in window}), len(window))
        if worth > best:
            best, begin = worth, span.start
    if begin <= LEAD:
        return 0
    space = text.find(" ", begin - LEAD, begin)
    return space + 1 if space >= 0 else begin
