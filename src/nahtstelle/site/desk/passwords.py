"""Setting a password by a link from a letter: for who has none yet and for who forgot it."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override

from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices.actions import write_letter
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import Account

from ..door.telling import DOOR
from .facts import PasswordSet


def link_for(account: Account) -> str:
    """The address at which a password is set: good once, for as long as Django's ``PASSWORD_RESET_TIMEOUT`` says."""
    who = urlsafe_base64_encode(force_bytes(account.pk))
    return settings.BASE_URL + reverse("desk:set-password", args=[who, default_token_generator.make_token(account)])


def send_link(account: Account, *, at: datetime) -> Letter:
    """Write the letter with the link, to the address one signs in with; within an hour only once."""
    person = account.person
    with override(person.language):
        words = {
            "site_name": settings.SITE_NAME, "person": person, "link": link_for(account), "mail": account.mail,
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        }  # fmt: skip
        return write_letter(
            key=f"password-{account.pk}-{at:%Y-%m-%dT%H}", to=account.mail, person=person,
            subject=_("Set your password for %s") % settings.SITE_NAME,
            text=render_to_string("desk/letters/password.txt", words), language=person.language, by=DOOR, at=at,
        )  # fmt: skip


def set_password(account: Account, password: str, *, by: Actor, at: datetime) -> None:
    """Give the account a password; every session it has elsewhere ends."""
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        record(PasswordSet(account.pk), by=by, at=at, touched=[Touched(account, {"password": ("", "•••")})])
