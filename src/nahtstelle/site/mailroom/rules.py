"""Who looks after the mail of the centre, and what may be done with it."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.queries import staff
from nahtstelle.register.people.rules import check_staff

from .models import Mail


def check_may_read(account: object, *, on: date) -> None:
    """Staff of the centre; mails may hold what was meant for few."""
    check_staff(account, on=on)


def check_open(mail: Mail) -> None:
    if mail.closed_at is not None:
        raise NotNow(_("This mail is closed. Open it again first."))


def check_assignee(person: Person, *, on: date) -> None:
    if not staff(on=on).filter(pk=person.pk).exists():
        raise Refusal(_("Mails are given to staff of the centre."))


def check_reason(why: str) -> None:
    if not why.strip():
        raise Refusal(_("Please say in a few words what became of it."))
