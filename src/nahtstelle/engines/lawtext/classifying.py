"""Of what class the change between two readings of one norm is."""

from collections.abc import Iterable, Mapping
from datetime import date

from nahtstelle.engines.lawtext.changes import ChangeClass
from nahtstelle.engines.lawtext.headings import is_moved
from nahtstelle.engines.lawtext.values import LawReading, Norm, NormKind

RENEWED = 0.9  # share of provisions with new document numbers that makes it a new promulgation
FEW = 10  # fewer provisions tell nothing about the whole law


def norm_classes(
    old: Norm, new: Norm, places: Mapping[tuple[str, ...], tuple[str, ...]], *, repromulgated: bool
) -> tuple[ChangeClass, ...]:
    """The classes of change between two readings of one norm; empty when they differ at most in their designation.

    ``places`` tells where the place under each old heading is now (``headings.places_now``).
    """
    found: set[ChangeClass] = set()
    if visible(old.text) != visible(new.text) and not (old.repealed and new.repealed):
        found.add(_of_wording(new))
    if visible(old.title) != visible(new.title):
        found.add(ChangeClass.HEADING)
    if visible(old.notes) != visible(new.notes):
        found.add(ChangeClass.NOTES)
    if is_moved(old, new, places):
        found.add(ChangeClass.STRUCTURE)
    if repromulgated and old.document_number != new.document_number:
        found.add(ChangeClass.REPROMULGATION)
    if not found and _prints(old) != _prints(new):
        found.add(ChangeClass.REBUILD)
    return _ordered(found)


def head_classes(old: LawReading, new: LawReading, *, repromulgated: bool) -> tuple[ChangeClass, ...]:
    """The classes of change of the law as a whole: its names, what its head says of its state, its file."""
    found: set[ChangeClass] = set()
    if _names(old) != _names(new):
        found.add(ChangeClass.HEADING)
    if old.stand != new.stand or _remarks(old) != _remarks(new):
        found.add(ChangeClass.NOTES)
    if repromulgated:
        found.add(ChangeClass.REPROMULGATION)
    if not found and (old.build, old.document_number) != (new.build, new.document_number):
        found.add(ChangeClass.REBUILD)
    return _ordered(found)


def lone_classes(norm: Norm) -> tuple[ChangeClass, ...]:
    """The classes of a norm that came or went as a whole: a number that says only "(weggefallen)" is no law."""
    if norm.kind in (NormKind.STRUCTURE, NormKind.CONTENTS):
        return (ChangeClass.STRUCTURE,)
    if norm.repealed or norm.covers:
        return (ChangeClass.REBUILD,)
    return (ChangeClass.TEXT,) if norm.text else (ChangeClass.HEADING,)


def is_repromulgated(old: LawReading, new: LawReading, couples: Iterable[tuple[Norm, Norm]]) -> bool:
    """True when the whole law was promulgated anew (Neubekanntmachung).

    The head says so ("Neugefasst durch Bek. v. …" with another date), or the law itself has another document number, or
    (nearly) all its provisions have while most of them read as before.
    """
    if old.document_number and new.document_number and old.document_number != new.document_number:
        return True
    if _promulgations(new) - _promulgations(old):
        return True
    provisions = [
        (a, b) for a, b in couples if a.kind is NormKind.PROVISION and a.document_number and b.document_number
    ]
    renewed = sum(a.document_number != b.document_number for a, b in provisions)
    unchanged = sum(visible(a.text) == visible(b.text) for a, b in provisions)
    enough = len(provisions) >= FEW
    return enough and renewed >= RENEWED * len(provisions) and unchanged > len(provisions) / 2


def _promulgations(reading: LawReading) -> set[date]:
    return {entry.act_date for entry in reading.stand if entry.kind == "Neuf" and entry.act_date is not None}


def visible(text: str) -> str:
    """A text without what a reader cannot see: spaces and line breaks."""
    return "".join(text.split())


def _of_wording(norm: Norm) -> ChangeClass:
    """A table of contents tells how the law is built; its wording is not law."""
    return ChangeClass.STRUCTURE if norm.kind is NormKind.CONTENTS else ChangeClass.TEXT


def _prints(norm: Norm) -> tuple[str, str, str, str]:
    return norm.text, norm.title, norm.notes, norm.document_number


def _names(reading: LawReading) -> tuple[object, ...]:
    return (
        reading.short_names,
        reading.official_abbreviation,
        visible(reading.long_title),
        visible(reading.short_title),
        reading.enacted,
        reading.gazette,
    )


def _remarks(reading: LawReading) -> str:
    return visible(reading.norms[0].notes + reading.norms[0].text) if reading.norms else ""


def _ordered(found: set[ChangeClass]) -> tuple[ChangeClass, ...]:
    return tuple(each for each in ChangeClass if each in found)
