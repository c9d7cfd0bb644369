"""Which norm of the old reading is which norm of the new one.

Evidence, strongest first: the designation ("§ 60c"), the wording, the title, and the first 21 characters of the
portal's document number (which survive a renumbering, but are not unique). A norm keeps its partner of the same
designation unless the wordings have little in common and another norm reads clearly more like it: then it was
renumbered, and its old number was given to another text.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nahtstelle.engines.lawtext.headings import pair_headings
from nahtstelle.engines.lawtext.kinship import CANDIDATES, COMMONPLACE, Wording
from nahtstelle.engines.lawtext.passages import homes_of_gone, homes_of_new, speaks
from nahtstelle.engines.lawtext.values import Norm, NormKind

# Word likeness, 0 to 1. docs/reference/comparing.md tells on what these were set.
DOUBTFUL = 0.5  # same designation, but less in common than this: look whether another norm reads more like it
CLEAR = 0.6  # renumbered on the strength of the wording alone
SUPPORTED = 0.4  # renumbered when the title, the document number or the designation says so too
SHORT = 8  # a norm of fewer words proves nothing by its wording alone
SAME_NUMBER, SAME_TITLE, SAME_DESIGNATION = 0.1, 0.1, 0.2
NUMBER_LENGTH = 21

_Score = tuple[float, int, int, int]


@dataclass(slots=True)
class Pairing:
    """Positions in the old and the new list of norms.

    ``continued`` maps an old norm to the norm it is now (no norm twice). ``split`` maps a new norm without
    predecessor to the old norm its text was taken from; ``merged`` maps an old norm without successor, or with
    nothing left but its number, to the new norm that took in its text.
    """

    continued: dict[int, int] = field(default_factory=dict)
    split: dict[int, int] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)


def pair(old: Sequence[Norm], new: Sequence[Norm]) -> Pairing:
    """Pair the norms of two readings of one law."""
    return _Pairer(old, new).pair()


class _Pairer:
    def __init__(self, old: Sequence[Norm], new: Sequence[Norm]) -> None:
        self.old, self.new = old, new
        self.old_words = _wordings(old)
        self.new_words = _wordings(new)
        self.continued = pair_headings(old, new)
        self.taken = set(self.continued.values())

    def pair(self) -> Pairing:
        doubtful = self._pair_namesakes()
        self._pair_renumbered(doubtful)
        for i, j in doubtful.items():
            if i not in self.continued and j not in self.taken:
                self._join(i, j)
        split = homes_of_new(self.old, self.new, self.old_words, self.new_words, self.continued)
        merged = homes_of_gone(self.old, self.new, self.old_words, self.new_words, self.continued)
        return Pairing(self.continued, split, merged)

    def _join(self, i: int, j: int) -> None:
        self.continued[i] = j
        self.taken.add(j)

    def _pair_namesakes(self) -> dict[int, int]:
        """Pair what bears the same name; returns the pairs (not made yet) that have little in common but the name."""
        doubtful: dict[int, int] = {}
        new_named = self._by_name(self.new, self.new_words)
        for name, left in self._by_name(self.old, self.old_words).items():
            for i, j in self._namesakes(left, new_named.get(name, [])):
                if self._is_certain(i, j):
                    self._join(i, j)
                else:
                    doubtful[i] = j
        return doubtful

    def _is_certain(self, i: int, j: int) -> bool:
        old, new = self.old[i], self.new[j]
        if old.kind in (NormKind.HEAD, NormKind.CONTENTS) or old.text == new.text:
            return True
        if old.repealed or new.repealed:
            return old.repealed and new.repealed
        return self.old_words[i].likeness(self.new_words[j], DOUBTFUL) >= DOUBTFUL

    @staticmethod
    def _by_name(norms: Sequence[Norm], positions: Iterable[int]) -> dict[tuple[NormKind, str], list[int]]:
        named: dict[tuple[NormKind, str], list[int]] = defaultdict(list)
        for position in positions:
            named[norms[position].kind, norms[position].designation].append(position)
        return named

    def _namesakes(self, left: list[int], right: list[int]) -> list[tuple[int, int]]:
        """Usually one and one; several when a law has two "Anlage" or counts its §§ anew in every article."""
        if len(left) == 1 and len(right) == 1:
            return [(left[0], right[0])]
        pairs = self._twins(left, right)
        rest_old = [i for i in left if i not in {i for i, _ in pairs}]
        rest_new = [j for j in right if j not in {j for _, j in pairs}]
        scored = [
            (self.old_words[i].likeness(self.new_words[j]) + _support(self.old[i], self.new[j]), -abs(a - b), i, j)
            for a, i in enumerate(rest_old)
            for b, j in enumerate(rest_new)
        ]
        return pairs + _greedy(scored)

    def _twins(self, left: list[int], right: list[int]) -> list[tuple[int, int]]:
        """Norms of one name that also read the same, in order."""
        waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
        for j in right:
            waiting[self.new[j].title, self.new[j].text].append(j)
        pairs: list[tuple[int, int]] = []
        for i in left:
            twins = waiting[self.old[i].title, self.old[i].text]
            if twins:
                pairs.append((i, twins.pop(0)))
        return pairs

    def _pair_renumbered(self, doubtful: dict[int, int]) -> None:
        """Pair norms whose designation changed."""
        left = {i for i in self.old_words if i not in self.continued and speaks(self.old[i])}
        right = {j for j in self.new_words if j not in self.taken and speaks(self.new[j])}
        at_home = {(i, j) for i, j in doubtful.items() if i in left and j in right}
        scored: list[_Score] = []
        for i, j in self._candidates(left, right) | at_home:
            alike = self.old_words[i].likeness(self.new_words[j])
            support = _support(self.old[i], self.new[j])
            short = min(len(self.old_words[i]), len(self.new_words[j])) < SHORT
            if (i, j) in at_home or (alike >= (SUPPORTED if support else CLEAR) and (support or not short)):
                scored.append((alike + support, -abs(i - j), i, j))
        for i, j in _greedy(scored):
            self._join(i, j)

    def _candidates(self, left: set[int], right: set[int]) -> set[tuple[int, int]]:
        """Pairs worth reading against each other: phrases, the title or the document number in common."""
        if not left or not right:
            return set()
        places: dict[object, list[int]] = defaultdict(list)
        for j in sorted(right):
            for mark in _marks(self.new[j], self.new_words[j]):
                places[mark].append(j)
        found: set[tuple[int, int]] = set()
        for i in sorted(left):
            shared: dict[int, int] = defaultdict(int)
            for mark in _marks(self.old[i], self.old_words[i]):
                if len(places.get(mark, ())) <= COMMONPLACE:
                    for j in places.get(mark, ()):
                        shared[j] += 1
            best = sorted(shared, key=lambda j: (-shared[j], j))[:CANDIDATES]
            found.update((i, j) for j in best if self.old[i].kind is self.new[j].kind)
        return found


def _wordings(norms: Sequence[Norm]) -> dict[int, Wording]:
    return {at: Wording(norm.text) for at, norm in enumerate(norms) if norm.kind is not NormKind.STRUCTURE}


def _greedy(scored: list[_Score]) -> list[tuple[int, int]]:
    """The best pair first, then the best of what is left."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(scored, key=lambda entry: (-entry[0], -entry[1], entry[2], entry[3])):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


def _support(old: Norm, new: Norm) -> float:
    """What speaks for a pair beside the wording."""
    support = SAME_DESIGNATION if old.designation == new.designation else 0.0
    if old.title and old.title == new.title:
        support += SAME_TITLE
    number = old.document_number[:NUMBER_LENGTH]
    if len(number) == NUMBER_LENGTH and number == new.document_number[:NUMBER_LENGTH]:
        support += SAME_NUMBER
    return support


def _marks(norm: Norm, wording: Wording) -> set[object]:
    marks: set[object] = set(wording.phrases)
    if norm.title:
        marks.add(("title", norm.title))
    if len(norm.document_number) > NUMBER_LENGTH:
        marks.add(("number", norm.document_number[:NUMBER_LENGTH]))
    return marks
