"""What this room does when law changes."""

from datetime import datetime

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.rooms.law.facts import (
    ActAnnounced,
    LawArrived,
    NamesChanged,
    ProvisionsAmended,
    ReadingLeaving,
    ReadingTaken,
)
from nahtstelle.rooms.law.models import Act, Law, Reading

from . import letting_go, sweep, understanding


def sweep_reading(fact: ProvisionsAmended, *, by: Actor, at: datetime) -> None:
    reading = Reading.objects.select_related("law").filter(pk=fact.reading_id).first()
    if reading is not None:
        sweep.sweep_reading(reading, by=by, at=at)


def sweep_act(fact: ActAnnounced, *, by: Actor, at: datetime) -> None:
    act = Act.objects.get(pk=fact.act_id)
    for law in Law.objects.filter(pk__in=fact.law_ids):
        sweep.sweep_act(act, law, revision=fact.revision, by=by, at=at)


def let_go(fact: ReadingLeaving, *, by: Actor, at: datetime) -> None:
    reading = Reading.objects.select_related("law").filter(pk=fact.reading_id).first()
    if reading is not None:
        letting_go.let_go(reading, by=by, at=at)


def resolve_citations(fact: LawArrived | ReadingTaken | NamesChanged, *, by: Actor, at: datetime) -> None:
    law = Law.objects.filter(pk=fact.law_id).first()
    if law is not None:
        understanding.understand(law, names_are_new=not isinstance(fact, ReadingTaken), by=by, at=at)
