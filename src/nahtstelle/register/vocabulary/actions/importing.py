"""Importing concepts from a file: prepared, looked at, carried out whole, undone whole."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.files.actions import content_of, keep
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import ConceptsImported, ImportPrepared, ImportUndone
from ..models import Batch, Concept, Facet
from ..queries import changed_since, uses_of
from ..rules import check_carry_out, check_undo
from ..skos.esco import read_tables
from ..skos.fitting import Fitted, Known, There, facets_of, fit
from ..skos.guarding import unpacked
from ..skos.reading import MOST, Reading, read
from ..skos.terms import TABLE
from ..states import pack, readable, states_of, unpack
from ..values import ConceptValue, FacetValue
from .storing import remove, store, store_facets

Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Preparation:
    """What was read from a file, and into which facet it shall go; None: into those the file itself names."""

    reading: Reading
    target: FacetValue | None


@transaction.atomic
def prepare_import(*, content: bytes, file_name: str, target: FacetValue | None, by: Actor, at: datetime) -> Batch:
    """Read a file and keep what it says, for a person to look at before anything changes.

    Raises ``UnreadableFile`` (a refusal) where the file cannot be taken in, ``StorageTrouble`` where it cannot be kept.
    """
    plain, form = unpacked(content, file_name)
    reading = read_tables(plain, most=MOST) if form is TABLE else read(content, file_name)
    packed = {"reading": reading.as_json(), "target": asdict(target) if target else None}
    batch = Batch.objects.create(
        file_name=file_name[-200:],
        original=keep(content, media_type=form.media_type, at=at),
        prepared=keep(json.dumps(packed, ensure_ascii=False).encode(), media_type="application/json", at=at),
        prepared_at=at,
    )
    record(ImportPrepared(batch.pk), by=by, at=at, touched=[batch])
    return batch


def preparation_of(batch: Batch) -> Preparation:
    packed = json.loads(content_of(batch.prepared))
    target = FacetValue(**packed["target"]) if packed["target"] else None
    return Preparation(Reading.from_json(packed["reading"]), target)


def fitted_now(batch: Batch, *, address: Address, day: date) -> Fitted:
    """What carrying out ``batch`` would do to the vocabulary as it stands."""
    prepared = preparation_of(batch)
    facets = [facet.key for facet in facets_of(prepared.reading, prepared.target)]
    known = Concept.objects.order_by().values_list("key", "uri", "facet__key", "iso_code", "ags")
    there = There(
        known=tuple(Known(*row) for row in known),
        values=states_of(Concept.objects.filter(facet__key__in=facets)),
        address=address,
    )
    return fit(prepared.reading, prepared.target, there, day=day, source=batch.source)


@transaction.atomic
def carry_out_import(*, batch: Batch, address: Address, by: Actor, at: datetime) -> Fitted:
    """Make the vocabulary say what the prepared file says; all of it or nothing.

    ``address`` gives a concept's address by key, so that a file of our own is recognised. Concepts the file does not
    name stay as they are. Raises ``NotNow`` where the file has errors or was imported already.
    """
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    fitted = fitted_now(batch, address=address, day=timezone.localdate(at))
    check_carry_out(batch, len(fitted.errors))
    known_facets = set(Facet.objects.values_list("key", flat=True))
    store_facets(facet for facet in fitted.facets if facet.key not in known_facets)
    before = states_of(Concept.objects.filter(facet__key__in=[facet.key for facet in fitted.facets]))
    ids = store([*fitted.created, *fitted.changed])
    batch.facet = Facet.objects.get(key=fitted.facets[0].key) if len(fitted.facets) == 1 else None
    batch.before = {value.key: pack(before[value.key]) for value in fitted.changed}
    batch.entry = record(
        ConceptsImported(batch.pk, created=len(fitted.created), changed=len(fitted.changed)),
        by=by,
        at=at,
        touched=[
            batch,
            *(Touched(Concept(pk=ids[value.key])) for value in fitted.created),
            *(_touched(ids[value.key], before[value.key], value) for value in fitted.changed),
        ],
    )
    batch.save(update_fields=["facet", "before", "entry"])
    return fitted


@transaction.atomic
def undo_import(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Take an import back as a whole: what it made goes, what it changed is as it was.

    Raises ``NotNow`` where something it touched was changed since or is in use.
    """
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    made = Concept.objects.filter(source=batch.source)
    uses = [*uses_of(made), (_("other concepts"), _pointing_at(made, batch))]
    check_undo(batch, changed_since(batch), [f"{number} × {kind}" for kind, number in uses if number])
    before = [unpack(packed) for packed in batch.before.values()]
    now = states_of(Concept.objects.filter(key__in=batch.before))
    ids = store(before)
    remove(made)
    if batch.facet is not None and not batch.facet.concepts.exists():
        batch.facet.delete()
        batch.facet = None
    batch.undone = record(
        ImportUndone(batch.pk),
        by=by,
        at=at,
        touched=[batch, *(_touched(ids[value.key], now[value.key], value) for value in before)],
    )
    batch.save(update_fields=["facet", "undone"])
    return batch


def _pointing_at(made: QuerySet[Concept], batch: Batch) -> int:
    """How many concepts name those of the batch, apart from those that get back what they named before."""
    near = Q(broader__in=made) | Q(related__in=made) | Q(replaced_by__in=made)
    others = Concept.objects.exclude(source=batch.source).exclude(key__in=batch.before)
    return others.filter(near).distinct().count()


def _touched(concept_id: int, before: ConceptValue, after: ConceptValue) -> Touched:
    return Touched(Concept(pk=concept_id), changes_between(readable(before), readable(after)))
