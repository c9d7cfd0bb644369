"""What can happen to an import of persons, organisations, networks or projects."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.ledger.facts import fact


@fact("intake.TableArrived", says=_("A table was given for import"))
@dataclass(frozen=True, slots=True)
class TableArrived:
    """A table is to be read from its row number ``offset`` on."""

    batch_id: int
    offset: int = 0


@fact("intake.ColumnsChosen", says=_("The columns of an import were assigned"))
@dataclass(frozen=True, slots=True)
class ColumnsChosen:
    """The rows of an import are to be checked, those after row ``after`` first. ``turn`` tells this check from older ones."""

    batch_id: int
    turn: int
    after: int = 0


@fact("intake.RowsUnderstood", says=_("The rows of an import were checked"))
@dataclass(frozen=True, slots=True)
class RowsUnderstood:
    """All rows of an import were checked; those that may be duplicates are to be found."""

    batch_id: int
    turn: int


@fact("intake.RowsDecided", says=_("Rows of an import were decided: %(count)s"))
@dataclass(frozen=True, slots=True)
class RowsDecided:
    batch_id: int
    count: int
    decision: str


@fact("intake.ImportAbandoned", says=_("An import of contacts was abandoned"))
@dataclass(frozen=True, slots=True)
class ImportAbandoned:
    batch_id: int


@fact("intake.ImportConfirmed", says=_("The import of a table was confirmed"))
@dataclass(frozen=True, slots=True)
class ImportConfirmed:
    """The decided rows of a table are to be carried out."""

    batch_id: int


@fact("intake.ImportPutBack", says=_("An import was not carried out: the register had changed"))
@dataclass(frozen=True, slots=True)
class ImportPutBack:
    batch_id: int


@fact("intake.TableImported", says=_("A table was imported: %(created)s added, %(changed)s changed"))
@dataclass(frozen=True, slots=True)
class TableImported:
    batch_id: int
    created: int
    changed: int


@fact("intake.UndoingConfirmed", says=_("The undoing of an import was confirmed"))
@dataclass(frozen=True, slots=True)
class UndoingConfirmed:
    """An import that was carried out is to be taken back."""

    batch_id: int


@fact("intake.UndoingPutBack", says=_("An import was not undone: the register had changed"))
@dataclass(frozen=True, slots=True)
class UndoingPutBack:
    batch_id: int


@fact(
    "intake.ImportUndone", says=_("An import was undone: %(removed)s removed, %(restored)s put back, %(stayed)s stayed")
)
@dataclass(frozen=True, slots=True)
class ImportUndone:
    batch_id: int
    removed: int
    restored: int
    stayed: int


@fact("intake.ImportForgotten", says=_("File and rows of an import were erased"))
@dataclass(frozen=True, slots=True)
class ImportForgotten:
    batch_id: int
