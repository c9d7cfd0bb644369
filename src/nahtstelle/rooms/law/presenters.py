"""What the pages of the room law show: plain values in the reader's language, no queries."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nahtstelle.engines.lawtext.synopsis import Side, synopsis
from nahtstelle.engines.lawtext.values import BlockKind
from nahtstelle.engines.lawtext.wording import PieceKind

from .models import Change, ImportItem, Law, PlannedChange, Provision, Reading, Sighting, Wording
from .queries import AsAt, Certainty, Span
from .wordings import norm_from

DASH = "–"
PIECES = {PieceKind.SAME: "same", PieceKind.REMOVED: "del", PieceKind.ADDED: "ins"}


@dataclass(frozen=True, slots=True)
class Line:
    kind: str
    depth: int
    marker: str
    text: str
    anchor: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together on the page: a table's rows, or one line of running text."""

    table: bool
    lines: list[Line]


def wording_groups(wording: Wording) -> list[Group]:
    """A wording's lines, ready to be drawn; the rows of a table stand together."""
    lines = [_line(wording.text, *block) for block in wording.blocks]
    groups = []
    for is_row, members in groupby(lines, key=lambda line: line.kind == BlockKind.ROW):
        if is_row:
            groups.append(Group(True, list(members)))
        else:
            groups += [Group(False, [line]) for line in members]
    return groups


def _line(text: str, kind: str, start: int, end: int, depth: int, marker: str) -> Line:
    words = text[start:end]
    anchor = ""
    if kind == BlockKind.PARAGRAPH and words.startswith("(") and ")" in words[:6]:
        anchor = f"abs-{words[1 : words.index(')')]}"
    body = words.removeprefix(marker).lstrip() if marker else words
    cells = tuple(words.split("\t")) if kind == BlockKind.ROW else ()
    return Line(kind, depth, marker, body, anchor, cells)


def synopsis_rows(old: Wording | None, new: Wording | None) -> list[dict[str, Any]]:
    """The rows of the look's synopsis: both wordings side by side, word for word."""
    rows = synopsis(norm_from(old) if old else None, norm_from(new) if new else None)
    return [{"label": "", "old": _segments(row.left), "new": _segments(row.right), "url": ""} for row in rows]


def _segments(side: Side | None) -> list[tuple[str, str]]:
    return [] if side is None else [(PIECES[piece.kind], piece.text) for piece in side.pieces]


def certainty_sentence(answer: AsAt) -> str:
    """How sure the answer is, in one sentence."""
    if answer.certainty is Certainty.BEFORE:
        return _("Before our first reading: what the provision said then is not known to us.")
    if answer.certainty is Certainty.LATEST:
        return _("Last seen on %(day)s; nothing newer is known to us.") % {"day": _day(answer.last_seen)}
    if answer.certainty is Certainty.SEEN:
        return _("This text was seen before and after this day without a change.")
    said = _("Not known for this day: this text was last seen on %(last)s, the next one first on %(next)s.") % {
        "last": _day(answer.last_seen),
        "next": _day(answer.next_seen),
    }
    if answer.announced:
        days = ", ".join(_day(day) for day in answer.announced)
        said += " " + _("An amendment had been announced for %s.") % days
    return said


def _day(day: date | None) -> str:
    return date_format(day) if day else DASH


def kind_word(kind: str) -> str:
    return {
        "added": _("new provision"), "removed": _("no longer there"), "amended": _("amended"),
        "renumbered": _("renumbered"), "split": _("split off"), "merged": _("merged into another"),
        "repealed": _("repealed"), "re-enacted": _("in force again"),
    }.get(kind, kind)  # fmt: skip


def class_word(name: str) -> str:
    return {
        "text": _("text"), "heading": _("heading"), "notes": _("editors' note"), "structure": _("place in the law"),
        "repromulgation": _("re-promulgation"), "rebuild": _("file rebuilt only"),
    }.get(name, name)  # fmt: skip


TONES = {"added": "success", "repealed": "danger", "removed": "danger", "merged": "danger", "renumbered": "info"}


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


def shown_change(change: Change, law: Law) -> ShownChange:
    moved = change.old_designation and change.new_designation and change.old_designation != change.new_designation
    title = (
        f"{change.old_designation} → {change.new_designation}"
        if moved
        else change.new_designation or change.old_designation
    )
    return ShownChange(
        title=title,
        heading=change.provision.title,
        url=provision_url(law, change.provision),
        synopsis_url=reverse("law:synopsis", args=[law.slug, change.provision_id])
        + f"?alt={change.before_id}&neu={change.reading_id}",
        kind=kind_word(change.kind),
        tone=TONES.get(change.kind, "warning") if change.substance else "neutral",
        classes=", ".join(class_word(name) for name in change.classes),
        substance=change.substance,
        law=law.citation,
        day=change.reading.first_seen,
    )


def provision_url(law: Law, provision: Provision) -> str:
    return reverse("law:provision", args=[law.slug, provision.pk])


def span_entries(provision: Provision, spans: list[Span], *, today: date) -> list[dict[str, Any]]:
    """The timeline of a provision, newest first, for the look's timeline."""
    entries = []
    law = provision.law
    for index, span in enumerate(spans):
        earlier = spans[index - 1] if index else None
        last = index == len(spans) - 1
        if span.sighting is None:
            title = _("Not in the law")
            url = ""
        elif span.sighting.repealed:
            title, url = _("Repealed"), _as_at_url(provision, span.first_seen)
        elif earlier is None:
            title, url = _("First reading known to us"), _as_at_url(provision, span.first_seen)
        else:
            title, url = _("New wording"), _as_at_url(provision, span.first_seen)
        if span.sighting and earlier and earlier.sighting and span.sighting.designation != earlier.sighting.designation:
            title = _("Renumbered: %(old)s is now %(new)s") % {
                "old": earlier.sighting.designation, "new": span.sighting.designation,
            }  # fmt: skip
        bounds = _("seen from %(first)s to %(last)s") % {"first": _day(span.first_seen), "last": _day(span.last_seen)}
        if span.before:
            bounds = _("changed after %(before)s, at the latest on %(first)s") % {
                "before": _day(span.before), "first": _day(span.first_seen),
            } + "; " + bounds  # fmt: skip
        note = ""
        if earlier and earlier.sighting and span.sighting:
            url = (
                reverse("law:synopsis", args=[law.slug, provision.pk])
                + f"?alt={earlier.sighting.reading_id}&neu={span.sighting.reading_id}"
            )
            note = _("Compare with the wording before")
        entries.append(
            {
                "date": span.first_seen,
                "title": title,
                "text": bounds,
                "url": url,
                "note": note,
                "state": "current" if last else "past",
            }  # fmt: skip
        )
    return entries[::-1]


def plan_entries(plans: list[PlannedChange], *, today: date) -> list[dict[str, Any]]:
    """What acts plan for a provision, for the timeline: ahead, in force, or taken back."""
    return [
        {
            "date": plan.in_force,
            "title": f"{plan.get_kind_display()}: {plan.old_citation or DASH} → {plan.new_citation or DASH}",
            "text": plan.summary if not plan.reversed_on else _("Taken back on %(day)s: %(why)s") % {
                "day": _day(plan.reversed_on), "why": plan.reversal_reason},
            "url": reverse("law:act", args=[plan.act.slug]),
            "state": "reversed" if plan.reversed_on else "future" if not plan.in_force or plan.in_force > today else "past",
            "note": str(plan.act),
        }
        for plan in plans
    ]  # fmt: skip


def _as_at_url(provision: Provision, day: date) -> str:
    return f"{provision_url(provision.law, provision)}?am={day.isoformat()}"


@dataclass(slots=True)
class Chapter:
    """A heading of the law's structure and the provisions below it."""

    heading: str
    depth: int
    entries: list[dict[str, Any]] = field(default_factory=list)


def chapters(law: Law, sightings: list[Sighting], *, day: date | None) -> list[Chapter]:
    """The contents of a reading by its own structure."""
    found: list[Chapter] = []
    path: list[str] = []
    for sighting in sightings:
        if sighting.provision.kind == "structure":
            continue
        if sighting.structure != path or not found:
            path = sighting.structure
            found.append(Chapter(path[-1] if path else "", len(path)))
        suffix = f"?am={day.isoformat()}" if day else ""
        found[-1].entries.append(
            {
                "designation": sighting.designation,
                "title": sighting.provision.title,
                "url": provision_url(law, sighting.provision) + suffix,
                "repealed": sighting.repealed,
            }
        )
    return found


def item_row(item: ImportItem) -> list[Any]:
    """One file of an import for the table."""
    state = {"text": item.get_state_display(), "badge": ITEM_TONES.get(item.state, "neutral")}
    effect = item.trouble or _effect(item)
    return [item.name, item.law_name or DASH, state, effect]


ITEM_TONES = {"refused": "danger", "newer": "warning", "new_law": "success", "late": "info"}


def _effect(item: ImportItem) -> str:
    preview = item.preview
    if "provisions" in preview:
        return _("%d provisions come into stock") % preview["provisions"]
    if "changed" in preview:
        if not preview["changed"]:
            return _("no change of substance")
        names = ", ".join(preview["names"])
        more = preview["changed"] - len(preview["names"])
        return names + (" " + _("and %d more") % more if more > 0 else "")
    return DASH


def reading_label(reading: Reading) -> str:
    if reading.first_seen == reading.last_seen:
        return _day(reading.first_seen)
    return f"{_day(reading.first_seen)} {DASH} {_day(reading.last_seen)}"
