"""The signed link by which a recipient answers without an account: for one recipient, for the answer only, for a time."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.links.signing import Purpose, read, sign

from .models import Recipient

GOOD_FOR = timedelta(days=180)
ANSWER = Purpose("outreach.answer", GOOD_FOR)


def answer_token(recipient: Recipient, *, at: datetime) -> str:
    return sign(ANSWER, at=at, r=recipient.pk)


def answer_url(recipient: Recipient, *, at: datetime) -> str:
    """The whole address of the link, good for ``GOOD_FOR`` from ``at``."""
    return settings.BASE_URL + reverse("outreach:answer", args=[answer_token(recipient, at=at)])


def recipient_of(token: str, *, on: date) -> Recipient | None:
    """The recipient a token was signed for; None when it is forged, meant for something else, or too old."""
    try:
        number = int(read(ANSWER, token, on=on).values["r"])
    except (Refusal, KeyError, TypeError, ValueError):
        return None
    known = Recipient.objects.filter(pk=number, person__erased_at=None)
    return known.select_related("dispatch__bulletin__edition", "person").first()
