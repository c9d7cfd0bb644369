"""The names of laws, looked up in constant time whatever their number.

Two tables, built once: abbreviations exactly as written ("AufenthG"), and written-out names as sequences of folded
words, so that "des Aufenthaltsgesetzes", "Bürgerlichen Gesetzbuchs" and "Gesetzes über Ordnungswidrigkeiten" are found
in any case. For each pair of first words the table knows how many words its names have; a look-up tries these lengths, longest
first.
"""

import re
from collections.abc import Iterable
from typing import Self

from nahtstelle.engines.lawtext.citations.federal_laws import FEDERAL_LAWS
from nahtstelle.engines.lawtext.citations.social_code import book_at, with_arabic_number, with_roman_number

# A word, with what breaks it at a line's end: soft hyphen, or hyphen and line break before a small letter.
WORD = re.compile(
    r"[^\W_][\w\u00ad]*(?:(?:[-‐‑.](?!\s)|/(?=[A-ZÄÖÜ\d])|[-‐‑][^\S\n]*+\n\s*+(?=[a-zäöüß]))[^\W_][\w\u00ad]*)*"
)
_BETWEEN = re.compile(r"[\s,()<>\[\]„“\"]*+(?:[-–—]\s++)?")
_BREAK = re.compile(r"\u00ad|[-‐‑][^\S\n]*+\n\s*+")
_ENDINGS = ("es", "en", "em", "er", "e", "s", "n")
_MOST_WORDS = 60
# Words that name a kind of law; alone they name none.
_KINDS = frozenset(
    (
        "gesetz",
        "verordnung",
        "ordnung",
        "satzung",
        "vertrag",
        "abkommen",
        "bekanntmachung",
        "richtlinie",
        "anordnung",
        "erlass",
    )
)


def folded(word: str) -> str:
    """A word without case, line-break hyphen and inflection: "Aufenthaltsgesetzes" is "aufenthaltsgesetz"."""
    word = _BREAK.sub("", word).casefold()
    if "/" in word:
        return "/".join(_without_ending(part) for part in word.split("/"))
    return _without_ending(word)


def _without_ending(word: str) -> str:
    if word[-1:] not in "snmre":
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _words(name: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in WORD.findall(name))


class LawNames:
    """An immutable table of laws and their names.

    The first name given for two laws stays with the first: what is registered later never takes a name away.
    """

    __slots__ = ("_abbreviations", "_folded_abbreviations", "_lengths", "_names")

    def __init__(self, laws: Iterable[tuple[str, Iterable[str]]] = ()) -> None:
        self._abbreviations: dict[str, str] = {}
        self._folded_abbreviations: dict[str, str] = {}
        self._names: dict[tuple[str, ...], str] = {}
        self._lengths: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._add(laws)

    def extended_with(self, laws: Iterable[tuple[str, Iterable[str]]]) -> Self:
        """A new table that also knows ``laws``: pairs of a citation name and its other names (short, long, portal).

        Where the first name of a pair is known already ("AsylVfG 1992"), the other names are added to that law. Other
        names that are known already stay with the law that has them.
        """
        other = type(self)()
        other._abbreviations = dict(self._abbreviations)
        other._folded_abbreviations = dict(self._folded_abbreviations)
        other._names = dict(self._names)
        other._lengths = dict(self._lengths)
        other._add(laws)
        return other

    def _add(self, laws: Iterable[tuple[str, Iterable[str]]]) -> None:
        lengths: dict[tuple[str, ...], set[int]] = {}
        for citation_name, aliases in laws:
            names = (citation_name, *aliases)
            law = self.canonical(citation_name) or citation_name.strip()
            for name in names:
                words = _words(name)
                if not words or (len(words) == 1 and words[0] in _KINDS) or len(words) > _MOST_WORDS:
                    continue
                if len(words) == 1:
                    self._abbreviations.setdefault(name.strip(), law)
                    self._folded_abbreviations.setdefault(name.strip().casefold(), law)
                if len(words) > 1 or len(words[0]) > 6:
                    self._names.setdefault(words, law)
                    lengths.setdefault(words[:2], set()).add(len(words))
        for first, found in lengths.items():
            self._lengths[first] = tuple(sorted({*found, *self._lengths.get(first, ())}, reverse=True))

    def __len__(self) -> int:
        return len({*self._abbreviations, *self._names})

    def canonical(self, name: str) -> str | None:
        """The citation name of the law called ``name`` ("AsylVfG 1992" gives "AsylG"), None when it is not known."""
        name = name.strip()
        numbered = with_roman_number(name)
        if numbered != with_arabic_number(name):
            return numbered
        book = book_at(name, 0)
        if book is not None and book[1] == len(name):
            return book[0]
        return self._abbreviations.get(name) or self._names.get(_words(name))

    def abbreviated(self, token: str) -> str | None:
        """The law abbreviated exactly as ``token``."""
        return self._abbreviations.get(token)

    def abbreviated_in_any_case(self, token: str) -> str | None:
        """The law abbreviated as ``token``, in capital or small letters: for search boxes."""
        return self._folded_abbreviations.get(token.casefold())

    def meant(self, name: str) -> str | None:
        """The law somebody means by a name typed in any case ("aufenthg", "aufenthaltsgesetz")."""
        return self.canonical(name) or self.abbreviated_in_any_case(name) or self.canonical(name.title())

    def written_at(self, text: str, position: int) -> tuple[str, int] | None:
        """The longest known name written out at ``position`` and where it ends; None when none begins there."""
        found = WORD.match(text, position)
        if found is None:
            return None
        words, ends = [folded(found[0])], [found.end()]
        self._read_words(text, words, ends, 2)
        lengths = self._lengths.get(tuple(words[:2]), ())
        if lengths:
            self._read_words(text, words, ends, lengths[0])
        for length in lengths:
            if length <= len(words) and (law := self._names.get(tuple(words[:length]))):
                return law, ends[length - 1]
        if (words[0],) in self._lengths and (law := self._names.get((words[0],))):
            return law, ends[0]
        return None

    @staticmethod
    def _read_words(text: str, words: list[str], ends: list[int], number: int) -> None:
        while len(words) < number:
            between = _BETWEEN.match(text, ends[-1])
            found = WORD.match(text, between.end() if between is not None else ends[-1])
            if found is None:
                return
            words.append(folded(found[0]))
            ends.append(found.end())


def read_table(table: str) -> Iterable[tuple[str, list[str]]]:
    for line in table.splitlines():
        if line:
            law, _, names = line.partition(" = ")
            yield law, names.split(" | ")


DEFAULT_NAMES = LawNames(read_table(FEDERAL_LAWS))


def same_law(one: str, other: str, *, names: LawNames = DEFAULT_NAMES) -> bool:
    """Whether two names mean the same law.

    "SGB 2" and "SGB II", "AsylVfG 1992" and "AsylG", "Aufenthaltsgesetzes" and "AufenthG" do. Names that no table knows
    are the same when they differ only in case and inflection.
    """
    return _key(one, names) == _key(other, names)


def _key(name: str, names: LawNames) -> object:
    return names.canonical(name) or _words(name)
