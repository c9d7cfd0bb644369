"""The letters of this room: notices gathered, in the reader's language, as text and as simple HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import mrml
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.funding import strip_of

from .kinds import kind_called, sentence_of
from .models import Notice
from .unsubscribing import Subscription, unsubscribe_url

SHOWN_PER_KIND = 25


@dataclass(frozen=True, slots=True)
class Content:
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Group:
    """The notices of one kind: ``items`` are (sentence, address or ""); ``more`` how many are not shown."""

    label: str
    items: list[tuple[str, str]]
    more: int


def digest_letter(person: Person, notices: Sequence[Notice], *, at: datetime) -> Content:
    """One letter of all these notices. A single notice gives its own sentence as the subject."""
    with translation.override(person.language):
        groups = grouped(notices)
        if len(notices) == 1:
            subject = groups[0].items[0][0]
        else:
            number = len(notices)
            subject = ngettext("%(number)d notice for you", "%(number)d notices for you", number) % {"number": number}
        context = {
            **frame_words(person.language, at=at),
            "person": person.name,
            "groups": groups,
            "inbox_url": settings.BASE_URL + reverse("notices:inbox"),
            "preferences_url": settings.BASE_URL + reverse("notices:preferences"),
            "unsubscribe_url": unsubscribe_url(person, Subscription.DIGEST, at=at),
        }
        return Content(
            subject=f"{settings.SITE_NAME}: {subject}",
            text=render_to_string("notices/digest.txt", context),
            html=mail_html("notices/digest.mjml", context),
        )


def frame_words(language: str, *, at: datetime) -> dict[str, object]:
    """What the frame of a letter shows (``notices/letter.mjml``, ``notices/funding.txt``), in the active language."""
    return {
        "site_name": settings.SITE_NAME,
        "language": language,
        "funding": strip_of((), on=timezone.localdate(at)),
        "base_url": settings.BASE_URL,
    }


def grouped(notices: Sequence[Notice]) -> list[Group]:
    """By kind, in the order in which the kinds first came; within a kind oldest first."""
    by_label: dict[str, list[tuple[str, str]]] = {}
    for notice in notices:
        address = settings.BASE_URL + notice.link if notice.link.startswith("/") else notice.link
        by_label.setdefault(str(kind_called(notice.kind).label), []).append((sentence_of(notice), address))
    return [
        Group(label=label, items=items[:SHOWN_PER_KIND], more=max(len(items) - SHOWN_PER_KIND, 0))
        for label, items in by_label.items()
    ]


def mail_html(template: str, context: dict[str, object]) -> str:
    """An MJML template as HTML that mail programs show alike.

    Without the fonts that the maker would fetch from elsewhere: a letter must not tell a third party that it was
    opened.
    """
    return mrml.to_html(render_to_string(template, context), render_options=mrml.RenderOptions(fonts={})).content
