"""What changed between two readings of one law, norm by norm, and of what class the change is.

A new file is not a new law: between two readings the editors also rebuild files, renew document numbers, add notes and
correct spaces. Only the class ``text`` is a change of substance, and not even that in a table of contents.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nahtstelle.engines.lawtext.headings import Place, is_moved, places_now
from nahtstelle.engines.lawtext.likeness import likeness
from nahtstelle.engines.lawtext.pairing import NUMBER_LENGTH, Pairing, pair
from nahtstelle.engines.lawtext.values import LawReading, Norm, NormKind

REPROMULGATED = 0.8  # share of provisions with new document numbers that makes it a new promulgation
FEW = 3  # fewer provisions tell nothing about the whole law


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    AMENDED = "amended"
    RENUMBERED = "renumbered"
    SPLIT = "split"  # this norm is new, its text stood in ``old`` before
    MERGED = "merged"  # this norm is gone, its text stands in ``new`` now
    REPEALED = "repealed"  # the number stays, as "(weggefallen)"
    RE_ENACTED = "re-enacted"  # a repealed number has text again


class ChangeClass(StrEnum):
    TEXT = "text"
    HEADING = "heading"
    NOTES = "notes"  # editors' notes, or what the head says of the state of the law
    STRUCTURE = "structure"  # stands under another heading; a structure heading that came or went
    REPROMULGATION = "repromulgation"  # Neubekanntmachung: the whole law has new document numbers
    REBUILD = "rebuild"  # nothing a reader could see: spaces, document number, build of the file


@dataclass(frozen=True, slots=True)
class NormChange:
    """One change of one norm.

    ``designation`` is the new one, or the old one of a norm that is gone. ``similarity`` is the word likeness of both
    texts, 0.0 to 1.0 (0.0 when there is only one). ``classes`` stand in the order of ``ChangeClass``; they are empty when
    a norm only got another number.
    """

    kind: ChangeKind
    classes: tuple[ChangeClass, ...]
    designation: str
    old_designation: str
    old: Norm | None
    new: Norm | None
    similarity: float

    @property
    def norm(self) -> Norm:
        """The norm to speak of: the new one, or the old one when there is none."""
        norm = self.new if self.new is not None else self.old
        assert norm is not None  # noqa: S101 - a change without any norm cannot be made here
        return norm

    @property
    def is_substance(self) -> bool:
        """True when the wording of the law itself changed: not a table of contents, not a heading, not a note."""
        return ChangeClass.TEXT in self.classes and self.norm.kind is not NormKind.CONTENTS


def compare(old: LawReading, new: LawReading) -> tuple[NormChange, ...]:
    """The norms that differ, in the order of the new reading; a norm that is gone stands at its old place.

    The head of the law is a norm too: its change tells of names and state. A norm that is the same is never listed.
    """
    return tuple(_Comparison(old, new).changes())


class _Comparison:
    def __init__(self, old: LawReading, new: LawReading) -> None:
        self.old, self.new = old, new
        self.pairing: Pairing = pair(old.norms, new.norms)
        self.before = {j: i for i, j in self.pairing.continued.items()}
        self.places: dict[Place, Place] = places_now(old.norms, new.norms, self.pairing.continued)
        self.repromulgated = self._is_repromulgated()
        self.spoken_for_old = _empty_designations(old)
        self.ranges_new = {plain: norm for norm in new.norms for plain in norm.covers}
        self.ranges_old = {plain: norm for norm in old.norms for plain in norm.covers}

    def changes(self) -> Iterator[NormChange]:
        gone_after = self._gone_after()
        yield from self._gone(gone_after.get(-1, ()))
        for j, norm in enumerate(self.new.norms):
            change = self._continued(self.before[j], j) if j in self.before else self._arrived(j, norm)
            if change is not None:
                yield change
            yield from self._gone(gone_after.get(j, ()))

    def _gone_after(self) -> dict[int, list[int]]:
        """Old norms without successor, by the new norm they stand after: that of the norm before them."""
        places: dict[int, list[int]] = {}
        at = -1
        for i in range(len(self.old.norms)):
            if i in self.pairing.continued:
                at = self.pairing.continued[i]
            else:
                places.setdefault(at, []).append(i)
        return places
