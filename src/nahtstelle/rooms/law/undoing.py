"""Taking an import back: its readings leave the stock and everything is as it was before; the files stay kept."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Min, QuerySet

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from . import acts, questions, rules
from .facts import ImportEnded, ReadingLeaving
from .identities import norms_of, provisions_of, show_newest
from .missing import unmark_missing
from .models import Change, Import, ImportItem, Law, LawName, PlannedChange, Provision, Reading, Sighting, Wording
from .naming import fold, names_of
from .reading_in import engine_reading, refresh_law
from .remarks import keep_announcements

BROUGHT = [ImportItem.State.NEW_LAW, ImportItem.State.NEWER, ImportItem.State.LATE]


def brought_by(batch: Import) -> QuerySet[Reading]:
    """The readings an import brought into the stock."""
    items = batch.items.filter(state__in=BROUGHT).exclude(reading=None)
    return Reading.objects.filter(pk__in=items.order_by().values("reading"))


def check_can_be_undone(batch: Import) -> None:
    """An import can be taken back while nothing builds on its readings: no later reading, no act, no room above."""
    rules.check_import_can_be_undone(batch)
    check_can_leave(brought_by(batch))


def check_can_leave(leaving: QuerySet[Reading]) -> None:
    rules.check_readings_can_leave(leaving)
    if objections := questions.objections_to_leaving(leaving):
        raise Refusal(" ".join(objections))


def undo(batch: Import, *, why: str, by: Actor, at: datetime) -> None:
    """Take a carried-out import back, with the reason.

    Raises ``Refusal`` when a later reading, an act or a settled review already builds on one of its readings: then a
    correcting reading must be imported instead.
    """
    rules.check_reason_is_given(why)
    with transaction.atomic():
        batch = Import.objects.select_for_update().get(pk=batch.pk)
        check_can_be_undone(batch)
        leaving = list(brought_by(batch).select_related("law"))
        batch.state, batch.finished_at = Import.State.UNDONE, at
        batch.save(update_fields=["state", "finished_at"])
        for item in batch.items.filter(state=ImportItem.State.SAME).select_related("reading__law"):
            if item.reading:
                _narrow(item.reading)
        unmark_missing(batch)
        # The rooms above let go first, then ``remove_reading`` takes the rows away: its wire waits for theirs.
        for reading in leaving:
            fact = ReadingLeaving(
                law_id=reading.law_id, reading_id=reading.pk, seen_on=reading.first_seen, digest=reading.digest
            )
            record(fact, by=by, at=at, why=why, touched=[reading.law])
        record(ImportEnded(import_id=batch.pk, state=batch.state), by=by, at=at, why=why, touched=[batch])


def _narrow(reading: Reading) -> None:
    """A reading was seen on the days of the imports that still stand."""
    days = reading.items.filter(done=True, batch__state__in=[Import.State.RUNNING, Import.State.DONE]).aggregate(
        first=Min("batch__seen_on"), last=Max("batch__seen_on")
    )
    if days["first"] is not None:
        reading.first_seen, reading.last_seen = days["first"], days["last"]
        reading.save(update_fields=["first_seen", "last_seen"])
        keep_announcements(reading.law)


def remove_reading(reading: Reading) -> None:
    """Take a reading and everything noticed in it out of the stock; what it changed is as it was before.

    Raises ``Refusal`` when something came to rest on it since its import was taken back.
    """
    check_can_leave(Reading.objects.filter(pk=reading.pk))
    law = reading.law
    seen_here = list(PlannedChange.objects.filter(seen_in__reading=reading).values_list("pk", flat=True))
    own_names = {fold(name)[:500] for name in names_of(engine_reading(reading))}
    wordings = list(reading.sightings.values_list("wording_id", flat=True))
    sighted_elsewhere = Sighting.objects.filter(provision__law=law).exclude(reading=reading).values("provision")
    only_here = list(law.provisions.exclude(pk__in=sighted_elsewhere).values_list("pk", flat=True))
    Change.objects.filter(reading=reading).delete()
    reading.sightings.all().delete()
    reading.delete()
    PlannedChange.objects.filter(provision__in=only_here).update(provision=None, path="/")
    Provision.objects.filter(pk__in=only_here).delete()
    unused = Wording.objects.filter(pk__in=wordings, sightings=None)
    noticed = Change.objects.filter(provision__law=law)
    unused.exclude(pk__in=noticed.exclude(old_wording=None).values("old_wording")).exclude(
        pk__in=noticed.exclude(new_wording=None).values("new_wording")
    ).delete()
    _restore(law, own_names)
    for plan in PlannedChange.objects.filter(pk__in=seen_here).select_related("law"):
        with suppress(Refusal):  # words that are no citation to us any more mean no provision
            acts.point_at_provision(plan)  # as it was before the official text showed it
        plan.save(update_fields=["provision", "path", "seen_in"])


def _restore(law: Law, gone_names: set[str]) -> None:
    newest = law.readings.order_by("-first_seen").first()
    if newest is None:
        law.delete()
        return
    shown = engine_reading(newest)
    refresh_law(law, shown)
    show_newest(law, norms_of(shown), provisions_of(newest))
    gone_names -= {fold(name)[:500] for name in names_of(shown)}
    for other in law.readings.exclude(pk=newest.pk) if gone_names else ():
        gone_names -= {fold(name)[:500] for name in names_of(engine_reading(other))}
    LawName.objects.filter(law=law, source=LawName.Source.FILE, folded__in=gone_names).delete()
    keep_announcements(law)
