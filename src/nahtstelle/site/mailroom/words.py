"""What the mail room tells people."""

from django.utils.translation import gettext_lazy as _

from nahtstelle.register.notices import kinds as notice_kinds

ASSIGNED, ANSWERED = "mailroom.assigned", "mailroom.answered"


def declare() -> None:
    """Called once at start."""
    sentences = {
        ASSIGNED: _("%(who)s has given you a mail: “%(subject)s”."),
        ANSWERED: _("A mail answers what you asked about “%(about)s”: “%(subject)s”."),
    }
    for name, sentence in sentences.items():
        notice_kinds.declare(name, label=_("Incoming mail"), sentence=sentence)
