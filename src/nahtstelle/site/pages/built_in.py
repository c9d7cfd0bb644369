"""The texts that come with the software: what stands in a place until somebody writes it, and what writing starts from."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept

from .places import Place


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """Words in one language; ``body`` is Markdown as in any other text."""

    title: str
    summary: str
    body: str


def built_in(key: str) -> BuiltIn:
    """The text of a fixed place in the active language: first line title, second line summary, the rest body."""
    words = {
        "contact": settings.CONTACT_MAIL, "demo": settings.DEMO, "letters_kept": settings.LETTERS_KEPT.days,
        "mail_days": settings.MAIL_KEPT_DAYS,
    }  # fmt: skip
    text = render_to_string(f"pages/texts/{key}.txt", words)
    title, summary, *body = text.strip("\n").split("\n")
    return BuiltIn(title.strip(), summary.strip(), "\n".join(body).strip())


def start_for(place: Place) -> BuiltIn:
    """What a new text for a place starts with, in German: the other languages are variants of it."""
    with override("de"):
        if place.is_built_in:
            return built_in(place.key)
        thing = _thing_of(place)
        body = _("*[What is this about, and for whom?]*\n\n*[What matters in practice?]*")
        return BuiltIn(thing.name, thing.note_de, body)


def _thing_of(place: Place) -> Any:
    kind, _colon, name = place.key.partition(":")
    return Concept.objects.get(key=name) if kind == "topic" else Programme.objects.get(key=name)
