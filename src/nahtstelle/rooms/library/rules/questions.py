"""Who may take up a gap of the map, and who closes the question."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.register.people.rules import check_signed_in

from ..models import OpenQuestion
from .people import LIBRARIANS, check_may_keep, check_may_read


def check_may_take_up(account: object, *, on: date) -> None:
    check_may_keep(account, on=on)


def check_may_see(account: object, *, on: date) -> None:
    check_may_read(account, on=on)


def check_owner(owner: Person) -> None:
    """A question is given to somebody who will see it."""
    if owner.erased_at is not None or not Account.objects.filter(person=owner, is_active=True).exists():
        raise Refusal(_("%(name)s has no account here and would not see the question.") % {"name": owner.name})


def check_due(due: date, *, on: date) -> None:
    if due < on:
        raise Refusal(_("That day has passed; choose one that lies ahead."))


def check_may_change(account: object, question: OpenQuestion, *, on: date) -> None:
    """Its owner, and whoever keeps the library."""
    check_signed_in(account)
    assert isinstance(account, Account)
    roles = centre_roles(account.person, on=on)
    if not roles & set(LIBRARIANS) and not (roles and question.owner_id == account.person_id):
        raise NotYours(_("Only its owner and whoever keeps the library change this question."))
    if question.state != OpenQuestion.State.OPEN:
        raise NotNow(_("This question is closed already."))
