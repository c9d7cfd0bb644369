"""Changes of provisions, in words and side by side."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nahtstelle.engines.lawtext.synopsis import SynopsisRow, synopsis
from nahtstelle.plumbing.look.dates import day as written

from ..models import Change, Law, Provision, Reading, Wording
from ..wordings import norm_from

DASH = "–"
TONES = {"added": "accent", "re-enacted": "accent", "repealed": "danger", "removed": "danger", "merged": "danger"}


def synopsis_rows(old: Wording | None, new: Wording | None) -> list[SynopsisRow]:
    """The rows of the look's synopsis: both wordings side by side, word for word."""
    return list(synopsis(norm_from(old) if old else None, norm_from(new) if new else None))


def kind_word(kind: str) -> str:
    return {
        "added": pgettext("provision", "new"),
        "removed": _("no longer there"),
        "amended": _("amended"),
        "renumbered": _("renumbered"),
        "split": _("split off"),
        "merged": _("merged into another"),
        "repealed": pgettext("provision", "repealed"),
        "re-enacted": _("in force again"),
    }.get(kind, kind)


def class_word(name: str) -> str:
    return {
        "text": _("wording"),
        "heading": _("heading"),
        "notes": _("editors' note"),
        "structure": _("place in the law"),
        "repromulgation": _("re-promulgation"),
        "rebuild": _("file rebuilt only"),
    }.get(name, name)


@dataclass(frozen=True, slots=True)
class ShownChange:
    title: str
    heading: str
    url: str
    synopsis_url: str
    kind: str
    tone: str
    classes: str
    substance: bool
    law: str = ""
    day: date | None = None

    @property
    def badges(self) -> list[dict[str, str]]:
        return [{"label": self.kind, "tone": self.tone}]

    @property
    def row(self) -> list[Any]:
        """For a table of provision, kind and heading, with the way to the synopsis."""
        return [
            {"text": self.title, "url": self.url, "note": self.heading},
            {"badge": self.badges[0]},
            {"text": _("Compare"), "url": self.synopsis_url},
        ]

    @property
    def formal_row(self) -> list[Any]:
        """For a table of what does not change the law: provision, what was touched."""
        return [{"text": self.title, "url": self.url, "note": self.heading}, self.classes]


def shown_change(change: Change, law: Law) -> ShownChange:
    """A change of a provision of ``law``; needs its provision and its newer reading at hand."""
    old, new = change.old_designation, change.new_designation
    title = f"{old} → {new}" if old and new and old != new else new or old
    return ShownChange(
        title=title,
        heading=change.provision.title,
        url=provision_url(law, change.provision),
        synopsis_url=synopsis_url(law, change.provision_id, change.before_id, change.reading_id),
        kind=kind_word(change.kind),
        tone=TONES.get(change.kind, "neutral") if change.substance else "neutral",
        classes=", ".join(class_word(name) for name in change.classes) or DASH,
        substance=change.substance,
        law=law.citation,
        day=change.reading.first_seen,
    )


def provision_url(law: Law, provision: Provision, day: date | None = None) -> str:
    address = reverse("law:provision", args=[law.slug, provision.pk])
    return f"{address}?am={day.isoformat()}" if day else address


def synopsis_url(law: Law, provision_id: int, old_reading: int, new_reading: int) -> str:
    return reverse("law:synopsis", args=[law.slug, provision_id]) + f"?alt={old_reading}&neu={new_reading}"


def reading_label(reading: Reading) -> str:
    """The days a reading was seen on: "6. März 2024" or "6. März 2024 – 5. Juni 2024"."""
    if reading.first_seen == reading.last_seen:
        return written(reading.first_seen)
    return f"{written(reading.first_seen, 'short')} {DASH} {written(reading.last_seen, 'short')}"
