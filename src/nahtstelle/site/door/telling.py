"""Letters to a person whose way in changed: whoever did not do it themselves must hear of it."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from nahtstelle.plumbing.ledger.actors import Actor, system
from nahtstelle.register.notices.actions import write_letter
from nahtstelle.register.people.models import Account

from .models import Factor

DOOR = system("door")


def tell_added(account: Account, factor: Factor, *, at: datetime) -> None:
    with override(account.person.language):
        words = _("A second factor was added to your account: %s.") % factor
        _write(account, f"added-{factor.pk}", words, at=at)


def tell_removed(account: Account, factor: Factor, *, at: datetime) -> None:
    with override(account.person.language):
        words = _("A second factor was removed from your account: %s.") % factor
        _write(account, f"removed-{factor.pk}", words, at=at)


def tell_reset(account: Account, *, by: Actor, why: str, at: datetime) -> None:
    with override(account.person.language):
        words = _("%(who)s has reset the second factors of your account. The reason given: %(why)s")
        after = _("When you sign in next you set up a new one, if your role needs it.")
        said = f"{words % {'who': by.label, 'why': why}}\n\n{after}"
        _write(account, f"reset-{account.pk}-{at:%Y%m%d%H%M%S}", said, at=at)


def tell_recovery_code_used(account: Account, *, left: int, at: datetime) -> None:
    with override(account.person.language):
        words = ngettext(
            "Somebody signed in to your account with a recovery code. One is left.",
            "Somebody signed in to your account with a recovery code. %(left)d are left.",
            left,
        )
        _write(account, f"recovery-{account.pk}-{at:%Y%m%d%H%M%S%f}", words % {"left": left}, at=at)


def _write(account: Account, key: str, words: str, *, at: datetime) -> None:
    """In the active language, to the address one signs in with."""
    said = {"site_name": settings.SITE_NAME, "person": account.person, "words": words, "contact": settings.CONTACT_MAIL}
    write_letter(
        key=f"door-{key}", to=account.mail, person=account.person,
        subject=_("Your access to %s has changed") % settings.SITE_NAME,
        text=render_to_string("door/letters/changed.txt", said), language=account.person.language, by=DOOR, at=at,
    )  # fmt: skip
