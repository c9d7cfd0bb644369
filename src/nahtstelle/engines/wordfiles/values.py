"""What comes out of a Word file."""

from collections import Counter
from dataclasses import dataclass, field

SAMPLES, SAMPLE_CHARACTERS = 3, 80


class WordTrouble(Exception):
    """The file cannot be read; ``code`` says why: empty, old-format, protected, not-word, damaged, macros, too-large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that is not in the text as it was in the file: how often, and the beginnings of a few.

    ``code`` is one of: comment, inserted, deleted, text-box, style, header-footer, image, image-without-alternative,
    drawing, formula, object, merged-cells, nested-table, footnote, contents, form-field, symbol.
    """

    code: str
    number: int
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    content: bytes
    media_type: str
    alternative: str


@dataclass(frozen=True, slots=True)
class WordText:
    """The text as Markdown. ``headings`` are those of the file, as its own outline shows them: (level, words)."""

    title: str
    summary: str
    body: str
    headings: tuple[tuple[int, str], ...]
    losses: tuple[Loss, ...]
    pictures: tuple[Picture, ...]


@dataclass(slots=True)
class Losses:
    """Losses as they are noticed."""

    numbers: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=dict)

    def note(self, code: str, sample: str = "", *, number: int = 1) -> None:
        self.numbers[code] += number
        kept = self.samples.setdefault(code, [])
        sample = " ".join(sample.split())[:SAMPLE_CHARACTERS]
        if sample and sample not in kept and len(kept) < SAMPLES:
            kept.append(sample)

    def all(self) -> tuple[Loss, ...]:
        return tuple(Loss(code, number, tuple(self.samples.get(code, ()))) for code, number in self.numbers.items())
