"""Who may do what in the library by their role at the centre; teams of reviews have rules of their own."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.models import CentreRole
from nahtstelle.register.people.rules import check_role

Role = CentreRole.Role
READERS = tuple(Role)
LIBRARIANS = (Role.RESEARCHER, Role.EDITOR, Role.LEAD)


def check_may_read(account: object, *, on: date) -> None:
    """Works, records and cards that are not public."""
    check_role(account, READERS, on=on, sentence=_("The library is for staff of the centre."))


def check_may_keep(account: object, *, on: date) -> None:
    """Import, correct, merge, assess, and begin reviews."""
    check_role(
        account,
        LIBRARIANS,
        on=on,
        sentence=_("Only researchers, editors and the head of the centre keep the library."),
    )
