"""Who may act on a duty, and when."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.register.people.rules import check_role

from .models import Duty
from .queries import reachable

Role = CentreRole.Role
DESK = (Role.COORDINATOR, Role.LEAD)


def check_signed_in(account: object) -> Account:
    """The account of whoever asks. Raises ``NotYours`` for an anonymous reader or an account that is closed."""
    if not isinstance(account, Account) or not account.is_active:
        raise NotYours(_("Please sign in first."))
    return account


def check_may_act(account: object, duty: Duty, *, on: date) -> None:
    """The owner, whoever handed it on, the coordinators and the head of the centre."""
    account = check_signed_in(account)
    if account.person_id in (duty.owner_id, duty.delegated_by_id):
        return
    if not centre_roles(account.person, on=on) & set(DESK):
        raise NotYours(
            _(
                "Only the person responsible, whoever handed the duty on, the coordinators and the head of the centre "
                "may do this."
            )
        )


def check_desk(account: object, *, on: date) -> None:
    """Who sees the duties of everybody."""
    check_role(
        account, DESK, on=on, sentence=_("Only coordinators and the head of the centre see the duties of everybody.")
    )


def check_open(duty: Duty) -> None:
    if duty.state != Duty.State.OPEN:
        raise NotNow(_("This duty is closed already (%(state)s).") % {"state": duty.get_state_display()})


def check_close(account: object, duty: Duty, *, on: date) -> None:
    """Settling and dropping."""
    check_may_act(account, duty, on=on)
    check_open(duty)


def check_delegate(account: object, duty: Duty, *, on: date, to: Person | None = None) -> None:
    """``to`` is left out while nobody is chosen yet, as for the button that leads to the form."""
    check_may_act(account, duty, on=on)
    check_open(duty)
    if to is None:
        return
    if isinstance(account, Account) and to.pk == account.person_id:
        raise NotNow(_("You cannot hand a duty on to yourself."))
    if to.pk == duty.owner_id:
        raise NotNow(_("%(name)s has this duty already.") % {"name": to.name})
    if not reachable().filter(pk=to.pk).exists():
        raise NotNow(
            _("%(name)s has no account or no e-mail address here and would not see the duty.") % {"name": to.name}
        )


def account_behind(by: Actor) -> Account | None:
    """The account that acts; None where the platform acts by itself."""
    if by.account_id is None:
        return None
    return Account.objects.select_related("person").filter(pk=by.account_id).first()
