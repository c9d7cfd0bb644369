"""What is said *about* a published output, for those who read it by machine: repositories, search engines, programs.

Everything here is meant for everybody: a text that only some may read is neither described nor named as a relation.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from . import presenters, queries
from .models import Authorship, Citation, Edition, Impact, Output

RIGHTS = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC BY-ND 4.0": "https://creativecommons.org/licenses/by-nd/4.0/",
    "CC BY-NC 4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC BY-NC-ND 4.0": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    "CC BY-NC-SA 4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
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
    return queries.with_banners(found).select_related("kind", "owner").prefetch_related(
        Prefetch("authorships", Authorship.objects.select_related("person")),
        Prefetch("citations", Citation.objects.filter(published=True).select_related("law", "provision")),
        Prefetch("editions", Edition.objects.defer("body").select_related("reviewed_by__person")),
        "concepts__facet", "programmes", "replaces",
    )  # fmt: skip


def describe(outputs: Iterable[Output], *, on: date) -> dict[int, Described]:
    """Descriptions by id of outputs that came from ``public``."""
    outputs = list(outputs)
    impacts = queries.open_impacts_of(outputs)
    known = _known(outputs, on=on)
    return {
        one.pk: _said(one, impacts.get(one.pk, []), known, tuple(sorted(set(_groups(one)))), on=on) for one in outputs
    }


def describe_page(output: Output, impacts: Sequence[Impact], *, on: date) -> Described | None:
    """The description of one output that came with its relations, without groups; None where not everybody may read it."""
    if output.audience != Output.Audience.PUBLIC or output.state == Output.State.WITHDRAWN or output.edition is None:
        return None
    return _said(output, impacts, _known([output], on=on), (), on=on)


def _known(outputs: Sequence[Output], *, on: date) -> dict[int, Output]:
    """The outputs these ones name, as far as everybody may read them."""
    near = {output.base_id for output in outputs} | {output.replaced_by_id for output in outputs}
    near |= {earlier.pk for output in outputs for earlier in output.replaces.all()}
    open_to_all = queries.publications(AnonymousUser(), on=on).filter(pk__in=near - {None})
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
    published = [one.published_at for one in output.editions.all()]
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
            Subject(
                c.facet.key, c.key, c.name, c.uri or settings.BASE_URL + reverse("vocabulary:concept", args=[c.key])
            )
            for c in output.concepts.all()
        ),
        programmes=tuple(programme.short_name for programme in output.programmes.all()),
        relations=tuple(_relations(output, known)),
        groups=groups,
        size=len(edition.body),
    )


def address_of(output: Output) -> str:
    """Where readers find it, with the site's name in front."""
    return settings.BASE_URL + reverse("outputs:output", args=[output.slug])


def _relations(output: Output, known: dict[int, Output]) -> Iterator[Relation]:
    near = [("follows", output.base_id), ("replaced-by", output.replaced_by_id)]
    near += [("replaces", earlier.pk) for earlier in output.replaces.all()]
    for kind, pk in near:
        if pk in known:
            edition = known[pk].edition
            assert edition is not None
            yield Relation(kind, edition.title, address_of(known[pk]))
    cited = {}
    for citation in output.citations.all():
        if citation.provision is not None and citation.law is not None:
            address = settings.BASE_URL + presenters.provision_address(citation.law.slug, citation.provision)
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
