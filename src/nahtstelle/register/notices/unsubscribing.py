"""Saying "no more letters" without an account: a signed link, good for a year.

RFC 8058: the mail program itself may post to the link, so one POST does it; opening the link only shows a page that
asks, because mail scanners open every link.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.links.signing import Damaged, Expired, Purpose, read, sign
from nahtstelle.register.people.models import Person

GOOD_FOR = timedelta(days=365)
UNSUBSCRIBE = Purpose("notices.unsubscribe", GOOD_FOR)


class Subscription(models.TextChoices):
    """What a person may say no to."""

    DIGEST = "digest", _("notices by mail")
    LAW_LETTERS = "law-letters", _("letters on changes of law")


@dataclass(frozen=True, slots=True)
class Wish:
    person: int
    what: Subscription


def unsubscribe_url(person: Person, what: Subscription, *, at: datetime) -> str:
    """The whole address of the link, good for a year from ``at``."""
    token = sign(UNSUBSCRIBE, at=at, p=person.pk, w=what.value)
    return settings.BASE_URL + reverse("notices:unsubscribe", kwargs={"token": token})


def unsubscribe_headers(person: Person, what: Subscription, *, at: datetime) -> dict[str, str]:
    """What a letter's ``headers`` need to this person's wish."""
    return one_click(unsubscribe_url(person, what, at=at))


def one_click(url: str) -> dict[str, str]:
    """The headers by which a mail program ends letters for its reader, after RFC 2369 and RFC 8058."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def read_token(token: str, *, on: date) -> Wish:
    """Who wants to be rid of what.

    Raises ``NotNow`` with a sentence where the link is damaged or older than a year.
    """
    try:
        values = read(UNSUBSCRIBE, token, on=on).values
        return Wish(person=int(values["p"]), what=Subscription(values["w"]))
    except Expired as age:
        raise NotNow(_("This link has expired. Please use the one in a newer letter, or sign in.")) from age
    except (Damaged, KeyError, TypeError, ValueError) as damage:
        raise NotNow(_("This link is damaged. Please use the link in the letter as it is, or sign in.")) from damage
