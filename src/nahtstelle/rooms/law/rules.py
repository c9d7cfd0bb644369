"""Who may do what with law, and when."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.register.people.models import CentreRole
from nahtstelle.register.people.rules import check_role

from .models import Act, Import, ImportItem, PlannedChange, Reading
from .sentences import FileRefused, written_day

Role = CentreRole.Role
IMPORTERS = (Role.LEGAL, Role.ADMINISTRATOR, Role.LEAD)
RECORDERS = (Role.LEGAL, Role.LEAD)


def check_may_import(account: object, *, on: date) -> None:
    check_role(
        account,
        IMPORTERS,
        on=on,
        sentence=_("Only legal officers, administrators and the head of the centre import law."),
    )


def check_may_record_acts(account: object, *, on: date) -> None:
    check_role(
        account,
        RECORDERS,
        on=on,
        sentence=_("Only legal officers and the head of the centre record acts of amendment."),
    )


def check_day_is_not_ahead(seen_on: date, *, today: date) -> None:
    if seen_on > today:
        raise Refusal(
            _("%(day)s lies in the future; a file can only have been seen today or before.")
            % {"day": written_day(seen_on)}
        )


def check_file_is_not_younger(build: str, seen_on: date) -> None:
    """A file built after the day it is said to have been seen on contradicts itself."""
    if len(build) >= 8 and build[:8].isdigit() and build[:8] > seen_on.strftime("%Y%m%d"):
        built = f"{build[:4]}-{build[4:6]}-{build[6:8]}"
        raise FileRefused("too_young", built=built, day=seen_on.isoformat())


def check_import_can_be_confirmed(batch: Import) -> None:
    if batch.state == Import.State.CHECKING:
        raise NotNow(_("The files are still being checked."))
    if batch.state != Import.State.PREVIEW:
        raise NotNow(_("This import is no longer waiting for a confirmation."))
    if not batch.items.exclude(state__in=["refused", "left_out"]).exists():
        raise NotNow(_("No file of this import can be taken in."))


def check_file_can_be_left_out(batch: Import, item: ImportItem) -> None:
    if batch.state != Import.State.PREVIEW:
        raise NotNow(_("Files can be left out only while the import waits for its confirmation."))
    if item.state == ImportItem.State.REFUSED:
        raise NotNow(_("This file cannot be read; it is not taken in anyway."))


def check_import_can_be_abandoned(batch: Import) -> None:
    if batch.state not in (Import.State.CHECKING, Import.State.PREVIEW):
        raise NotNow(_("This import was confirmed or has ended; it can no longer be abandoned."))


def check_import_can_be_undone(batch: Import) -> None:
    if batch.state != Import.State.DONE:
        raise NotNow(_("Only an import that was carried out can be taken back."))


def check_readings_can_leave(leaving: QuerySet[Reading]) -> None:
    """Nothing may rest on readings that are taken back: no reading taken in after one, no act of amendment."""
    others = Reading.objects.filter(law=OuterRef("law")).exclude(pk=OuterRef("pk"))
    built_on = leaving.filter(Exists(others.filter(pk__gt=OuterRef("pk")))).select_related("law").first()
    if built_on is not None:
        raise Refusal(
            _("A later reading of %(law)s builds on this one; it cannot be taken back any more.")
            % {"law": built_on.law.citation}
        )
    named = Exists(PlannedChange.objects.filter(law=OuterRef("law")))
    last = leaving.filter(named, ~Exists(others)).select_related("law").first()
    if last is not None:
        raise Refusal(
            _("Acts of amendment name %(law)s, and this is its only reading; it cannot be taken back.")
            % {"law": last.law.citation}
        )


def check_reason_is_given(why: str) -> None:
    if not why.strip():
        raise Refusal(_("Please say why."))


def check_act_can_be_announced(act: Act) -> None:
    if act.stage == Act.Stage.FAILED:
        raise NotNow(_("This act has failed; nothing follows from it."))
    if not act.changes.exists():
        raise NotNow(_("The act names no provision yet; record at least one change first."))


def check_plan_stands(change: PlannedChange) -> None:
    if change.reversed_on:
        raise NotNow(_("This change was taken back; it stays readable as it was. Record a new one instead."))


def check_plan_can_be_reversed(earlier: PlannedChange, *, today: date) -> None:
    if earlier.seen_in_id or (earlier.in_force and earlier.in_force < today):
        raise Refusal(_("That change has already taken effect; record a new amendment instead of taking it back."))
