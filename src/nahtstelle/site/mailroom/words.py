"""What the mail room tells people."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.notices import kinds as notice_kinds

ASSIGNED = "mailroom.assigned"


def declare() -> None:
    """Called once at start."""
    notice_kinds.declare(ASSIGNED, label=_("Incoming mail"), sentence=_("%(who)s has given you a mail: “%(subject)s”."))
