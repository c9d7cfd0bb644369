"""Signing in by a link from a letter: good for a quarter of an hour, once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.links.signing import Purpose, give_out, given_out_since, read_once, use
from nahtstelle.register.notices.actions import write_letter
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.queries import account_for

from .telling import DOOR

SIGN_IN = Purpose("door.sign-in", timedelta(minutes=15), once=True)
MOST_AN_HOUR = 5  # letters to one person, however often somebody asks


def send_link(mail: str, *, at: datetime) -> None:
    """Write the letter with the link, if the address has an open account; in silence otherwise."""
    account = account_for(mail, only_open=True)
    if (
        account is None
        or given_out_since(SIGN_IN, about=_about(account), since=at - timedelta(hours=1)) >= MOST_AN_HOUR
    ):
        return
    person = account.person
    with transaction.atomic(), override(person.language):
        token = give_out(SIGN_IN, about=_about(account), at=at, account=account.pk, mail=account.mail)
        link = settings.BASE_URL + reverse("door:open-link", args=[token])
        words = {"site_name": settings.SITE_NAME, "person": person, "link": link}
        write_letter(
            key=f"sign-in-{account.pk}-{at:%Y%m%d%H%M%S%f}", to=account.mail, person=person,
            subject=_("Your link to sign in to %s") % settings.SITE_NAME,
            text=render_to_string("door/letters/sign_in.txt", words), language=person.language, by=DOOR, at=at,
        )  # fmt: skip


def account_of(token: str, *, at: datetime) -> Account:
    """Whose link it is; it is not used up by that. Raises ``NotNow`` with a sentence."""
    values = read_once(SIGN_IN, token, at=at).values
    return _account(values)


def use_link(token: str, *, at: datetime) -> Account:
    """Use the link up. Raises ``NotNow`` with a sentence, also for the second of two who do so at a time."""
    with transaction.atomic():
        link = read_once(SIGN_IN, token, at=at)
        use(link, at=at)
        return _account(link.values)


def _account(values: dict[str, object]) -> Account:
    """An address that was changed since the letter went out no longer proves anything."""
    open_ = Account.objects.select_related("person").filter(pk=values.get("account"), is_active=True)
    account = open_.filter(mail=values.get("mail")).first()
    if account is None:
        raise NotNow(_("The account this link was for is closed, or its address has changed."))
    return account


def _about(account: Account) -> str:
    return f"account:{account.pk}"
