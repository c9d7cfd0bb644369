"""What may be said about the standing of a text: word, tone and icon, so that colour never speaks alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Status:
    """One standing: its short word for a badge, its sentence for a banner, how it is marked."""

    word: str | Promise
    sentence: str | Promise
    tone: str  # neutral, info, success, warning, danger
    icon: str  # an icon of KERN


STATUSES: dict[str, Status] = {
    "current": Status(pgettext_lazy("status", "Current"), _("This text is current."), "success", "success"),
    "under_review": Status(
        pgettext_lazy("status", "Under review"),
        _("This text is being reviewed because something it rests on has changed."),
        "warning",
        "autorenew",
    ),
    "announced": Status(
        pgettext_lazy("status", "Change announced"),
        _("A change has been announced that concerns this text."),
        "info",
        "calendar-today",
    ),
    "outdated": Status(
        pgettext_lazy("status", "Outdated"),
        _("This text no longer reflects the state of the law or of research."),
        "danger",
        "warning",
    ),
    "superseded": Status(
        pgettext_lazy("status", "Superseded"),
        _("This text has been replaced by a newer one."),
        "neutral",
        "arrow-forward",
    ),
    "withdrawn": Status(
        pgettext_lazy("status", "Withdrawn"),
        _("This text has been withdrawn and should no longer be used."),
        "danger",
        "close",
    ),
    "draft": Status(
        pgettext_lazy("status", "Draft"), _("This text is a draft and has not been released."), "neutral", "draft"
    ),
}

_ICON_OF_TONE = {"info": "info", "success": "success", "warning": "warning", "danger": "danger"}


def icon_of_tone(tone: str) -> str:
    """The icon that repeats a tone without colour; empty for tones that carry no judgement."""
    return _ICON_OF_TONE.get(tone, "")


def status_named(kind: str) -> Status:
    """The status of that name.

    Raises ``ValueError`` naming the permitted ones, so that a typing mistake cannot pass as "no banner".
    """
    try:
        return STATUSES[kind]
    except KeyError:
        raise ValueError(f"There is no status '{kind}'; there are {', '.join(STATUSES)}.") from None
