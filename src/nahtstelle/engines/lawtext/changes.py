"""The words a comparison answers in: kinds and classes of change, and one change of one norm."""

from dataclasses import dataclass
from enum import StrEnum

from nahtstelle.engines.lawtext.values import Norm, NormKind


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
    TEXT = "text"  # the only class that is a change of law
    HEADING = "heading"  # the title of a norm; the names of the law
    NOTES = "notes"  # editors' notes; what the head says of the state of the law
    STRUCTURE = "structure"  # stands under another heading; a heading that came or went; the table of contents
    REPROMULGATION = "repromulgation"  # Neubekanntmachung: the whole law has new document numbers
    REBUILD = "rebuild"  # nothing a reader could see: spaces, document number, build of the file


@dataclass(frozen=True, slots=True)
class NormChange:
    """One change of one norm.

    ``designation`` is the new one, or the old one of a norm that is gone. ``similarity`` is the word likeness of both
    texts, 0.0 to 1.0 (0.0 when there is only one). ``classes`` stand in the order of ``ChangeClass``; they are empty
    when a norm got another number and nothing else.
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
        if self.new is not None:
            return self.new
        if self.old is not None:
            return self.old
        raise ValueError("A change without an old or a new norm is no change.")

    @property
    def is_substance(self) -> bool:
        """True when the wording of the law itself changed: not a heading, not a note, not a table of contents."""
        return ChangeClass.TEXT in self.classes

    @property
    def has_other_words(self) -> bool:
        """True when there are words to show side by side: a change of substance, or of the table of contents."""
        return self.is_substance or self.norm.kind is NormKind.CONTENTS
