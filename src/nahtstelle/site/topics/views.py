"""Topic pages and their index."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nahtstelle.register.vocabulary.models import Concept, Label
from nahtstelle.register.vocabulary.presenters import concepts as vocabulary
from nahtstelle.rooms.library.presenters.studies import study_row
from nahtstelle.rooms.library.queries.studies import Choice, listed
from nahtstelle.rooms.outputs import counting
from nahtstelle.rooms.outputs import queries as outputs
from nahtstelle.site.pages.places import TOPIC_FACETS, group_words, topic_address, topic_place
from nahtstelle.site.pages.places import topics as all_topics
from nahtstelle.site.pages.standing import standing_in

from . import composing, queries

STUDIES_SHOWN = 4
MOST = 7  # topics of a facet that are drawn with a bar; the others follow by name


def topics(request: HttpRequest) -> HttpResponse:
    """All topics with the number of texts about each."""
    today = timezone.localdate()
    concepts = list(all_topics(on=today))
    census = counting.census(request.user, on=today)
    words = group_words()
    groups = []
    for part, facet in TOPIC_FACETS.items():
        rows = [
            {"label": one.name, "url": topic_address(one), "value": census.number_about(one)}
            for one in concepts
            if one.facet.key == facet
        ]
        if rows:
            known = sorted((row for row in rows if row["value"]), key=lambda row: (-row["value"], row["label"]))
            groups.append({
                "key": part, "label": words[part], "most": known[:MOST],
                "more": sorted(known[MOST:], key=lambda row: row["label"]),
                "without": [row for row in rows if not row["value"]],
            })  # fmt: skip
    return render(request, "topics/topics.html", {"groups": groups})


def topic(request: HttpRequest, part: str, key: str) -> HttpResponse:
    """One topic. A concept that was replaced leads to its successor."""
    today = timezone.localdate()
    concept = concept_of(part, key)
    ended = concept.valid_until is not None and concept.valid_until < today
    if ended and concept.replaced_by is not None:
        successor = all_topics().filter(pk=concept.replaced_by_id).first()
        if successor is not None:
            return redirect(topic_address(successor))
    texts = outputs.published(request.user, on=today, concepts=[concept.key])
    is_land = part == "land"
    context: dict[str, Any] = {
        "breadcrumb": [
            vocabulary.Link(_("Topics"), reverse("topics:topics")),
            vocabulary.Link(group_words()[part], f"{reverse('topics:topics')}#{part}"),
            vocabulary.Link(concept.name, ""),
        ],
        "concept": concept,
        "kicker": group_words()[part],
        "ended": concept.valid_until if ended else None,
        "text": standing_in(topic_place(concept), request),
        "note": vocabulary.concept_page(concept, on=today).lead,
        "neighbours": _neighbours(concept),
        "outdated": _outdated(concept),
        "composed": composing.composed(texts, on=today, kept={"f": concept.key}),
        "studies": _studies(concept),
        "working": composing.working_rows(queries.working_in(concept, on=today), land=concept) if is_land else [],
        "programmes": [
            {"label": one.short_name, "url": reverse("programmes:programme", args=[one.key]), "value": number}
            for one, number in queries.programmes_of(texts)
        ],
    }
    return render(request, "topics/topic.html", context)


def _studies(concept: Concept) -> dict[str, Any]:
    """The strongest and newest studies on a topic, and where all of them are."""
    found = listed(Choice(concepts=(concept.key,)), sort="staerke")
    return {
        "number": found.count(), "rows": [study_row(edition) for edition in found[:STUDIES_SHOWN]],
        "url": f"{reverse('studies:studies')}?{urlencode({'f': concept.key})}",
    }  # fmt: skip


def concept_of(part: str, key: str) -> Concept:
    """The concept of a topic's address; raises ``Http404`` where there is none."""
    facet = TOPIC_FACETS.get(part)
    if facet is None:
        raise Http404
    return get_object_or_404(vocabulary.for_page(all_topics().filter(facet__key=facet)), key=key)


def _neighbours(concept: Concept) -> list[dict[str, Any]]:
    """Related topics, those that have a page of their own."""
    facet = concept.facet.key
    groups = [
        (_("Broader"), concept.broader.all()), (_("Narrower"), concept.narrower.all()), (_("Related"), concept.related.all()),
    ]  # fmt: skip
    shown = []
    for label, others in groups:
        links = [
            vocabulary.Link(one.name, topic_address(_with_facet(one, concept)))
            for one in others
            if one.facet_id == concept.facet_id and (facet != "region" or one.level == "land")
        ]
        if links:
            shown.append({"label": label, "links": links})
    return shown


def _with_facet(other: Concept, concept: Concept) -> Concept:
    other.facet = concept.facet
    return other


def _outdated(concept: Concept) -> list[str]:
    here = (get_language() or "de")[:2]
    labels = [one for one in concept.labels.all() if one.kind == Label.Kind.OUTDATED]
    return [one.text for one in labels if one.language == here] or [one.text for one in labels]
