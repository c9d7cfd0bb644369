"""A norm's wording as evidence: its words, and its phrases of four words."""

from functools import cached_property

from nahtstelle.engines.lawtext.likeness import words, words_likeness

CANDIDATES = 8  # norms read against one that looks for its partner or home
COMMONPLACE = 20  # a phrase in more norms than this tells nothing
PHRASE = 4  # words; shorter runs are common property of all German law


class Wording:
    """The words of a norm, cut once and only when asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def words(self) -> list[str]:
        return words(self._text)

    @cached_property
    def phrases(self) -> frozenset[tuple[str, ...]]:
        """Every run of four neighbouring words (the whole text when it is shorter)."""
        row = self.words
        if len(row) <= PHRASE:
            return frozenset({tuple(row)} if row else ())
        return frozenset(zip(row, row[1:], row[2:], row[3:], strict=False))

    def __len__(self) -> int:
        return len(self.words)

    def likeness(self, other: "Wording", floor: float = 0.0) -> float:
        if self._text == other._text:
            return 1.0
        return words_likeness(self.words, other.words, floor)

    def without(self, other: "Wording | None") -> frozenset[tuple[str, ...]]:
        """The phrases that do not stand in the other wording."""
        if other is None:
            return self.phrases
        return frozenset() if self._text == other._text else self.phrases - other.phrases
