"""What this room does when law changes, when something befalls a study, and when an edition comes out."""

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
from nahtstelle.rooms.library.facts import CardPublished, CardWithdrawn, LiteratureImported, NoticeLifted, NoticeNoted
from nahtstelle.rooms.library.models import Card, CardEdition, Notice, Work

from . import letting_go, references, sweep, understanding, work_citing, work_sweep
from .facts import EditionPublished
from .models import Output, WorkCitation


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


def sweep_notice(fact: NoticeNoted, *, by: Actor, at: datetime) -> None:
    notice = Notice.objects.select_related("work").filter(pk=fact.notice_id).first()
    if notice is not None:
        work_sweep.sweep_notice(notice, by=by, at=at)


def lift_notice(fact: NoticeLifted, *, by: Actor, at: datetime) -> None:
    notice = Notice.objects.filter(pk=fact.notice_id).first()
    if notice is not None:
        work_sweep.lift(notice, by=by, at=at)


def sweep_card(fact: CardPublished, *, by: Actor, at: datetime) -> None:
    """A card says something else than readers had read in it; a first card changes nothing for those who cite the work."""
    edition = CardEdition.objects.select_related("card__work").filter(pk=fact.edition_id).first()
    if edition is not None and fact.changed:
        work_sweep.sweep_card(edition, withdrawn=False, by=by, at=at)


def sweep_withdrawn_card(fact: CardWithdrawn, *, by: Actor, at: datetime) -> None:
    card = Card.objects.select_related("work", "edition").filter(pk=fact.card_id).first()
    edition = work_sweep.edition_taken_away(card) if card else None
    if edition is not None:
        work_sweep.sweep_card(edition, withdrawn=True, by=by, at=at)


def resolve_works(fact: LiteratureImported, *, by: Actor, at: datetime) -> None:
    """Works came into stock: citations that meant them before are understood now."""
    keys = Work.objects.filter(records__batch=fact.batch_id).order_by().values_list("citekey", flat=True).distinct()
    unknown = set(WorkCitation.objects.filter(work=None).order_by().values_list("citekey", flat=True).distinct())
    if unknown:
        work_citing.resolve_unknown(sorted(unknown & set(keys)))


def draw_references(fact: EditionPublished, *, by: Actor, at: datetime) -> None:
    """Readers have a new edition: the worker draws the references it needs."""
    output = Output.objects.filter(pk=fact.output_id).first()
    if output is not None:
        references.draw_of(output, by=by, at=at)
