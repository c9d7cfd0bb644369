"""A concept as its page shows it."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nahtstelle.plumbing.ledger import facts as ledger_facts
from nahtstelle.plumbing.ledger.models import Touch
from nahtstelle.plumbing.ledger.queries import trail_of

from ..models import Concept, Label, Mapping, spoken
from ..skos.terms import FORMS


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    note: str = ""


def concept_url(key: str) -> str:
    return reverse("vocabulary:concept", args=[key])


def facet_url(key: str) -> str:
    return reverse("vocabulary:facet", args=[key])


def way(*steps: tuple[str, str]) -> list[Link]:
    """The way from the vocabulary's first page to here, as (label, address); the last one is this page."""
    return [Link(_("Vocabulary"), reverse("vocabulary:facets")), *(Link(label, url) for label, url in steps)]


def concept_link(concept: Concept) -> Link:
    return Link(concept.name, concept_url(concept.key))


def mapped_terms(mappings: QuerySet[Mapping]) -> list[dict[str, Any]]:
    """What a concept is in other vocabularies: the vocabulary and the relation, the concept there."""
    return [
        {
            "term": f"{mapping.theirs.facet.name}: {mapping.get_relation_display()}",
            "value": mapping.theirs.name,
            "url": concept_url(mapping.theirs.key),
            "theirs": mapping.theirs_id,
        }
        for mapping in mappings
    ]


def validity(valid_from: date | None, valid_until: date | None, *, short: bool = False) -> str:
    """From when until when in words, "" where both ends are open; ``short`` for tables."""
    show = {"from": _day(valid_from, short), "until": _day(valid_until, short)}
    if valid_from and valid_until:
        return _("%(from)s to %(until)s") % show
    if valid_from:
        return _("since %(from)s") % show
    return _("until %(until)s") % show if valid_until else ""


def _day(day: date | None, short: bool = False) -> str:
    if day is None:
        return ""
    forms = ("j. F Y", "d.m.Y") if (get_language() or "de").startswith("de") else ("j F Y", "j M Y")
    return date_format(day, forms[short])


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """One concept with everything around it."""

    title: str
    facet: Link
    lead: str
    facts: list[dict[str, Any]]
    labels: list[tuple[str, list[tuple[str, str]]]]  # kind, (text, language)
    banner: dict[str, Any] | None
    broader: list[Link]
    narrower: list[Link]
    related: list[Link]
    replaces: list[Link]
    exports: list[Link]


def concept_page(concept: Concept, *, on: date) -> ConceptPage:
    """The page of a concept that was fetched with ``for_page``."""
    return ConceptPage(
        title=concept.name,
        facet=Link(concept.facet.name, facet_url(concept.facet.key)),
        lead=spoken(concept, "note"),
        facts=_facts(concept),
        labels=_labels(concept),
        banner=_banner(concept, on),
        broader=[concept_link(other) for other in concept.broader.all()],
        narrower=[concept_link(other) for other in concept.narrower.all()],
        related=[concept_link(other) for other in concept.related.all()],
        replaces=[concept_link(other) for other in concept.replaces.all()],
        exports=exports("vocabulary:concept-export", key=concept.key),
    )


def exports(name: str, **arguments: str) -> list[Link]:
    """Links to a thing in each form of SKOS."""
    words = {"ttl": "Turtle", "rdf": "RDF/XML", "jsonld": "JSON-LD"}
    return [Link(words[end], reverse(name, kwargs={**arguments, "form": end})) for end in FORMS]


def for_page(concepts: QuerySet[Concept]) -> QuerySet[Concept]:
    """All that ``concept_page`` reads, in a fixed number of queries."""
    return concepts.select_related("facet", "replaced_by").prefetch_related(
        "labels", "broader", "narrower", "related", "replaces"
    )


def _facts(concept: Concept) -> list[dict[str, Any]]:
    rows = [
        {"term": _("German"), "value": concept.name_de},
        {"term": _("English"), "value": concept.name_en},
        {"term": _("Key"), "value": concept.key},
        {"term": _("ISO code"), "value": concept.iso_code},
        {"term": _("AGS (municipality key)"), "value": concept.ags},
        {"term": _("Code"), "value": concept.notation},
        {"term": _("Valid"), "value": validity(concept.valid_from, concept.valid_until)},
        {"term": _("Origin"), "value": concept.uri, "url": concept.uri if _is_web(concept.uri) else ""},
    ]
    return [row for row in rows if row["value"]]


def _is_web(uri: str) -> bool:
    return uri.startswith(("http://", "https://"))


def _labels(concept: Concept) -> list[tuple[str, list[tuple[str, str]]]]:
    order = list(Label.Kind)
    labels = sorted(concept.labels.all(), key=lambda one: (order.index(one.kind), one.language, one.text))
    return [
        (str(Label.Kind(kind).label), [(label.text, label.language) for label in group])
        for kind, group in groupby(labels, key=lambda label: label.kind)
    ]


def _banner(concept: Concept, on: date) -> dict[str, Any] | None:
    if concept.valid_until and concept.valid_until < on:
        successor = concept.replaced_by
        return {
            "kind": "superseded" if successor else "outdated",
            "title": _("Not in use any more"),
            "text": _("This concept ended on %s. It stays so that older texts can be understood.")
            % _day(concept.valid_until),
            "url": concept_url(successor.key) if successor else "",
            "url_label": _("Now: %s") % successor.name if successor else "",
        }
    if concept.valid_from and concept.valid_from > on:
        return {
            "kind": "announced",
            "title": _("Not in use yet"),
            "text": _("This concept is valid from %s on.") % _day(concept.valid_from),
        }
    return None


def history_of(concept: Concept) -> list[dict[str, Any]]:
    """The last twenty entries of a concept's trail, as timeline entries."""
    return [_entry(touch) for touch in trail_of(concept)[:20]]


def _entry(touch: Touch) -> dict[str, Any]:
    entry = touch.entry
    return {
        "date": entry.at,
        "title": ledger_facts.sentence_for(entry.fact, entry.payload),
        "text": ", ".join(sorted(touch.changes)) if touch.changes else "",
        "note": entry.actor_label,
    }
