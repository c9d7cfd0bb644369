"""Signed links for who has no account: one purpose each, for one saved search, for a time."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.links.signing import DAMAGED, Expired, Purpose, read, sign

from .models import SavedSearch

CONFIRM = Purpose("search.confirm", timedelta(days=7))
END = Purpose("search.end", timedelta(days=730))
_ADDRESSES = {CONFIRM.name: "search:confirm", END.name: "search:end"}


def link_to(purpose: Purpose, saved: SavedSearch, *, at: datetime) -> str:
    """The whole address of the link, good for the purpose's time from ``at``."""
    token = sign(purpose, at=at, s=saved.pk)
    return settings.BASE_URL + reverse(_ADDRESSES[purpose.name], args=[token])


def saved_behind(purpose: Purpose, token: str, *, on: date) -> SavedSearch | None:
    """The search a link was signed for; None where it has ended already.

    Raises ``NotNow`` with a sentence where the link is damaged, meant for something else, or too old.
    """
    try:
        number = read(purpose, token, on=on).values.get("s")
    except Expired as expired:
        raise NotNow(_("This link has expired. Please save the search once more.")) from expired
    if not isinstance(number, int):
        raise NotNow(DAMAGED)
    return SavedSearch.objects.filter(pk=number).first()
