"""Bringing in the vocabulary that comes with the platform."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import Touched, changes_between, kind_of, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Touch

from ..facts import ConceptChanged, ConceptEnded, VocabularyLoaded
from ..models import Concept, Facet
from ..ours import SOURCE, our_vocabulary
from ..states import readable, states_of
from ..values import ConceptValue, LabelValue, Vocabulary, find_cycle
from .storing import store, store_facets


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many concepts a load created, changed and left alone; how many of ours it ended as dropped from the files."""

    created: int
    changed: int
    unchanged: int
    ended: int


@transaction.atomic
def load_vocabulary(*, by: Actor, at: datetime, vocabulary: Vocabulary | None = None) -> LoadReport:
    """Make the database hold the platform's own vocabulary; the same load twice changes nothing.

    Nothing is deleted: a concept of ours that the files dropped ends the day before ``at``; labels that people added
    stay; a field that a person changed keeps their wording. Raises ``ValueError`` naming a circle among the broader
    concepts or a key that is named but missing: then the data files are wrong.
    """
    wanted = vocabulary or our_vocabulary()
    _check(wanted)
    current = states_of(Concept.objects.filter(facet__key__in=[facet.key for facet in wanted.facets]))
    kept = _fields_people_changed()
    target = {v.key: _merged(v, current.get(v.key), kept.get(v.key, set())) for v in wanted.concepts}
    ended = _dropped(current, target, at=at)
    changes = [v for key, v in (target | ended).items() if current.get(key) != v]
    report = LoadReport(
        created=sum(v.key not in current for v in changes),
        changed=sum(v.key in current and v.key not in ended for v in changes),
        unchanged=sum(current.get(key) == v for key, v in target.items()),
        ended=len(ended),
    )
    if _facets_differ(wanted):
        store_facets(wanted.facets)
    elif not changes:
        return report
    ids = store(changes)
    record(
        VocabularyLoaded(created=report.created, changed=report.changed, ended=report.ended),
        by=by,
        at=at,
        touched=[_touched(ids[v.key], current.get(v.key), v) for v in changes],
    )
    return report


def _check(wanted: Vocabulary) -> None:
    keys = {value.key for value in wanted.concepts}
    if len(keys) != len(wanted.concepts):
        raise ValueError("Two concepts of the data files have the same key.")
    for value in wanted.concepts:
        missing = {*value.broader, *value.related, value.replaced_by} - keys - {""}
        if missing:
            raise ValueError(f"{value.key} names {', '.join(sorted(missing))}, which the data files do not have.")
    circle = find_cycle((value.key, value.broader) for value in wanted.concepts)
    if circle:
        raise ValueError(f"The broader concepts go in a circle: {' → '.join(circle)}.")


def _facets_differ(wanted: Vocabulary) -> bool:
    there = {row[0]: row for row in Facet.objects.values_list("key", "name_de", "name_en", "position")}
    return any(there.get(f.key) != (f.key, f.name_de, f.name_en, f.position) for f in wanted.facets)


def _merged(wanted: ConceptValue, current: ConceptValue | None, kept: set[str]) -> ConceptValue:
    if current is None:
        return wanted
    by_text: dict[tuple[str, str], LabelValue] = {(label.language, label.text): label for label in current.labels}
    by_text.update({(label.language, label.text): label for label in wanted.labels})
    merged = replace(wanted, labels=frozenset(by_text.values()), related=wanted.related | current.related)
    return replace(merged, **{name: getattr(current, name) for name in kept})


def _fields_people_changed() -> dict[str, set[str]]:
    """By concept key: the fields that a person has set since, and which a load therefore leaves alone."""
    touches = Touch.objects.filter(
        kind=kind_of(Concept),
        entry__fact__in=[ConceptChanged.fact_name, ConceptEnded.fact_name],  # type: ignore[attr-defined] # set by @fact
    ).values_list("object_id", "changes")
    fields: dict[int, set[str]] = defaultdict(set)
    for concept_id, changes in touches:
        fields[concept_id] |= set(changes)
    keys = dict(Concept.objects.filter(pk__in=fields).values_list("pk", "key"))
    return {keys[concept_id]: names for concept_id, names in fields.items() if concept_id in keys}


def _dropped(
    current: dict[str, ConceptValue], target: dict[str, ConceptValue], *, at: datetime
) -> dict[str, ConceptValue]:
    yesterday = timezone.localdate(at) - timedelta(days=1)
    return {
        key: replace(value, valid_until=max(yesterday, value.valid_from or yesterday))
        for key, value in current.items()
        if value.source == SOURCE and key not in target and value.valid_until is None
    }


def _touched(concept_id: int, before: ConceptValue | None, after: ConceptValue) -> Touched:
    return Touched(Concept(pk=concept_id), changes_between(readable(before) if before else {}, readable(after)))
