"""Splitting German compounds with the frequencies of a corpus, after Koehn and Knight (EACL 2003).

A compound is split where its parts, freed of linking elements, are words of the corpus; of several ways the one whose
parts have the highest geometric mean of frequencies is taken. Koehn and Knight leave a word whole that is more frequent
than its parts; we split it all the same unless it is far more frequent, because for a search the parts are added to the
word and do not replace it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log

from nahtstelle.engines.wording.stems import stem
from nahtstelle.engines.wording.stopwords import GERMAN

LINKS = ("s", "es", "n", "en", "er", "e")
_LINKS_ENDING_WITH = {sign: tuple(link for link in LINKS if link.endswith(sign)) for sign in "snre"}
LONGEST_LINK = max(map(len, LINKS))
SHORTEST_WORD = 8  # shorter words are no compounds worth splitting
SHORTEST_PART = 4
SHORT_PARTS = frozenset(("amt", "eu", "alg", "kmu", "bund", "job", "not", "ehe", "tag", "mut", "ort", "rat", "weg"))
MOST_PARTS = 4
RARER = log(400)  # how much rarer than the whole its parts may be
# Endings and beginnings that a corpus knows as words, or seems to.
_FALSE = """schaft schaften haft heit heiten keit keiten lich lichen isch ische ischen ischer nis nisse tum chen lein ling linge
    sam bar bare baren los lose losen ende enden ander anders ions ation ationen ieren iert ierte ierung ierungen
    stell setz setzen ungs ling lings weise fall falls mann rung lung tung nung gung tion tionen sion
    teil teile teils zeug werk inne innen liche licher liches ige iger igen selbst drin ober nieder gross klein
    hoch voll fort weg fest frei gang gange nahm nahme halt halte kehr zieh gebe gabe wend wende stand stande trag
    eine einer eines bing ring ding"""
FALSE_PARTS = frozenset(_FALSE.split())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a corpus: ``frequencies`` by folded word, ``forms`` by whatever may stand inside a compound."""

    frequencies: Mapping[str, int] = field(default_factory=dict)
    forms: Mapping[str, float] = field(default_factory=dict, repr=False)  # natural logarithm of the frequency
    longest: int = 0  # letters of the longest form

    @classmethod
    def learned_from(cls, frequencies: Mapping[str, int]) -> "Lexicon":
        """A lexicon of folded words and how often the corpus has them; inflected forms are counted together."""
        classes: dict[str, int] = {}
        members: dict[str, list[str]] = {}
        for word, number in frequencies.items():
            if number > 0 and word.isalpha() and (len(word) >= SHORTEST_PART or word in SHORT_PARTS):
                root = stem(word)
                classes[root] = classes.get(root, 0) + number
                members.setdefault(root, []).append(word)
        forms: dict[str, float] = {}
        for root, number in classes.items():
            for form in (root, *members[root]):
                if _may_be_part(form):
                    forms[form] = max(forms.get(form, 0.0), log(1 + number))
        return cls(dict(frequencies), forms, max(map(len, forms), default=0))

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a folded compound without their linking elements; empty where it is none.

        >>> Lexicon.learned_from({"pflege": 5, "kraft": 3, "kräfte": 1}).split("pflegekraft")
        ('pflege', 'kraft')
        """
        if len(word) < SHORTEST_WORD or not word.isalpha() or not self.forms:
            return ()
        best = self._best_ways(word)
        ways = [(total / count, parts) for count, (total, parts) in best.items() if count > 1]
        if not ways:
            return ()
        mean, parts = max(ways)
        own = log(1 + self.frequencies.get(word, 0))
        return parts if mean + RARER >= own else ()

    def _best_ways(self, word: str) -> dict[int, tuple[float, tuple[str, ...]]]:
        """By number of parts: the highest sum of logarithms with which they cover ``word``, and the parts."""
        length = len(word)
        reached: list[dict[int, tuple[float, tuple[str, ...]]]] = [{} for _ in range(length + 1)]
        reached[0][0] = (0.0, ())
        for begin in range(length - 1):
            here = reached[begin]
            if not here:
                continue
            # An inflected last part may be longer than any form there is.
            for end in (*range(begin + 2, min(length, begin + self.longest + LONGEST_LINK + 1)), length):
                if begin == 0 and end == length:
                    continue
                known = self.part(word[begin:end], last=end == length)
                if known is None:
                    continue
                worth, part = known
                there = reached[end]
                for count, (total, parts) in here.items():
                    if count < MOST_PARTS:
                        way = (total + worth, (*parts, part))
                        if count + 1 not in there or way > there[count + 1]:
                            there[count + 1] = way
        return reached[length]

    def part(self, piece: str, *, last: bool) -> tuple[float, str] | None:
        """What a piece of a compound is worth and the word it stands for, its linking element taken off."""
        worth = self.forms.get(piece)
        found = None if worth is None else (worth, piece)
        if last:
            if found is None and len(piece) >= SHORTEST_PART and piece not in FALSE_PARTS:
                # An inflected form that the corpus happens not to have: "…beratungen" where it has "Beratung".
                worth = self.forms.get(stem(piece))
                found = None if worth is None else (worth, piece)
        else:
            for link in _LINKS_ENDING_WITH.get(piece[-1], ()):
                bare = piece.removesuffix(link)
                worth = self.forms.get(bare)
                if worth is not None and bare != piece and (found is None or (worth, bare) > found):
                    found = (worth, bare)
        return found


def _may_be_part(form: str) -> bool:
    if form in SHORT_PARTS:
        return True
    return len(form) >= SHORTEST_PART and form not in FALSE_PARTS and form not in GERMAN
