"""What the database says of concepts, as values; and as JSON for keeping what was before."""

import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db.models import QuerySet

from .models import Concept, Label
from .values import PLAIN_FIELDS, ConceptValue, LabelValue


def states_of(concepts: QuerySet[Concept]) -> dict[str, ConceptValue]:
    """The values of ``concepts`` by key, in four queries however many they are."""
    rows = list(concepts.order_by().values("id", "key", "facet__key", "replaced_by__key", *PLAIN_FIELDS))
    ids = concepts.order_by().values("id")
    labels: dict[int, list[LabelValue]] = defaultdict(list)
    for owner, language, text, kind in Label.objects.filter(concept__in=ids).values_list(
        "concept_id", "language", "text", "kind"
    ):
        labels[owner].append(LabelValue(language, text, kind))
    broader = _neighbours(Concept.broader.through.objects.filter(from_concept__in=ids))
    related = _neighbours(Concept.related.through.objects.filter(from_concept__in=ids))
    return {
        row["key"]: ConceptValue(
            key=row["key"],
            facet=row["facet__key"],
            replaced_by=row["replaced_by__key"] or "",
            broader=frozenset(broader[row["id"]]),
            related=frozenset(related[row["id"]]),
            labels=frozenset(labels[row["id"]]),
            **{name: row[name] for name in PLAIN_FIELDS},
        )
        for row in rows
    }


def _neighbours(links: QuerySet[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for start, key in links.values_list("from_concept_id", "to_concept__key"):
        found[start].append(key)
    return found


def pack(value: ConceptValue) -> dict[str, Any]:
    """The value as JSON."""
    packed = asdict(value)
    for name in ("valid_from", "valid_until"):
        packed[name] = packed[name].isoformat() if packed[name] else None
    for name in ("broader", "related"):
        packed[name] = sorted(packed[name])
    packed["labels"] = [[label.language, label.text, label.kind] for label in sorted(value.labels)]
    return packed


def unpack(packed: dict[str, Any]) -> ConceptValue:
    """The value back from ``pack``."""
    known = dict(packed)
    for name in ("valid_from", "valid_until"):
        known[name] = date.fromisoformat(known[name]) if known[name] else None
    for name in ("broader", "related"):
        known[name] = frozenset(known[name])
    known["labels"] = frozenset(LabelValue(*parts) for parts in known["labels"])
    return ConceptValue(**known)


def readable(value: ConceptValue) -> dict[str, Any]:
    """What the trail shows of a concept: names and texts, no keys of ours that say nothing."""
    shown: dict[str, Any] = {name: getattr(value, name) for name in PLAIN_FIELDS if name != "position"}
    shown["replaced_by"] = value.replaced_by
    shown["broader"] = sorted(value.broader)
    shown["related"] = sorted(value.related)
    shown["labels"] = _listed(value.labels)
    return shown


def version_of(value: ConceptValue) -> str:
    """A mark that differs whenever anything about the concept does."""
    return f"{zlib.crc32(repr(sorted(readable(value).items())).encode()):08x}"


def _listed(labels: Iterable[LabelValue]) -> list[str]:
    return [f"{label.text} ({label.language}, {label.kind})" for label in sorted(labels)]
