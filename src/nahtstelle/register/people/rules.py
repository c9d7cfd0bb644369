"""What a role at the centre allows, each rule once and as a sentence."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotYours

from .models import Account, CentreRole
from .queries import centre_roles

Role = CentreRole.Role

STAFF_SENTENCE = _("This page is for staff of the centre.")


def check_staff(account: object, *, on: date) -> None:
    """Anybody with a role at the centre today."""
    check_role(account, list(Role), on=on, sentence=STAFF_SENTENCE)


def check_role(account: object, roles: Iterable[str], *, on: date, sentence: object = None) -> None:
    """Anybody who holds one of ``roles`` today.

    Raises ``NotYours`` with ``sentence``.
    """
    if not isinstance(account, Account) or not account.is_active:
        raise NotYours(_("Please sign in first."))
    if not centre_roles(account.person, on=on) & frozenset(roles):
        raise NotYours(sentence or _("Your roles at the centre do not include this."))


def check_operator(account: object, *, on: date) -> None:
    check_role(
        account,
        [Role.ADMINISTRATOR, Role.COORDINATOR, Role.LEAD],
        on=on,
        sentence=_("Only administrators, coordinators and the head of the centre look after the machinery."),
    )
