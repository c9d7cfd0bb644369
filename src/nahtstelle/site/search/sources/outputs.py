"""Texts of the room outputs: for readers in their published edition, for the house also what is not published yet."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from nahtstelle.engines.literature.citing.claims import without_citations
from nahtstelle.rooms.outputs.models import Citation, Output
from nahtstelle.rooms.outputs.presenters import status_of
from nahtstelle.rooms.outputs.text import parse, plain

from ..offers import Offer, law_term, section_alone_term, section_term
from ..readers import NETWORK, PUBLIC, STAFF, person_key
from .concepts import Tags
from .days import LATELY

NAME = "outputs"
EXPIRED, UNPUBLISHED, STALE = 0.35, 0.6, 0.85
CHUNK = 200


def offers(only: Iterable[int] | None = None) -> Iterator[Offer]:
    """Texts that readers have, but for the superseded and withdrawn; and drafts, for those who may work on them."""
    found = Output.objects.exclude(state__in=[Output.State.WITHDRAWN, Output.State.SUPERSEDED]).order_by("pk")
    if only is not None:
        found = found.filter(pk__in=list(only))
    tags, today = Tags(), timezone.localdate()
    for output in _with_all(found).iterator(chunk_size=CHUNK):
        yield _offer(output, tags, today=today)


def bounded(*, on: date) -> list[int]:
    """The texts whose validity ended of late."""
    return list(Output.objects.filter(valid_until__range=(on - LATELY, on)).values_list("pk", flat=True))


def _with_all(found: QuerySet[Output]) -> QuerySet[Output]:
    return found.select_related("edition", "kind", "owner").prefetch_related(
        "authors", "programmes", "concepts", "citations"
    )


def _offer(output: Output, tags: Tags, *, today: date) -> Offer:
    text = output.edition or output
    published = output.edition is not None
    concepts = [output.kind.key, *(one.key for one in output.concepts.all())]
    programmes = list(output.programmes.all())
    citations = [one for one in output.citations.all() if (one.published if published else one.working)]
    expired = bool(output.valid_until and output.valid_until < today)
    quality = EXPIRED if expired else 1.0 if published else UNPUBLISHED
    if output.state == Output.State.UNDER_REVIEW:
        quality *= STALE
    address = "outputs:output" if published else "outputs:work"
    with override("de"):
        kicker = output.kind.name
    return Offer(
        source=NAME,
        key=str(output.pk),
        title=text.title,
        address=reverse(address, args=[output.slug]),
        keys=_keys(output, published=published),
        language=output.language,
        kicker=kicker,
        lead=text.summary,
        body=plain_text(text.body),
        keywords=" ".join([output.kind.name_de, *(one.short_name for one in programmes)]),
        mentions=(*tags.terms(concepts), *citation_terms(citations)),
        facets=(
            ("source", NAME if published else "drafts"),
            ("language", output.language),
            *tags.facets(concepts),
            *(("programme", one.key) for one in programmes),
            *(("law", law) for law in sorted({one.law_name for one in citations})),
        ),
        day=timezone.localdate(output.published_at or output.changed_at),
        stand=text.stand,
        status="outdated" if expired else "" if output.state == Output.State.PUBLISHED else status_of(output),
        quality=quality,
        moment=output.published_at or output.changed_at,
    )


def _keys(output: Output, *, published: bool) -> frozenset[str]:
    """As the room's ``readable`` and ``check_may_see_working_text`` say it."""
    keys = {STAFF, person_key(output.owner_id), *(person_key(one.pk) for one in output.authors.all())}
    if published and output.audience == Output.Audience.PUBLIC:
        keys.add(PUBLIC)
    elif published and output.audience == Output.Audience.NETWORK:
        keys.add(NETWORK)
    return frozenset(keys)


def citation_terms(citations: Iterable[Citation]) -> list[str]:
    terms: dict[str, None] = {}
    for one in citations:
        terms[section_term(one.law_name, one.section)] = None
        terms[section_alone_term(one.section)] = None
        terms[law_term(one.law_name)] = None
    return list(terms)


def plain_text(body: str) -> str:
    """The words of a Markdown text, paragraph by paragraph, without the keys of cited works."""
    inlines = (token for token in parse(body) if token.type == "inline")
    return "\n".join(filter(None, (without_citations(plain(token)) for token in inlines)))
