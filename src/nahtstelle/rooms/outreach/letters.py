"""The letter of a dispatch, in the recipient's language, with a signed link for the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db.models import Q
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, override

from nahtstelle.register.notices.letters import frame_words, mail_html
from nahtstelle.register.notices.replying import reply_headers
from nahtstelle.register.notices.unsubscribing import Subscription, unsubscribe_headers, unsubscribe_url
from nahtstelle.rooms.outputs.models import Output

from .answer_links import answer_url
from .models import Dispatch, Reason, Recipient
from .queries import because
from .replying import DISPATCH

LIVE = (Output.State.PUBLISHED, Output.State.UNDER_REVIEW)


@dataclass(frozen=True, slots=True)
class LetterWords:
    subject: str
    text: str
    html: str
    headers: dict[str, str]


def bulletin_in(bulletin: Output, language: str) -> Output:
    """The bulletin in the reader's language where a published variant for the same readers exists."""
    if bulletin.language == language:
        return bulletin
    base = bulletin.base_id or bulletin.pk
    same = Output.objects.filter(Q(pk=base) | Q(base=base), language=language, state__in=LIVE)
    return same.filter(audience=bulletin.audience).select_related("edition").first() or bulletin


def _spoken(language: str) -> str:
    """Leichte Sprache is German."""
    return language[:2]


class Writer:
    """Writes the letters of one dispatch in one language: what they share is looked up once."""

    def __init__(self, dispatch: Dispatch, language: str) -> None:
        english = language == "en"
        bulletin = bulletin_in(dispatch.bulletin, language)
        self.language = language
        self.subject = dispatch.subject_en if english else dispatch.subject_de
        self._shared: dict[str, Any] = {
            **frame_words(
                language, programmes=dispatch.bulletin.programmes.all(), on=timezone.localdate(dispatch.approved_at)
            ),
            "subject": self.subject,
            "intro": dispatch.intro_en if english else dispatch.intro_de,
            "bulletin": bulletin.edition or bulletin,
            "other_language": _spoken(bulletin.language) != _spoken(language),
            "bulletin_language": bulletin.language,
            "bulletin_address": settings.BASE_URL + reverse("outputs:output", args=[bulletin.slug]),
            "answers": Recipient.Answer.choices,
            "ask_until": dispatch.ask_until,
            "demo": settings.DEMO,
        }

    def letter(self, recipient: Recipient, reasons: Iterable[Reason], *, at: datetime) -> LetterWords:
        """The letter to one person on the list."""
        own = {
            "name": recipient.person.name,
            "answer_address": answer_url(recipient, at=at),
            "unsubscribe_address": unsubscribe_url(recipient.person, Subscription.LAW_LETTERS, at=at),
        }
        headers = unsubscribe_headers(recipient.person, Subscription.LAW_LETTERS, at=at)
        headers |= reply_headers(DISPATCH, recipient.pk, at=at)
        return self._written(own, reasons, headers)

    def preview(self, name: str, reasons: Iterable[Reason]) -> LetterWords:
        """The letter as somebody would get it; its personal links lead nowhere, so that nobody answers for another."""
        addresses = {"answer_address": "outreach:answer", "unsubscribe_address": "notices:unsubscribe"}
        links = {
            word: settings.BASE_URL + reverse(view, args=["x"]).replace("/x/", "/…/")
            for word, view in addresses.items()
        }
        return self._written({"name": name, **links}, reasons, {})

    def _written(self, own: dict[str, str], reasons: Iterable[Reason], headers: dict[str, str]) -> LetterWords:
        with override(self.language):
            own = {**own, "because": because(reasons) or gettext("programme · Land · role")}
        text, html = self._frames
        for name, gap in self._gaps.items():
            text = text.replace(gap, own[name])
            html = html.replace(gap, escape(own[name]))
        return LetterWords(self.subject, text, html, headers)

    @cached_property
    def _gaps(self) -> dict[str, str]:
        """What stands in the common letter where each person's own words go; nobody can have written it into a text."""
        return {name: f"{name}{uuid4().hex}" for name in ("name", "because", "answer_address", "unsubscribe_address")}

    @cached_property
    def _frames(self) -> tuple[str, str]:
        """The letter with gaps, as text and as HTML: made once, because three thousand letters differ in four words."""
        with override(self.language):
            words = {**self._shared, **self._gaps}
            text = get_template("outreach/letters/letter.txt").render(words)
            return text, mail_html("outreach/letters/letter.mjml", words)
