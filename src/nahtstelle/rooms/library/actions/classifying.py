"""Concepts of works: proposed by the machine, answered by people, learned from the answers. No answer is ever overwritten."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nahtstelle.engines.literature.classifying import learn, precision_at, propose, recall_at
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.vocabulary.models import Concept

from ..facts import ConceptDecided, LearningFellDue, ProposingWentOn
from ..models import Classifier, Import, Tag, Work
from ..queries import classifying as queries
from ..queries.linking import speaking_of_works
from ..queries.works import root_of
from ..rules.classifying import check_can_be_tagged, check_concept

AT_ONCE = 300  # records
LEARN_AFTER = 20  # decisions
FOLDS = 5
PRECISION_AT, RECALL_AT = 3, 5
State = Tag.State


@transaction.atomic
def propose_some(*, batch: Import, after: int, by: Actor, at: datetime) -> bool:
    """Propose concepts for the works of the next records; False once there are none."""
    if batch.state != Import.State.DONE:
        return False
    records = list(
        speaking_of_works()
        .filter(batch=batch, number__gt=after)
        .order_by("number")
        .values_list("number", "work")[:AT_ONCE]
    )
    if not records:
        return False
    propose_for(Work.objects.filter(pk__in={work for _number, work in records}, merged_into=None), at=at)
    record(ProposingWentOn(batch.pk, records[-1][0]), by=by, at=at)
    return True


def propose_for(works: Iterable[Work], *, at: datetime) -> int:
    """Lay what the machine thinks of these works before people; what was answered stays. How many proposals are new."""
    works = list(works)
    proposer = queries.proposer(on=timezone.localdate(at))
    texts = {work.pk: queries.text_of(work) for work in works}
    mapped = queries.mapped(list(texts.values()))
    known = {(tag.work_id, tag.concept_id): tag for tag in Tag.objects.filter(work__in=works)}
    fresh: list[Tag] = []
    changed: list[Tag] = []
    for work in works:
        for one in proposer.of(texts[work.pk], mapped):
            key = work.pk, proposer.ids[one.key]
            tag = known.get(key) or Tag(work_id=key[0], concept_id=key[1])
            if tag.state != State.PROPOSED:
                continue
            tag.score, tag.reasons, tag.model = one.score, list(one.words), proposer.name
            (changed if tag.pk else fresh).append(tag)
    Tag.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    Tag.objects.bulk_update(changed, ["score", "reasons", "model"], batch_size=200)
    return len(fresh)


@transaction.atomic
def decide(*, work: Work, answers: Mapping[int, bool], by: Actor, at: datetime) -> int:
    """Accept or refuse concepts (id → accepted), proposed or thought of by the person; how many answers are new.

    Raises ``NotNow`` where the work was merged into another, ``Refusal`` for a concept works are not described by.
    """
    work = Work.objects.select_for_update(of=("self",)).get(pk=work.pk)
    check_can_be_tagged(work)
    known = {tag.concept_id: tag for tag in Tag.objects.filter(work=work, concept__in=answers)}
    new = 0
    for concept in Concept.objects.filter(pk__in=answers).select_related("facet"):
        state = State.ACCEPTED if answers[concept.pk] else State.REFUSED
        tag = known.get(concept.pk)
        if tag is None:
            check_concept(concept, on=timezone.localdate(at))
            tag = Tag(work=work, concept=concept)
        elif tag.state == state:
            continue
        tag.state, tag.decided_by_id, tag.decided_at = state, by.account_id, at
        tag.save()
        record(ConceptDecided(work.pk, concept.pk, answers[concept.pk]), by=by, at=at, touched=[work])
        new += 1
    if new:
        _learn_in_time(new, by=by, at=at)
    return new


def _learn_in_time(new: int, *, by: Actor, at: datetime) -> None:
    """Each time another so many decisions were made."""
    made = queries.decided().filter(decided_by__isnull=False).count()
    if made // LEARN_AFTER > (made - new) // LEARN_AFTER:
        record(LearningFellDue(made), by=by, at=at)


@transaction.atomic
def learn_anew(*, by: Actor, at: datetime) -> Classifier | None:
    """Learn from all answers and measure on works held back (five parts of the works, each once); None without answers."""
    began = time.perf_counter()
    answers: dict[int, dict[str, bool]] = defaultdict(dict)
    tags = queries.decided().select_related("concept", "work__merged_into").order_by("pk")
    works: dict[int, Work] = {}
    for tag in tags:
        work = root_of(tag.work)
        works[work.pk] = work
        answers[work.pk][tag.concept.key] = tag.state == State.ACCEPTED
    if not works:
        return None
    ids = sorted(works)
    texts = [" ".join((works[pk].title, works[pk].abstract, *map(str, works[pk].keywords))) for pk in ids]
    learned = learn(texts, _by_concept(ids, answers))
    quality = _measured(ids, texts, works, answers, at=at)
    return Classifier.objects.create(
        decisions=sum(len(said) for said in answers.values()), concepts=len(learned.keys), data=queries.packed(learned),
        works=quality["works"], precision=quality["precision"], recall=quality["recall"],
        labels_precision=quality["labels_precision"], labels_recall=quality["labels_recall"],
        seconds=round(time.perf_counter() - began, 3), at=at,
    )  # fmt: skip


def _by_concept(ids: list[int], answers: Mapping[int, Mapping[str, bool]]) -> dict[str, dict[int, bool]]:
    found: dict[str, dict[int, bool]] = defaultdict(dict)
    for at, pk in enumerate(ids):
        for key, accepted in answers[pk].items():
            found[key][at] = accepted
    return found


def _measured(
    ids: list[int],
    texts: list[str],
    works: Mapping[int, Work],
    answers: Mapping[int, Mapping[str, bool]],
    *,
    at: datetime,
) -> dict[str, float | int]:
    """Each fifth of the works is proposed for by what was learned from the other four. Only answered concepts count."""
    labels = queries.proposer(on=timezone.localdate(at)).matcher
    sums: dict[str, float] = defaultdict(float)
    measured = 0
    for fold in range(FOLDS):
        rest = [place for place in range(len(ids)) if place % FOLDS != fold]
        learned = learn([texts[place] for place in rest], _by_concept([ids[place] for place in rest], answers))
        for place in range(fold, len(ids), FOLDS):
            said = answers[ids[place]]
            accepted = {key for key, yes in said.items() if yes}
            if not accepted:
                continue
            measured += 1
            text = queries.text_of(works[ids[place]])
            for name, model in (("", learned), ("labels_", None)):
                order = [one.key for one in propose(text, labels, model) if one.key in said]
                sums[f"{name}precision"] += precision_at(PRECISION_AT, order, accepted)
                sums[f"{name}recall"] += recall_at(RECALL_AT, order, accepted)
    names = ("precision", "recall", "labels_precision", "labels_recall")
    return {"works": measured, **{name: round(sums[name] / max(1, measured), 4) for name in names}}
