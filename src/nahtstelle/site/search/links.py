"""Signed links for who has no account: one purpose each, for one saved search, for a time."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow

from .models import SavedSearch

CONFIRM, END = "confirm", "end"
GOOD_FOR = {CONFIRM: timedelta(days=7), END: timedelta(days=730)}
_ADDRESSES = {CONFIRM: "search:confirm", END: "search:end"}


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"nahtstelle.search.{purpose}")


def link_to(purpose: str, saved: SavedSearch, *, at: datetime) -> str:
    """The whole address of the link, good for ``GOOD_FOR`` from ``at``."""
    until = timezone.localdate(at) + GOOD_FOR[purpose]
    token = _signer(purpose).sign_object({"s": saved.pk, "u": until.isoformat()})
    return settings.BASE_URL + reverse(_ADDRESSES[purpose], args=[token])


def saved_behind(purpose: str, token: str, *, on: date) -> SavedSearch | None:
    """The search a link was signed for; None where it has ended already.

    Raises ``NotNow`` with a sentence where the link is damaged, meant for something else, or too old.
    """
    try:
        content = _signer(purpose).unsign_object(token)
        number, until = int(content["s"]), date.fromisoformat(content["u"])
    except (BadSignature, KeyError, TypeError, ValueError) as damage:
        raise NotNow(_("This link is damaged. Please use the link in the letter as it is.")) from damage
    if on > until:
        raise NotNow(_("This link has expired. Please save the search once more."))
    return SavedSearch.objects.filter(pk=number).first()
