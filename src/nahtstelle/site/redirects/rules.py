"""Who keeps redirects, and which there may be: no loop, no chain, no way out that an administrator did not type."""

from datetime import date

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nahtstelle.plumbing.kit.refusals import NotYours, Refusal
from nahtstelle.register.people.models import Account, CentreRole
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.register.people.rules import check_role

from .addresses import is_elsewhere
from .ways import Ways, asked_by

Role = CentreRole.Role
KEEPERS = (Role.EDITOR, Role.LEAD, Role.ADMINISTRATOR)


def check_may_keep_redirects(account: object, *, on: date) -> None:
    check_role(
        account, KEEPERS, on=on,
        sentence=gettext_lazy("Only editors, administrators and the head of the centre keep redirects."),
    )  # fmt: skip


def check_may_lead_to(account: Account, new: str, *, on: date) -> None:
    """Whoever keeps redirects leads to our own pages; to another site, an administrator only."""
    if is_elsewhere(new) and Role.ADMINISTRATOR not in centre_roles(account.person, on=on):
        raise NotYours(
            _("Only an administrator leads readers to another site; please give a path of this site, or ask one.")
        )


def check_way(old: str, new: str, ways: Ways) -> None:
    """``ways`` are all redirects; that of ``old`` itself gives way. Raises ``Refusal`` for what would not work.

    An address that a page of ours answers would never be redirected; one that leads to another redirect would make
    readers, and the machines that follow links, go a second step or round in a circle.
    """
    path = old.split("?")[0]
    if _is_answered(path):
        raise Refusal(_("A page of this site answers at %s; the redirect would never be used.") % old)
    aims = asked_by(new)
    if old in aims:
        raise Refusal(_("The address would lead to itself."))
    further = next((aim for aim in aims if aim in ways), None)
    if further is not None:
        raise Refusal(
            _("%(new)s is itself redirected, to %(end)s; please give that one, so that nobody goes a second step.")
            % {"new": new, "end": ways.end_of(further)}
        )
    before = ways.leading_to(old, besides=old)
    if before is not None:
        raise Refusal(
            _("%(before)s already leads to %(old)s; please change that redirect first.")
            % {"before": before, "old": old}
        )


def _is_answered(path: str) -> bool:
    """Does a page without a part of its own in the address answer here? Others may be gone one by one."""
    for written in (path, f"{path}/"):
        try:
            if not resolve(written).kwargs:
                return True
        except Resolver404:
            continue
    return False
