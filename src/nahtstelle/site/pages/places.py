"""The places of the site in which editorial texts stand, and the addresses readers find them at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept

# The topics of the site: the part of their address, and the facet whose concepts they are.
TOPIC_FACETS = {"thema": "theme", "status": "status", "lebenslage": "group", "land": "region"}
_PARTS = {facet: part for part, facet in TOPIC_FACETS.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """``group`` says what kind of place it is: site, programme, or the part of a topic's address."""

    key: str
    label: str
    address: str
    group: str

    @property
    def is_built_in(self) -> bool:
        """Does a text come with the software for it?"""
        return self.group == "site"


def fixed_places() -> list[Place]:
    names = {
        "home.intro": (_("Start page: headline and introduction"), "home"),
        "about": (_("About this site"), "about"),
        "accessibility": (_("Accessibility"), "accessibility"),
        "privacy": (_("Privacy"), "privacy"),
        "imprint": (_("Imprint"), "imprint"),
    }
    return [Place(key, label, reverse(name), "site") for key, (label, name) in names.items()]


def topics(*, on: date | None = None) -> QuerySet[Concept]:
    """The concepts that have a page of their own: themes, target groups and Länder, on a day or of all times."""
    meant = Q(facet__key__in=["theme", "status", "group"]) | Q(facet__key="region", level="land")
    found = Concept.objects.filter(meant).select_related("facet").order_by("facet__position", "position", "key")
    return found.on(on) if on else found


def topic_address(concept: Concept) -> str:
    return reverse("topics:topic", args=[_PARTS[concept.facet.key], concept.key])


def topic_place(concept: Concept) -> Place:
    return Place(f"topic:{concept.key}", concept.name, topic_address(concept), _PARTS[concept.facet.key])


def programme_place(programme: Programme) -> Place:
    address = reverse("programmes:programme", args=[programme.key])
    return Place(f"programme:{programme.key}", programme.short_name, address, "programme")


def all_places(*, on: date) -> Iterator[Place]:
    """Every place there is on a day; three queries."""
    yield from fixed_places()
    yield from map(programme_place, Programme.objects.order_by("position", "key"))
    yield from map(topic_place, topics(on=on))


def place_called(key: str) -> Place | None:
    kind, _colon, name = key.partition(":")
    if kind == "topic":
        concept = topics().filter(key=name).first()
        return topic_place(concept) if concept else None
    if kind == "programme":
        programme = Programme.objects.filter(key=name).first()
        return programme_place(programme) if programme else None
    return next((place for place in fixed_places() if place.key == key), None)


def group_words() -> dict[str, Any]:
    return {
        "site": _("The site"), "programme": _("Programmes"), "thema": _("Themes"), "status": _("Legal status"),
        "lebenslage": _("Life situation"), "land": _("Länder"),
    }  # fmt: skip
