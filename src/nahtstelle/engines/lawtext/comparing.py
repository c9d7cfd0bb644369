"""What changed between two readings of one law, norm by norm, and of what class the change is.

A new file is not a new law: between two readings the editors also rebuild files, renew document numbers, add notes and
correct spaces. Only the class ``text`` is a change of substance.
"""

from collections import defaultdict
from collections.abc import Iterator

from nahtstelle.engines.lawtext.changes import ChangeClass, ChangeKind, NormChange
from nahtstelle.engines.lawtext.classifying import head_classes, is_repromulgated, lone_classes, norm_classes
from nahtstelle.engines.lawtext.headings import places_now
from nahtstelle.engines.lawtext.likeness import likeness
from nahtstelle.engines.lawtext.pairing import pair
from nahtstelle.engines.lawtext.values import LawReading, Norm, NormKind

__all__ = ["ChangeClass", "ChangeKind", "NormChange", "compare"]


def compare(old: LawReading, new: LawReading) -> tuple[NormChange, ...]:
    """The norms that differ, in the order of the new reading; a norm that is gone stands at its old place.

    The head of the law is a norm too: its change tells of names and state. A norm that is the same is never listed,
    nor is a repealed number that a collapsed range "(XXXX) §§ 12 bis 14" now stands for.
    """
    if old == new:
        return ()
    return tuple(_Comparison(old, new).changes())


class _Comparison:
    def __init__(self, old: LawReading, new: LawReading) -> None:
        self.old, self.new = old, new
        self.pairing = pair(old.norms, new.norms)
        continued = self.pairing.continued
        self.before = {j: i for i, j in continued.items()}
        self.places = places_now(old.norms, new.norms, continued)
        self.repromulgated = is_repromulgated(old, new, ((old.norms[i], new.norms[j]) for i, j in continued.items()))
        self.old_numbers, self.new_numbers = _Numbers(old), _Numbers(new)

    def changes(self) -> Iterator[NormChange]:
        gone_after = self._gone_after()
        yield from self._gone(gone_after[-1])
        for j, norm in enumerate(self.new.norms):
            if j in self.before:
                yield from self._continued(self.before[j], j)
            else:
                yield from self._arrived(j, norm)
            yield from self._gone(gone_after[j])

    def _gone_after(self) -> defaultdict[int, list[int]]:
        """Old norms without successor, by the new norm they stand after: that of the norm before them."""
        places: defaultdict[int, list[int]] = defaultdict(list)
        at = -1
        for i in range(len(self.old.norms)):
            if i in self.pairing.continued:
                at = self.pairing.continued[i]
            else:
                places[at].append(i)
        return places

    def _continued(self, i: int, j: int) -> Iterator[NormChange]:
        old, new = self.old.norms[i], self.new.norms[j]
        if new.kind is NormKind.HEAD:
            classes = head_classes(self.old, self.new, repromulgated=self.repromulgated)
        else:
            classes = norm_classes(old, new, self.places, repromulgated=self.repromulgated)
        kind = _kind(old, new)
        if classes or kind is not ChangeKind.AMENDED:
            yield _change(kind, classes, old, new)
        if i in self.pairing.merged:
            yield self._merged(i)

    def _arrived(self, j: int, norm: Norm) -> Iterator[NormChange]:
        """A new norm without predecessor."""
        if norm.covers and any(self.old_numbers.know(number) for number in norm.covers):
            return
        namesake = self.old_numbers.norms.get(norm.designation)
        span = self.old_numbers.span_left_by(norm.designation, self.new_numbers)
        if norm.repealed and namesake is not None and not namesake.repealed:
            yield _change(ChangeKind.REPEALED, (ChangeClass.TEXT,), namesake, norm)
        elif norm.repealed and span is not None:
            return
        elif span is not None:
            yield _change(ChangeKind.RE_ENACTED, (ChangeClass.TEXT,), span, norm)
        elif j in self.pairing.split:
            yield _change(ChangeKind.SPLIT, (ChangeClass.TEXT,), self.old.norms[self.pairing.split[j]], norm)
        else:
            yield _change(ChangeKind.ADDED, lone_classes(norm), None, norm)

    def _gone(self, positions: list[int]) -> Iterator[NormChange]:
        """Old norms without successor."""
        for i in positions:
            norm = self.old.norms[i]
            span = self.new_numbers.span_left_by(norm.designation, self.old_numbers)
            if norm.covers and any(self.new_numbers.know(number) for number in norm.covers):
                continue
            if norm.repealed and self.new_numbers.know(norm.designation):
                continue
            if i in self.pairing.merged:
                yield self._merged(i)
            elif span is not None:
                yield _change(ChangeKind.REPEALED, (ChangeClass.TEXT,), norm, span, designation=norm.designation)
            else:
                yield _change(ChangeKind.REMOVED, lone_classes(norm), norm, None)

    def _merged(self, i: int) -> NormChange:
        target = self.new.norms[self.pairing.merged[i]]
        return _change(ChangeKind.MERGED, (ChangeClass.TEXT,), self.old.norms[i], target)


class _Numbers:
    """The numbers a reading knows: of its norms, and those a collapsed range stands for."""

    def __init__(self, reading: LawReading) -> None:
        self.norms = {norm.designation: norm for norm in reversed(reading.norms) if norm.kind is not NormKind.STRUCTURE}
        self.spans = {number: norm for norm in reading.norms for number in norm.covers}

    def know(self, number: str) -> bool:
        return number in self.norms or number in self.spans

    def span_left_by(self, number: str, other: "_Numbers") -> Norm | None:
        """The range that stands for the number here but not in the other reading.

        A range in both readings beside a norm of that number belongs to another article that counts its §§ anew.
        """
        return None if number in other.spans else self.spans.get(number)


def _kind(old: Norm, new: Norm) -> ChangeKind:
    if new.repealed and not old.repealed and (old.text or old.kind is NormKind.STRUCTURE):
        return ChangeKind.REPEALED
    if old.repealed and not new.repealed:
        return ChangeKind.RE_ENACTED
    return ChangeKind.AMENDED if old.designation == new.designation else ChangeKind.RENUMBERED


def _change(
    kind: ChangeKind, classes: tuple[ChangeClass, ...], old: Norm | None, new: Norm | None, designation: str = ""
) -> NormChange:
    named = new if new is not None else old
    return NormChange(
        kind=kind,
        classes=classes,
        designation=designation or (named.designation if named is not None else ""),
        old_designation=old.designation if old is not None else "",
        old=old,
        new=new,
        similarity=likeness(old.text, new.text) if old is not None and new is not None else 0.0,
    )
