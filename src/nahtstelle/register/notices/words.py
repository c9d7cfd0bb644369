"""What this room tells people itself: of duties that change, and of mail that does not arrive."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, override

from . import kinds
from .models import LANGUAGES

MAIL = _("Mail that does not arrive")
DUTIES = _("Duties")


def declare() -> None:
    """Called once at start."""
    duties = {
        "duties.received": _("%(who)s has handed a duty on to you: “%(title)s”, due on %(due_on)s."),
        "duties.handed-on": _("The duty about “%(title)s” is now with %(to)s (handed on by %(who)s)."),
        "duties.settled": _("%(who)s has settled the duty about “%(title)s”: %(how)s"),
        "duties.dropped": _("%(who)s has dropped the duty about “%(title)s” as no longer needed: %(how)s"),
        "duties.due": ngettext_lazy(
            "One of your duties falls due soon or is overdue.",
            "%(count)d of your duties fall due soon or are overdue.",
            "count",
        ),
        "duties.overdue": ngettext_lazy(
            "One duty is long overdue and was brought to you.",
            "%(count)d duties are long overdue and were brought to you.",
            "count",
        ),
        "duties.unreachable": ngettext_lazy(
            "One duty lies on the coordinators' desk: %(because)s.",
            "%(count)d duties lie on the coordinators' desk: %(because)s.",
            "count",
        ),
    }
    mail = {
        "notices.letter-lost": _("The letter “%(subject)s” to %(to)s was given up: %(reason)s"),
        "notices.mail-server": _("The mail server cannot be used; letters wait in the outbox. It says: %(reason)s"),
        "notices.bounced": _("Mail to %(to)s came back: %(reason)s"),
        "notices.bounce-unread": _("A mail that came back could not be read. It begins: %(excerpt)s"),
    }
    for label, sentences in ((DUTIES, duties), (MAIL, mail)):
        for name, sentence in sentences.items():
            kinds.declare(name, label=label, sentence=sentence)


def in_every_language(text: object) -> dict[str, str]:
    """A lazy text as a word of a notice, which is read later and by people of either language."""
    worded = {}
    for language, _name in LANGUAGES:
        with override(language):
            worded[language] = str(text)
    return worded
