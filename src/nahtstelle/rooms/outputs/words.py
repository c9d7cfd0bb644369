"""What this room tells people: the sentences of its duties and notices."""

from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.duties import kinds as duty_kinds
from nahtstelle.register.notices import kinds as notice_kinds

from .models import DUTY_KIND, Wave

NOTICE_KIND = "outputs.law-changed"
STEP_NOTICE = "outputs.step"
RELEASE_NOTICE = "outputs.release-wanted"
UNPUBLISHED_NOTICE = "outputs.not-published"


def declare() -> None:
    """Called once at start."""
    duty_kinds.declare(
        DUTY_KIND, label=_("Check after a change of law"), sentence=_("Check “%(title)s” after a change of law")
    )
    notice_kinds.declare(
        NOTICE_KIND,
        label=_("Law has changed"),
        sentence=_("%(law)s has changed; texts of yours cite it. Please answer by %(due_on)s."),
    )
    notice_kinds.declare(STEP_NOTICE, label=_("Your texts"), sentence=_("“%(title)s”: %(step)s by %(who)s."))
    notice_kinds.declare(
        RELEASE_NOTICE, label=_("Releases"), sentence=_("“%(title)s” was signed off and waits for your release.")
    )
    notice_kinds.declare(
        UNPUBLISHED_NOTICE,
        label=_("Publication at a moment to come"),
        sentence=_("“%(title)s” was not published as planned: %(why)s"),
    )


def why(wave: Wave) -> tuple[str, str]:
    """Why the duty of a wave is owed, in German and English."""
    sentences = []
    for language in ("de", "en"):
        with override(language):
            if wave.reading is not None:
                sentences.append(
                    gettext("%(law)s has a new reading, first seen on %(day)s; it changes provisions this text cites.")
                    % {"law": wave.law.citation, "day": date_format(wave.reading.first_seen)}
                )
            else:
                sentences.append(
                    gettext("%(act)s changes provisions of %(law)s that this text cites.")
                    % {"act": wave.act, "law": wave.law.citation}
                )
    return sentences[0], sentences[1]
