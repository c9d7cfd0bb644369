"""Who may import, and when which step is open; each rule once and as a sentence."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.register.people import rights
from nahtstelle.register.people.rules import check_right

from .comparing import adds, states_of
from .fields import FIELDS, REQUIRED, Kind, field_of
from .models import Batch, Row
from .sentences import naming

UNDO_FOR = timedelta(days=30)
State = Batch.State


def check_import(account: object, *, on: date) -> None:
    """Who keeps persons, organisations, networks and projects imports them."""
    check_right(account, rights.KEEP_PEOPLE, on=on)
    check_right(account, rights.KEEP_STRUCTURE, on=on)


def check_columns(kind: str, columns: dict[str, str]) -> None:
    """Each field once, and every required one."""
    chosen = [name for name in columns.values() if name]
    known = {field.name for field in FIELDS[kind]}
    if set(chosen) - known:
        raise Refusal(_("A column was assigned to a field that this kind of import does not have."))
    for name in chosen:
        if chosen.count(name) > 1:
            raise Refusal(gettext("Two columns are assigned to “%s”. Please choose one.") % field_of(kind, name).label)
    for group in REQUIRED[kind]:
        if not set(group) & set(chosen):
            names = " / ".join(str(field_of(kind, name).label) for name in group)
            raise Refusal(gettext("No column is assigned to “%s”, and no row can do without it.") % names)


def check_can_be_mapped(batch: Batch) -> None:
    if batch.state == State.READING:
        raise NotNow(_("The table is still being read."))
    if batch.state == State.CHECKING:
        raise NotNow(_("The rows are still being checked."))
    if batch.state not in (State.MAPPING, State.PREVIEW):
        raise NotNow(_("The columns of this import can no longer be changed."))


def check_can_be_decided(batch: Batch) -> None:
    if batch.state != State.PREVIEW:
        raise NotNow(_("The rows of this import can no longer be decided."))


def check_can_be_confirmed(batch: Batch, *, person: int | None) -> None:
    """All rows are decided, some can be imported, and none gives a role to the ``person`` who has it done."""
    if batch.state in (State.READING, State.MAPPING, State.CHECKING):
        raise NotNow(_("The rows have not been checked yet."))
    if batch.state != State.PREVIEW:
        raise NotNow(_("This import no longer waits to be carried out."))
    open_rows = batch.rows.filter(state=Row.State.DUPLICATE, decision="").count()
    if open_rows:
        words = ngettext(
            "%(n)d possible duplicate is not decided yet.", "%(n)d possible duplicates are not decided yet.", open_rows
        )
        raise NotNow(words % {"n": open_rows})
    ready = batch.rows.filter(state__in=[Row.State.READY, Row.State.DUPLICATE]).exclude(decision=Row.Decision.SKIP)
    if not ready.exists():
        raise NotNow(_("No row of this table can be imported."))
    if batch.kind == Kind.PERSONS and person is not None and (own := _own_roles(batch, person)):
        words = gettext(
            "Nobody gives themselves a role, by a table either. Please leave these rows out, or ask a colleague to import "
            "the table: %s"
        )
        raise NotYours(words % naming(own))


def _own_roles(batch: Batch, person: int) -> list[Row]:
    """The rows that lead to a person, by themselves or by way of earlier ones, and bring them a role."""
    merged = batch.rows.filter(state=Row.State.DUPLICATE, decision=Row.Decision.MERGE).defer("cells")
    leading: list[Row] = []
    found = list(merged.filter(target=person))
    while found:
        leading += found
        found = list(merged.filter(twin__in=found))
    there = states_of(Kind.PERSONS, [person]) if leading else {}
    return [row for row in leading if "engagement" in adds(row.values, there[person])]


def check_can_be_abandoned(batch: Batch) -> None:
    if batch.state not in (State.READING, State.MAPPING, State.CHECKING, State.PREVIEW):
        raise NotNow(_("This import has ended already."))


def undoable_until(batch: Batch) -> datetime | None:
    return batch.done_at + UNDO_FOR if batch.done_at else None


def check_can_be_undone(batch: Batch, *, at: datetime) -> None:
    if batch.state == State.UNDOING:
        raise NotNow(_("This import is being undone already."))
    if batch.state == State.UNDONE:
        raise NotNow(_("This import was undone already."))
    if batch.state != State.DONE:
        raise NotNow(_("Only an import that was carried out can be undone."))
    until = undoable_until(batch)
    if batch.forgotten_at is not None or until is None or at >= until:
        raise NotNow(_("An import can be undone for 30 days. What was needed for it has been erased since."))
