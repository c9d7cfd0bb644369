"""What this room tells people: the sentences of its duties and notices."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.duties import kinds as duty_kinds
from nahtstelle.register.notices import kinds as notice_kinds
from nahtstelle.register.notices.words import in_every_language
from nahtstelle.rooms.library.models import Notice, Work

from .models import DUTY_KIND, Wave

NOTICE_KIND = "outputs.law-changed"
STUDY_NOTICE = "outputs.study-changed"
NEWS_NOTICE = "outputs.new-studies"
STEP_NOTICE = "outputs.step"
RELEASE_NOTICE = "outputs.release-wanted"
UNPUBLISHED_NOTICE = "outputs.not-published"


def declare() -> None:
    """Called once at start."""
    duty_kinds.declare(
        DUTY_KIND,
        label=_("Check what a text rests on"),
        sentence=_("Check “%(title)s”: something it rests on has changed"),
    )
    notice_kinds.declare(
        NOTICE_KIND,
        label=_("Law has changed"),
        sentence=_("%(law)s has changed; texts of yours cite it. Please answer by %(due_on)s."),
    )
    notice_kinds.declare(
        STUDY_NOTICE,
        label=_("Cited studies"),
        sentence=_("%(what)s: “%(study)s”; texts of yours cite it. Please answer by %(due_on)s."),
    )
    notice_kinds.declare(
        NEWS_NOTICE,
        label=_("New studies for your dossiers"),
        sentence=_("New studies fit “%(title)s”: %(studies)s"),
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


# What befell a work, as the start of a sentence.
HAPPENED = {
    Notice.Kind.RETRACTION: _("A study was retracted"),
    Notice.Kind.CONCERN: _("There are doubts about a study"),
    Notice.Kind.SUPERSEDED: _("A study was replaced by a newer one"),
    Notice.Kind.CORRECTION: _("A study was corrected"),
}
ASSESSED_ANEW = _("Our assessment of a study has changed")
NO_LONGER_ASSESSED = _("Our assessment of a study was withdrawn")


def what_happened(wave: Wave) -> Any:
    """What befell the work of a wave, lazily in the reader's language."""
    if wave.notice is not None:
        return HAPPENED[Notice.Kind(wave.notice.kind)]
    return NO_LONGER_ASSESSED if wave.card_withdrawn else ASSESSED_ANEW


def short_name(work: Work) -> str:
    """A work in a few words: who, when, what."""
    who = work.authors[0][0] if work.authors and work.authors[0] else ""
    begun = f"{who} et al." if len(work.authors) > 2 else " & ".join(one[0] for one in work.authors[:2] if one)
    when = str(work.year or "")
    head = " ".join(part for part in (begun, when) if part)
    title = work.title if len(work.title) <= 120 else work.title[:119].rstrip() + "…"
    return f"{head}: {title}" if head else title


def notice_of(wave: Wave, *, due: date) -> tuple[str, dict[str, Any]]:
    """The kind and the words of the notice that owners get."""
    if wave.law is not None:
        return NOTICE_KIND, {"law": wave.law.citation, "due_on": due.isoformat()}
    assert wave.work is not None
    words = {"what": in_every_language(what_happened(wave)), "study": short_name(wave.work), "due_on": due.isoformat()}
    return STUDY_NOTICE, words


def why(wave: Wave) -> tuple[str, str]:
    """Why the duty of a wave is owed, in German and English."""
    sentences = []
    for language in ("de", "en"):
        with override(language):
            sentences.append(_why(wave))
    return sentences[0], sentences[1]


def _why(wave: Wave) -> str:
    if wave.law is None:
        assert wave.work is not None
        said = gettext("%(what)s: “%(study)s”. Sentences of this text rest on it.")
        return said % {"what": what_happened(wave), "study": short_name(wave.work)}
    if wave.reading is not None:
        return gettext("%(law)s has a new reading, first seen on %(day)s; it changes provisions this text cites.") % {
            "law": wave.law.citation, "day": date_format(wave.reading.first_seen),
        }  # fmt: skip
    return gettext("%(act)s changes provisions of %(law)s that this text cites.") % {
        "act": wave.act, "law": wave.law.citation,
    }  # fmt: skip
