"""What can happen to a delivery of records."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("library.ImportArrived", says=_("A file of literature was given"))
@dataclass(frozen=True, slots=True)
class ImportArrived:
    """A delivery is to be read on from the record after ``after``."""

    batch_id: int
    after: int = 0


@fact("library.ImportConfirmed", says=_("An import of literature was confirmed"))
@dataclass(frozen=True, slots=True)
class ImportConfirmed:
    """The records of a delivery are to be taken in."""

    batch_id: int


@fact("library.ImportAbandoned", says=_("An import of literature was abandoned"))
@dataclass(frozen=True, slots=True)
class ImportAbandoned:
    batch_id: int


@fact("library.LiteratureImported", says=_("Literature was imported: %(records)s records, %(works)s new works"))
@dataclass(frozen=True, slots=True)
class LiteratureImported:
    batch_id: int
    records: int
    works: int


@fact("library.UndoingConfirmed", says=_("The undoing of an import of literature was confirmed"))
@dataclass(frozen=True, slots=True)
class UndoingConfirmed:
    batch_id: int


@fact("library.LiteratureUndone", says=_("An import of literature was undone: %(works)s works removed"))
@dataclass(frozen=True, slots=True)
class LiteratureUndone:
    batch_id: int
    works: int
