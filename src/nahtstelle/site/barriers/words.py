"""What people are told of reported barriers: the sentences of the duty and of the notice."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.duties import kinds as duty_kinds
from nahtstelle.register.notices import kinds as notice_kinds

from .actions import DUTY_KIND, NOTICE_KIND


def declare() -> None:
    """Called once at start."""
    duty_kinds.declare(DUTY_KIND, label=_("Reported barrier"), sentence=_("Answer a reported barrier: %(title)s"))
    notice_kinds.declare(
        NOTICE_KIND,
        label=_("Reported barriers"),
        sentence=_("A reader reported a barrier (%(page)s). Please answer by %(due_on)s."),
    )
