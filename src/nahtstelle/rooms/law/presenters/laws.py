"""Lists of laws, and a law's contents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nahtstelle.plumbing.look.dates import day as written

from ..models import Law, Sighting
from .changes import provision_url

PORTAL = "https://www.gesetze-im-internet.de"
MANY_CHAPTERS = 3
REAL_GAZETTES = ("BGBl", "RGBl", "BAnz")


def official_url(law: Law, slug: str = "") -> str:
    """The law's page at the official portal; "" for the invented laws of the demo."""
    if settings.DEMO and not law.gazette.startswith(REAL_GAZETTES):
        return ""
    return f"{PORTAL}/{slug or law.slug}/"


def law_rows(laws: Iterable[Any]) -> list[list[Any]]:
    """Laws of ``queries.laws`` for a table: name, last change, announced, last seen."""
    rows = []
    for law in laws:
        announced = ngettext("%(n)d announced", "%(n)d announced", law.announced_number) % {"n": law.announced_number}
        rows.append(
            [
                {
                    "text": law.citation,
                    "url": reverse("law:law", args=[law.slug]),
                    "note": law.short_title or law.long_title,
                },
                law.last_changed or {"text": _("none known"), "note": _since(law)},
                {"badge": {"label": announced, "tone": "info"}} if law.announced_number else "",
                {"text": law.last_seen, "badge": {"label": _("missing"), "tone": "warning"}}
                if law.missing_since
                else law.last_seen,
            ]
        )
    return rows


def _since(law: Any) -> str:
    return _("since %(day)s") % {"day": written(law.first_seen, "short")} if law.first_seen else ""


@dataclass(slots=True)
class Chapter:
    """A heading of the law's structure and the provisions below it. ``depth`` 1 is the outermost."""

    heading: str
    depth: int
    anchor: str = ""
    entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def level(self) -> int:
        """Which h element it gets, below the h2 of the contents."""
        return min(self.depth + 2, 6)


def chapters(
    law: Law, sightings: Sequence[Sighting], *, day: date | None, changed: Mapping[int, date] | None = None
) -> list[Chapter]:
    """The contents of a reading by its own structure; ``changed`` maps a provision to its last change of substance."""
    found: list[Chapter] = []
    path: list[str] = []
    for sighting in sightings:
        if sighting.provision.kind in ("structure", "contents"):
            continue
        if sighting.structure != path or not found:
            _open(found, path, sighting.structure)
            path = sighting.structure
        found[-1].entries.append(
            {
                "designation": sighting.designation,
                "title": sighting.wording.title,
                "url": provision_url(law, sighting.provision, day),
                "repealed": sighting.repealed,
                "changed": (changed or {}).get(sighting.provision_id),
            }
        )
    for number, chapter in enumerate(found, start=1):
        chapter.anchor = f"teil-{number}"
    return found


def _open(found: list[Chapter], before: Sequence[str], path: Sequence[str]) -> None:
    """Put down a heading for each level that differs from the one before; at least one to hold the entries."""
    same = 0
    while same < min(len(before), len(path)) and before[same] == path[same]:
        same += 1
    for depth in range(same, len(path)):
        found.append(Chapter(path[depth], depth + 1))
    if not path and any(chapter.heading for chapter in found):
        found.append(Chapter(_("Appendices"), 1))
    elif same == len(path):
        # Back on an upper level: its entries go on without a heading of their own.
        found.append(Chapter("", len(path)))


@dataclass(slots=True)
class Part:
    """An outermost heading and everything below it; long contents fold these on a phone."""

    heading: str
    anchor: str
    folds: bool
    chapters: list[Chapter]


def parts(found: Sequence[Chapter]) -> list[Part]:
    """Chapters under their outermost headings."""
    grouped: list[Part] = []
    long = len(found) > MANY_CHAPTERS
    for chapter in found:
        if chapter.depth == 1 and chapter.heading:
            grouped.append(Part(chapter.heading, chapter.anchor, long, [Chapter("", 1, "", chapter.entries)]))
        elif grouped and grouped[-1].heading and chapter.depth > 0:
            grouped[-1].chapters.append(chapter)
        else:
            grouped.append(Part("", "", False, [chapter]))
    return grouped


def jumps(found: Sequence[Chapter]) -> list[dict[str, str]]:
    """The outermost headings of a long law as links within the page."""
    outermost = [chapter for chapter in found if chapter.depth == 1 and chapter.heading]
    return [{"label": c.heading, "url": f"#{c.anchor}"} for c in outermost] if len(outermost) > MANY_CHAPTERS else []
