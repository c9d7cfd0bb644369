"""Changing single concepts by hand."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import ConceptAdded, ConceptChanged, ConceptEnded
from ..models import Concept, Facet, Label
from ..rules import check_broader, check_concept, check_label, check_replacement
from ..skos.terms import plain
from ..states import readable, states_of, version_of
from ..values import ConceptValue, LabelValue
from .storing import store

CHANGEABLE = {"name_de", "name_en", "note_de", "note_en", "notation", "valid_from", "broader", "position"}


@transaction.atomic
def add_concept(
    *,
    facet: Facet,
    name_de: str,
    name_en: str,
    by: Actor,
    at: datetime,
    key: str = "",
    note_de: str = "",
    note_en: str = "",
    notation: str = "",
    valid_from: date | None = None,
    broader: Iterable[Concept] = (),
) -> Concept:
    """Add a concept at the end of a facet.

    Without ``key`` it gets one made of the facet and its German name. Raises ``Refusal`` where the key is taken, a name
    is missing or a broader concept belongs elsewhere.
    """
    key = key or _free_key(f"{facet.key}-{slugify(name_de)}"[:50].strip("-"))
    if Concept.objects.filter(key=key).exists():
        raise Refusal(_("The key %s is taken.") % key)
    last = facet.concepts.order_by("-position").values_list("position", flat=True).first() or 0
    value = ConceptValue(
        key=key,
        facet=facet.key,
        name_de=plain(name_de),
        name_en=plain(name_en),
        note_de=plain(note_de),
        note_en=plain(note_en),
        notation=plain(notation),
        valid_from=valid_from,
        position=min(last + 1, 32767),
        broader=frozenset(concept.key for concept in broader),
    )
    _check(value)
    concept = Concept.objects.get(pk=store([value])[key])
    record(ConceptAdded(concept.pk), by=by, at=at, touched=[_touched(concept, None, value)])
    return concept


def _free_key(wanted: str) -> str:
    taken = set(Concept.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    key, number = wanted, 2
    while key in taken:
        key, number = f"{wanted}-{number}", number + 1
    return key


@transaction.atomic
def change_concept(*, concept: Concept, by: Actor, at: datetime, seen: str = "", **changes: Any) -> Concept:
    """Change what ``changes`` names: name_de, name_en, note_de, note_en, notation, valid_from, broader (concepts).

    ``seen`` is ``version_of`` the concept as the writer saw it; raises ``NotNow`` where somebody else was quicker.
    Raises ``Refusal`` for names left out or broader concepts that lead to a circle.
    """
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"These cannot be changed by hand: {', '.join(sorted(unknown))}.")
    before = _state(concept)
    if seen and seen != version_of(before):
        raise NotNow(_("Somebody else changed this concept in the meantime. Please look at it again."))
    if "broader" in changes:
        changes["broader"] = frozenset(other.key for other in changes["broader"])
    after = replace(before, **{n: plain(v) if isinstance(v, str) else v for n, v in changes.items()})
    return _save(concept, before, after, ConceptChanged(concept.pk), by=by, at=at)


@transaction.atomic
def add_label(*, concept: Concept, language: str, kind: str, text: str, by: Actor, at: datetime) -> Concept:
    """Add another way to say it. Raises ``Refusal`` where it says nothing new or its language is not known."""
    before = _state(concept)
    label = LabelValue(language.lower(), plain(text), Label.Kind(kind).value)
    check_label(before, label)
    after = replace(before, labels=before.labels | {label})
    return _save(concept, before, after, ConceptChanged(concept.pk), by=by, at=at)


@transaction.atomic
def remove_label(*, concept: Concept, language: str, text: str, by: Actor, at: datetime) -> Concept:
    """Take a label away again; nothing happens where there is none such."""
    before = _state(concept)
    left = frozenset(label for label in before.labels if (label.language, label.text) != (language, text))
    return _save(concept, before, replace(before, labels=left), ConceptChanged(concept.pk), by=by, at=at)


@transaction.atomic
def end_concept(
    *, concept: Concept, last_day: date | None, by: Actor, at: datetime, replaced_by: Concept | None = None
) -> Concept:
    """Let a concept end with ``last_day`` (None: it is used again) and perhaps name what takes its place.

    It stays readable and findable for ever. Raises ``Refusal`` where the successor is of another facet or leads back.
    """
    before = _state(concept)
    successor = replaced_by.key if replaced_by and last_day else ""
    after = replace(before, valid_until=last_day, replaced_by=successor)
    fact = ConceptEnded(concept.pk, replaced_by.pk if replaced_by and last_day else None)
    return _save(concept, before, after, fact, by=by, at=at)


def _state(concept: Concept) -> ConceptValue:
    # Two who change one concept at once follow each other.
    Concept.objects.select_for_update(of=("self",)).get(pk=concept.pk)
    return states_of(Concept.objects.filter(pk=concept.pk))[concept.key]


def _save(
    concept: Concept, before: ConceptValue, after: ConceptValue, fact: Any, *, by: Actor, at: datetime
) -> Concept:
    if before == after:
        return concept
    _check(after)
    store([after])
    record(fact, by=by, at=at, touched=[_touched(concept, before, after)])
    return Concept.objects.select_related("facet").get(pk=concept.pk)


def _check(value: ConceptValue) -> None:
    check_concept(value)
    siblings = Concept.objects.filter(facet__key=value.facet).order_by()
    if value.broader:
        names = dict(siblings.values_list("key", "name_de"))
        above: dict[str, list[str]] = {key: [] for key in names}
        links = Concept.broader.through.objects.filter(from_concept__facet__key=value.facet)
        for here, there in links.values_list("from_concept__key", "to_concept__key"):
            above[here].append(there)
        check_broader(value, above, names)
    if value.replaced_by:
        rows = list(siblings.values_list("key", "facet__key", "replaced_by__key"))
        successors = {key: after for key, _facet, after in rows if after}
        check_replacement(value, successors, {key: facet for key, facet, _after in rows})


def _touched(concept: Concept, before: ConceptValue | None, after: ConceptValue) -> Touched:
    return Touched(concept, changes_between(readable(before) if before else {}, readable(after)))
