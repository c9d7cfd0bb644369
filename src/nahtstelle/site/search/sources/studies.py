"""Literature: studies with a published card for everybody, all other works for the house.

What is licensed to the centre is searched by the house only: a study that everybody finds is found by its card, its abstract
and what is open of its text, never by words that only some may read.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from nahtstelle.rooms.library.models import CardEdition, FullText, Work
from nahtstelle.rooms.library.presenters.references import people, short
from nahtstelle.rooms.library.queries.studies import published
from nahtstelle.rooms.library.templates_of_study import shown

from ..offers import Offer
from ..readers import PUBLIC, STAFF
from .concepts import Tags

NAME = "studies"
UNPUBLISHED, RETRACTED, DOUBTFUL = 0.6, 0.35, 0.75
CHUNK = 500
MOST_TEXT = 200_000
_OPEN, _LICENSED = FullText.Rights.OPEN, FullText.Rights.LICENSED
_QUALITY = {Work.Standing.RETRACTED: RETRACTED, Work.Standing.CONCERN: DOUBTFUL, Work.Standing.SUPERSEDED: DOUBTFUL}
_STATUS = {Work.Standing.RETRACTED: "withdrawn", Work.Standing.CONCERN: "under_review", Work.Standing.SUPERSEDED: "superseded"}  # fmt: skip


def offers(only: Iterable[int] | None = None) -> Iterator[Offer]:
    """``only`` are ids of works. A work merged into another is offered only for a card that readers still have of it."""
    assessed = Exists(published().filter(card__work=OuterRef("pk")))
    found = Work.objects.filter(Q(merged_into__isnull=True) | assessed).order_by("pk")
    if only is not None:
        found = found.filter(pk__in=list(only))
    tags = Tags()
    for start in _chunks(found):
        editions = {
            one.card.work_id: one
            for one in published()
            .filter(card__work__in=start)
            .select_related("card")
            .prefetch_related("concepts", "programmes")
        }
        for work in _with_all(start):
            yield _offer(work, editions.get(work.pk), tags)


def _chunks(found: QuerySet[Work]) -> Iterator[list[int]]:
    after = 0
    while ids := list(found.filter(pk__gt=after).values_list("pk", flat=True)[:CHUNK]):
        yield ids
        after = ids[-1]


def _with_all(ids: list[int]) -> QuerySet[Work]:
    texts = FullText.objects.filter(rights__in=(_OPEN, _LICENSED)).only("work", "rights", "text")
    return Work.objects.filter(pk__in=ids).order_by("pk").prefetch_related("concepts", Prefetch("full_texts", texts))


def _offer(work: Work, edition: CardEdition | None, tags: Tags) -> Offer:
    wanted = (_OPEN,) if edition else (_OPEN, _LICENSED)
    text = "\n".join(one.text for one in work.full_texts.all() if one.rights in wanted)[:MOST_TEXT]
    accepted = (
        [one.key for one in work.concepts.all()] if edition is None else [one.key for one in edition.concepts.all()]
    )
    programmes = list(edition.programmes.all()) if edition else []
    said = [edition.finding_de, edition.finding_en] if edition else []
    findings = " – ".join(filter(None, said))
    with override("de"):
        kicker = edition.get_template_display() if edition else ""
        who = short(work)
    return Offer(
        source=NAME,
        key=str(work.pk),
        title=work.title or work.citekey,
        address=_address(work, edition),
        keys=frozenset((PUBLIC, STAFF)) if edition else frozenset((STAFF,)),
        language=work.language if work.language in ("de", "en") else "de",
        kicker=kicker,
        lead=findings or who,
        body="\n".join(filter(None, [*_said_by(edition), work.abstract, text])),
        keywords=" ".join(
            filter(None, [people(work.authors, most=40), people(work.editors, most=40), work.container, work.publisher,
                          str(work.year or ""), work.doi, work.citekey, *map(str, work.keywords), *(one.short_name for one in programmes)])
        ),
        mentions=tags.terms(accepted),
        facets=(
            ("source", NAME if edition else "works"),
            ("language", work.language if work.language in ("de", "en") else "de"),
            *tags.facets(accepted),
            *(("programme", one.key) for one in programmes),
        ),
        day=edition.stand if edition else timezone.localdate(work.created_at),
        stand=edition.stand if edition else None,
        status=_STATUS.get(Work.Standing(work.standing), ""),
        notes=(who,) if findings else (),
        quality=_QUALITY.get(Work.Standing(work.standing), 1.0) * (1.0 if edition else UNPUBLISHED),
        moment=edition.published_at if edition else work.created_at,
    )  # fmt: skip


def _said_by(edition: CardEdition | None) -> list[str]:
    if edition is None:
        return []
    with override("de"):
        particulars = [
            str(answer) for _label, answer in shown(edition.template, edition.particulars) if isinstance(answer, str)
        ]
    return [
        edition.meaning_de,
        edition.meaning_en,
        edition.question,
        edition.method,
        edition.sample,
        edition.limits,
        *particulars,
    ]


def _address(work: Work, edition: CardEdition | None) -> str:
    if edition is not None:
        return reverse("studies:study", args=[work.citekey])
    return reverse("library:work", args=[work.pk])
