"""Organisations: for everybody with an account, as the room shows them."""

from collections.abc import Iterable, Iterator

from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.organisations.presenters import organisation_url

from ..offers import Offer
from ..readers import ACCOUNT
from .concepts import Tags

NAME = "organisations"


def offers(only: Iterable[int] | None = None) -> Iterator[Offer]:
    found = Organisation.objects.select_related("kind", "region").order_by("pk")
    if only is not None:
        found = found.filter(pk__in=list(only))
    tags = Tags()
    for one in found:
        concepts = [concept for concept in (one.kind, one.region) if concept]
        yield Offer(
            source=NAME,
            key=str(one.pk),
            title=one.name,
            address=organisation_url(one),
            keys=frozenset((ACCOUNT,)),
            lead=" · ".join(concept.name_de for concept in concepts),
            keywords=" ".join(concept.name_en for concept in concepts),
            mentions=tags.terms(concept.key for concept in concepts),
            facets=(("source", NAME), ("language", "de"), *tags.facets(concept.key for concept in concepts)),
            day=one.valid_from,
            quality=0.9,
        )
