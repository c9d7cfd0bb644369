"""The signed link by which a recipient answers without an account: for one recipient, for the answer only, for a time."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from .models import Recipient

GOOD_FOR = timedelta(days=180)
_signer = Signer(salt="nahtstelle.outreach.answer")


def answer_token(recipient: Recipient, *, at: datetime) -> str:
    until = timezone.localdate(at) + GOOD_FOR
    return _signer.sign_object({"r": recipient.pk, "u": until.isoformat()})


def answer_url(recipient: Recipient, *, at: datetime) -> str:
    """The whole address of the link, good for ``GOOD_FOR`` from ``at``."""
    return settings.BASE_URL + reverse("outreach:answer", args=[answer_token(recipient, at=at)])


def recipient_of(token: str, *, on: date) -> Recipient | None:
    """The recipient a token was signed for; None when it is forged, meant for something else, or too old."""
    try:
        content = _signer.unsign_object(token)
        number, until = int(content["r"]), date.fromisoformat(content["u"])
    except (BadSignature, KeyError, TypeError, ValueError):
        return None
    if on > until:
        return None
    known = Recipient.objects.filter(pk=number, person__erased_at=None)
    return known.select_related("dispatch__bulletin__edition", "person").first()
