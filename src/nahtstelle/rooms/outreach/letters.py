"""The letter of a dispatch, in the recipient's language, with a signed link for the answer."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from nahtstelle.register.notices.unsubscribing import Subscription, unsubscribe_headers, unsubscribe_url
from nahtstelle.rooms.outputs.models import Output

from .models import Recipient

SALT = "outreach.answer"
GOOD_FOR = 180 * 24 * 3600  # seconds a link for an answer is good for


@dataclass(frozen=True, slots=True)
class LetterWords:
    subject: str
    text: str
    html: str
    headers: dict[str, str]


def answer_token(recipient: Recipient) -> str:
    """Signed for this recipient and for nothing but the answer."""
    return signing.dumps(recipient.pk, salt=SALT)


def recipient_of(token: str) -> Recipient | None:
    """The recipient a token was signed for; None when it is forged, meant for something else, or too old."""
    try:
        number = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return Recipient.objects.select_related("dispatch__bulletin__edition", "person").filter(pk=number).first()


def bulletin_in(bulletin: Output, language: str) -> Output:
    """The bulletin in the reader's language where a published variant exists."""
    if bulletin.language == language:
        return bulletin
    base = bulletin.base or bulletin
    live = (Output.State.PUBLISHED, Output.State.UNDER_REVIEW)
    same = Output.objects.filter(Q(pk=base.pk) | Q(base=base), language=language, state__in=live)
    return same.filter(audience=bulletin.audience).select_related("edition").first() or bulletin


def _spoken(language: str) -> str:
    """Leichte Sprache is German."""
    return language[:2]


def letter_for(recipient: Recipient, *, at: datetime) -> LetterWords:
    dispatch, language = recipient.dispatch, recipient.language
    english = language == "en"
    bulletin = bulletin_in(dispatch.bulletin, language)
    with override(language):
        words = {
            "site_name": settings.SITE_NAME,
            "language": language,
            "person": recipient.person,
            "because": recipient.because,
            "intro": dispatch.intro_en if english else dispatch.intro_de,
            "bulletin": bulletin.edition or bulletin,
            "other_language": _spoken(bulletin.language) != _spoken(language),
            "bulletin_address": settings.BASE_URL + reverse("outputs:output", args=[bulletin.slug]),
            "answer_address": settings.BASE_URL + reverse("outreach:answer", args=[answer_token(recipient)]),
            "ask_until": dispatch.ask_until,
            "unsubscribe_address": unsubscribe_url(recipient.person, Subscription.LAW_LETTERS, at=at),
            "demo": settings.DEMO,
        }
        return LetterWords(
            subject=dispatch.subject_en if english else dispatch.subject_de,
            text=render_to_string("outreach/letter.txt", words),
            html=render_to_string("outreach/letter.html", words),
            headers=unsubscribe_headers(recipient.person, Subscription.LAW_LETTERS, at=at),
        )
