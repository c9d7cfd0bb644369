"""When which step of an import is open; each rule once and as a sentence."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from nahtstelle.engines.literature.formats.columns import KNOWN, usable
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal

from ..models import Import, Record

State = Import.State
LARGEST_UPLOAD = 1024**3  # bytes
COLUMN_FIELDS = tuple(KNOWN)


def check_size(size: int) -> None:
    if size > LARGEST_UPLOAD:
        raise Refusal(_("The file is larger than 1 GB. Please export in several files and give one after the other."))
    if size == 0:
        raise Refusal(_("The file is empty."))


def check_columns(columns: Mapping[int, str]) -> None:
    """Each field once; a title or a DOI."""
    chosen = list(columns.values())
    if set(chosen) - set(COLUMN_FIELDS):
        raise Refusal(_("A column was assigned to a field that records do not have."))
    if len(set(chosen)) != len(chosen):
        raise Refusal(_("Two columns are assigned to the same field. Please choose one."))
    if not usable(columns):
        raise Refusal(_("No column is assigned to the title or to the DOI, and no record can do without both."))


def check_can_be_mapped(batch: Import) -> None:
    if batch.state == State.READING:
        raise NotNow(_("The file is still being read."))
    if batch.state not in (State.MAPPING, State.PREVIEW) or not batch.headers:
        raise NotNow(_("The columns of this import can no longer be changed."))


def check_can_be_sorted(batch: Import) -> None:
    """Records are left out, or taken back, only while they are looked at."""
    if batch.state != State.PREVIEW:
        raise NotNow(_("The records of this import can no longer be left out or taken back."))


def check_can_be_confirmed(batch: Import) -> None:
    if batch.state in (State.FETCHING, State.READING, State.MAPPING):
        raise NotNow(_("The file has not been read yet."))
    if batch.state != State.PREVIEW:
        raise NotNow(_("This import no longer waits to be carried out."))
    if not batch.records.exclude(state=Record.State.LEFT_OUT).exists():
        raise NotNow(_("All records of this import are left out; there is nothing to import."))


def check_can_be_abandoned(batch: Import) -> None:
    if batch.state not in (State.FETCHING, State.READING, State.MAPPING, State.PREVIEW):
        raise NotNow(_("This import has ended already."))


def check_can_be_undone(batch: Import) -> None:
    if batch.state == State.UNDOING:
        raise NotNow(_("This import is being undone already."))
    if batch.state == State.UNDONE:
        raise NotNow(_("This import was undone already."))
    if batch.state != State.DONE:
        raise NotNow(_("Only an import that was carried out can be undone."))
