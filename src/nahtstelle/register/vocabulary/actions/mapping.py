"""Saying what a concept of ours is in another vocabulary."""

from datetime import datetime

from django.db import transaction

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import ConceptMapped, MappingRemoved
from ..models import Concept, Mapping
from ..rules import check_mapping


@transaction.atomic
def map_concept(*, ours: Concept, theirs: Concept, relation: str, by: Actor, at: datetime) -> Mapping:
    """Map two concepts of two facets; mapped before, the relation is changed. Raises ``Refusal`` within one facet."""
    check_mapping(ours, theirs, relation)
    mapping, made = Mapping.objects.get_or_create(ours=ours, theirs=theirs, defaults={"relation": relation})
    if not made and mapping.relation == relation:
        return mapping
    mapping.relation = relation
    mapping.save(update_fields=["relation"])
    record(ConceptMapped(ours.pk, theirs.pk, relation), by=by, at=at, touched=[ours, theirs])
    return mapping


@transaction.atomic
def remove_mapping(*, ours: Concept, theirs: int, by: Actor, at: datetime) -> bool:
    """False where it was removed already."""
    mapping = Mapping.objects.filter(ours=ours, theirs=theirs).select_related("theirs").first()
    if mapping is None:
        return False
    mapping.delete()
    record(MappingRemoved(ours.pk, theirs), by=by, at=at, touched=[ours, mapping.theirs])
    return True
