"""What is said *about* a published output, for those who read it by machine: repositories, search engines, programs.

Everything here is meant for everybody: a text that only some may read is neither described nor named as a relation.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from nahtstelle.plumbing.kit.worded import Worded, belonging
from nahtstelle.register.people.models import Account
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept

from . import presenters, queries
from .drawing import provision_address
from .models import Attachment, Authorship, Citation, Edition, Impact, Output

RIGHTS = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC BY-ND 4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    "CC BY-NC 4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC BY-NC-ND 4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    "CC BY-NC-SA 4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
SUBJECT = ("key", "name_de", "name_en", "uri", "facet__key")
CITED = (
    "output", "words", "law_name", "section", "path", "version_note", "role", "origin", "confirmed", "published", "working",
    "law__slug", "law__citation", "provision__designation",
)  # fmt: skip
ON_A_PAGE = (
    "slug", "language", "base", "owner__name", "audience", "licence", "valid_from", "valid_until", "replaced_by", "state",
    "kind__key", "kind__name_de", "kind__name_en", "base_edition__number",
    *(f"edition__{name}" for name in ("title", "summary", "body", "output", "number", "stand", "published_at")),
)  # fmt: skip
EDITIONS = Prefetch("editions", Edition.objects.defer("title", "summary", "body").select_related("reviewed_by__person"))
AUTHORS = Authorship.objects.select_related("person").only("output", "credit", "person__name")
CITATIONS = Citation.objects.filter(published=True).select_related("law", "provision").only(*CITED)
CONCEPTS = Concept.objects.select_related("facet").only(*SUBJECT)
PROGRAMMES = Programme.objects.only("key", "short_name")
AROUND = (
    Prefetch("authorships", AUTHORS),
    Prefetch("citations", CITATIONS),
    Prefetch("concepts", CONCEPTS),
    Prefetch("programmes", PROGRAMMES),
)
FACETS = ("kind", "theme")  # what lists for machines are cut by: kind:out-faq, theme:th-arbeit


@dataclass(frozen=True, slots=True)
class Subject:
    facet: str
    key: str
    name: str
    uri: str


@dataclass(frozen=True, slots=True)
class Relation:
    """How it stands to something else: ``kind`` is one of follows, replaced-by, replaces, cites."""

    kind: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Described:
    """A published output in plain values, in its own language."""

    slug: str
    address: str
    title: str
    summary: str
    warnings: tuple[str, ...]  # the banners, as sentences
    creators: tuple[str, ...]
    publisher: str
    language: str
    kind: str
    kind_key: str
    number: int
    stand: date
    first_published: date
    published: date
    valid_from: date | None
    valid_until: date | None
    licence: str
    rights: str  # the licence's address, where it is a known one
    subjects: tuple[Subject, ...]
    programmes: tuple[str, ...]
    relations: tuple[Relation, ...]
    groups: tuple[str, ...]  # of ``FACETS``, with what is broader
    size: int  # characters of the text


def public(*, on: date) -> QuerySet[Output]:
    """The publications everybody may read, with all that describing needs, in a fixed number of queries."""
    found = with_relations(queries.publications(AnonymousUser(), on=on))
    return found.prefetch_related("concepts__broader", "kind__broader")


def with_relations(found: QuerySet[Output]) -> QuerySet[Output]:
    """Outputs with what stands around their text: people, citations, editions, concepts, programmes, other outputs."""
    found = queries.with_banners(found).select_related("kind", "owner")
    return around(found).prefetch_related(EDITIONS)


def around(found: QuerySet[Output]) -> QuerySet[Output]:
    """Outputs with the rows that belong to them: people, citations, concepts, programmes."""
    return found.prefetch_related(*AROUND)


def page_of(account: object, slug: str, *, on: date) -> Output | None:
    """A text for its own page, if a person may read it: with its edition and files, and ``with_signs``."""
    if isinstance(account, Account):
        output = _for_a_page(queries.readable(account, on=on), slug).first()
    else:  # everybody without an account reads the same
        output = next(iter(_PUBLIC(slug)), None)
    if output is None or output.edition is None:
        return output
    output.edition.output = output
    for name, rows in _AROUND_ONE.items():
        belonging(output, name, rows(output.pk))
    # What few texts have is fetched for those few.
    if output.edition.number > 1:
        prefetch_related_objects([output], EDITIONS)
    if output.has_files:
        prefetch_related_objects([output], Prefetch("edition__attachments", Attachment.objects.select_related("file")))
    return output


def _for_a_page(found: QuerySet[Output], slug: str) -> QuerySet[Output]:
    found = queries.with_signs(found.filter(slug=slug)).order_by()
    return found.select_related("edition", "kind", "owner", "base_edition").only(*ON_A_PAGE)


_PUBLIC = Worded(lambda slug: _for_a_page(queries.readable(None, on=date.min), slug), str)
_AROUND_ONE: dict[str, Worded[Any]] = {
    "authorships": Worded(lambda pk: AUTHORS.filter(output=pk), int),
    "citations": Worded(lambda pk: CITATIONS.filter(output=pk).order_by("law_name", "section", "path"), int),
    "concepts": Worded(lambda pk: CONCEPTS.filter(pk__in=_tagged(pk)), int),
    "programmes": Worded(lambda pk: PROGRAMMES.filter(pk__in=_funded(pk)), int),
}


def _tagged(pk: int) -> QuerySet[Any]:
    return Output.concepts.through.objects.filter(output=pk).values("concept")


def _funded(pk: int) -> QuerySet[Any]:
    return Output.programmes.through.objects.filter(output=pk).values("programme")


def describe(outputs: Iterable[Output], *, on: date) -> dict[int, Described]:
    """Descriptions by id of outputs that came from ``public``."""
    outputs = list(outputs)
    impacts = queries.open_impacts_of(outputs)
    known = _known(outputs, on=on)
    return {
        one.pk: _said(one, impacts.get(one.pk, []), known, tuple(sorted(set(_groups(one)))), on=on) for one in outputs
    }


def describe_page(output: Output, impacts: Sequence[Impact], near: Iterable[Output], *, on: date) -> Described | None:
    """The description of one output that came with what is around and ``near`` it, without groups.

    None where not everybody may read it.
    """
    if output.audience != Output.Audience.PUBLIC or output.state == Output.State.WITHDRAWN or output.edition is None:
        return None
    known = {other.pk: other for other in near if other.audience == Output.Audience.PUBLIC}
    return _said(output, impacts, known, (), on=on)


def _known(outputs: Sequence[Output], *, on: date) -> dict[int, Output]:
    """The outputs these ones name, as far as everybody may read them."""
    near = {output.base_id for output in outputs} | {output.replaced_by_id for output in outputs}
    named = Q(pk__in=near - {None}) | Q(replaced_by__in=[output.pk for output in outputs])
    open_to_all = queries.publications(AnonymousUser(), on=on).filter(named)
    return {other.pk: other for other in open_to_all.select_related("edition")}


def _said(
    output: Output, impacts: Sequence[Impact], known: dict[int, Output], groups: tuple[str, ...], *, on: date
) -> Described:
    with override("en" if output.language == "en" else "de"):
        return _one(output, presenters.banners(output, impacts, today=on), known, groups)


def _one(
    output: Output, banners: list[presenters.Banner], known: dict[int, Output], groups: tuple[str, ...]
) -> Described:
    edition = output.edition
    assert edition is not None
    published = [one.published_at for one in output.editions.all()] if edition.number > 1 else [edition.published_at]
    return Described(
        slug=output.slug,
        address=address_of(output),
        title=edition.title,
        summary=edition.summary,
        warnings=tuple(f"{banner.title}: {banner.text}" for banner in banners if banner.text),
        creators=tuple(one.called for one in output.authorships.all()),
        publisher=settings.SITE_NAME,
        language=output.language,
        kind=output.kind.name,
        kind_key=output.kind.key,
        number=edition.number,
        stand=edition.stand,
        first_published=timezone.localdate(min(published)),
        published=timezone.localdate(edition.published_at),
        valid_from=output.valid_from,
        valid_until=output.valid_until,
        licence=output.licence,
        rights=RIGHTS.get(output.licence, ""),
        subjects=tuple(
            Subject(c.facet.key, c.key, c.name, c.uri or settings.BASE_URL + _concept_address(c.key))
            for c in output.concepts.all()
        ),
        programmes=tuple(programme.short_name for programme in output.programmes.all()),
        relations=tuple(_relations(output, known)),
        groups=groups,
        size=len(edition.body),
    )


@lru_cache(maxsize=2000)
def _concept_address(key: str) -> str:
    return reverse("vocabulary:concept", args=[key])


def address_of(output: Output) -> str:
    """Where readers find it, with the site's name in front."""
    return settings.BASE_URL + reverse("outputs:output", args=[output.slug])


def _relations(output: Output, known: dict[int, Output]) -> Iterator[Relation]:
    near = [("follows", output.base_id), ("replaced-by", output.replaced_by_id)]
    near += [("replaces", other.pk) for other in known.values() if other.replaced_by_id == output.pk]
    for kind, pk in near:
        if pk in known:
            edition = known[pk].edition
            assert edition is not None
            yield Relation(kind, edition.title, address_of(known[pk]))
    cited = {}
    for citation in output.citations.all():
        if citation.provision is not None and citation.law is not None:
            address = settings.BASE_URL + provision_address(citation.law.slug, citation.provision)
            cited[address] = f"{citation.provision.designation} {citation.law.citation}"
    for address, name in sorted(cited.items(), key=lambda pair: (pair[1], pair[0])):
        yield Relation("cites", name, address)


def _groups(output: Output) -> Iterator[str]:
    for concept in [output.kind, *output.kind.broader.all()]:
        yield f"kind:{concept.key}"
    for concept in output.concepts.all():
        if concept.facet.key == "theme":
            for one in {concept, *concept.broader.all()}:
                yield f"theme:{one.key}"
