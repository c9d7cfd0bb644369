"""Asking for concepts of works: what may be proposed, what waits for an answer, what people decided."""

import io
from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Count, QuerySet

from nahtstelle.engines.literature.classifying import Label, Learned, Matcher, Proposal, Term, Text, propose
from nahtstelle.register.vocabulary import queries as vocabulary
from nahtstelle.register.vocabulary.folding import fold
from nahtstelle.register.vocabulary.models import Concept, Mapping
from nahtstelle.register.vocabulary.models import Label as Said

from ..models import Classifier, Tag, Work
from .works import current, families

# The facets of which concepts are proposed; the others describe what the centre makes.
FACETS = ("theme", "group", "status", "qual", "region")
# How far a term that a source gave speaks for ours, by how they were mapped.
TRUST = {
    Mapping.Relation.EXACT: 0.95, Mapping.Relation.CLOSE: 0.85, Mapping.Relation.NARROW: 0.7,
    Mapping.Relation.BROAD: 0.35, Mapping.Relation.RELATED: 0.3,
}  # fmt: skip


class Proposer(NamedTuple):
    """The vocabulary and what was learned, ready for many works."""

    matcher: Matcher
    learned: Learned | None
    name: str
    ids: dict[str, int]

    def of(self, text: Text, mapped: dict[str, list[tuple[str, float]]]) -> list[Proposal]:
        given: dict[str, tuple[float, str]] = {}
        for keyword in text.keywords:
            for key, weight in mapped.get(fold(keyword), ()):
                if key in self.ids and weight > given.get(key, (0.0, ""))[0]:
                    given[key] = weight, keyword
        return propose(text, self.matcher, self.learned, given)


def proposer(*, on: date) -> Proposer:
    concepts = list(Concept.objects.on(on).filter(facet__key__in=FACETS).exclude(level__in=("eu", "bund")))
    labels: dict[int, list[Label]] = defaultdict(list)
    for owner, language, kind, text in Said.objects.filter(concept__in=concepts).values_list(
        "concept", "language", "kind", "text"
    ):
        if language in ("de", "en"):
            labels[owner].append(Label(text, language, kind))
    terms = [Term(one.key, (Label(one.name_de, "de"), Label(one.name_en, "en"), *labels[one.pk])) for one in concepts]
    newest = Classifier.objects.first()
    return Proposer(
        Matcher(terms), unpacked(newest.data) if newest else None, str(newest or "labels"),
        {one.key: one.pk for one in concepts},
    )  # fmt: skip


def mapped(texts: list[Text]) -> dict[str, list[tuple[str, float]]]:
    """Of each folded keyword the concepts of ours that its term in another vocabulary was mapped to."""
    words = {fold(word) for text in texts for word in text.keywords} - {""}
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for folded, key, relation in vocabulary.mapped_from(words):
        found[folded].append((key, TRUST[Mapping.Relation(relation)]))
    return found


def text_of(work: Work) -> Text:
    return Text(work.title, work.abstract, tuple(str(word) for word in work.keywords))


def packed(learned: Learned) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(
        file, words=np.array(learned.words, dtype=str), rareness=learned.rareness, keys=np.array(learned.keys, dtype=str),
        weights=learned.weights.astype("float32"), starts=learned.starts,
    )  # fmt: skip
    return file.getvalue()


def unpacked(data: Any) -> Learned:
    with np.load(io.BytesIO(bytes(data)), allow_pickle=False) as arrays:
        return Learned(
            tuple(str(word) for word in arrays["words"]), arrays["rareness"], tuple(str(key) for key in arrays["keys"]),
            arrays["weights"], arrays["starts"],
        )  # fmt: skip


def decided() -> QuerySet[Tag]:
    """What people accepted or refused."""
    return Tag.objects.exclude(state=Tag.State.PROPOSED)


def tags_of(work: Work) -> list[Tag]:
    """Of a work and of what was merged into it, one a concept: what people decided before proposals, the work's own first."""
    tags = Tag.objects.filter(work__in=families([work.pk])).select_related("concept__facet")
    order = sorted(tags, key=lambda tag: (tag.state == Tag.State.PROPOSED, tag.work_id != work.pk, tag.pk))
    return list({tag.concept_id: tag for tag in reversed(order)}.values())


def waiting(*, words: str = "") -> QuerySet[Work]:
    """Works with proposals nobody answered, the oldest first; perhaps only those that are called so."""
    works = current().filter(pk__in=Tag.objects.filter(state=Tag.State.PROPOSED).values("work")).order_by("pk")
    for word in fold(words).split():
        works = works.filter(folded__contains=word)
    return works


def next_waiting(work: Work) -> Work | None:
    """The next work behind this one; from the beginning again where none follows."""
    others = waiting().exclude(pk=work.pk)
    return others.filter(pk__gt=work.pk).first() or others.first()


def figures() -> dict[str, int]:
    """How many works wait, and how many concepts people decided."""
    return {"works": waiting().count(), "decided": decided().filter(decided_by__isnull=False).count()}


def numbers_of(works: list[Work]) -> dict[int, int]:
    """How many proposals each of these works has open."""
    open_ones = Tag.objects.filter(work__in=works, state=Tag.State.PROPOSED).order_by()
    return dict(open_ones.values("work").annotate(number=Count("pk")).values_list("work", "number"))
