"""Provisions and laws through time: honest bounds, timelines, announcements."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nahtstelle.plumbing.look.dates import day as written
from nahtstelle.plumbing.look.dates import days_away

from ..models import Law, Provision, Reading
from ..queries import AsAt, Certainty, Outlook, Span
from .changes import DASH, provision_url, synopsis_url


def certainty_sentence(answer: AsAt) -> str:
    """How sure the answer is, in one sentence."""
    if answer.certainty is Certainty.BEFORE:
        if answer.next_seen is None:
            return _("We have no reading of this law.")
        return _("Our first reading is of %(day)s. What the provision said before that is not known to us.") % {
            "day": written(answer.next_seen)
        }
    days = {"last": written(answer.last_seen), "next": written(answer.next_seen)}
    if answer.certainty is Certainty.SEEN:
        if answer.sighting is None:
            return _("On this day the provision was not in the law.")
        return _("This text was seen before and after this day, without a change.")
    if answer.certainty is Certainty.LATEST:
        if answer.sighting is None:
            said = _("Not in the law when it was last seen on %(last)s.") % days
        else:
            said = _("Last seen on %(last)s; nothing newer is known to us.") % days
    elif answer.sighting is None:
        said = (
            _("Not certain for this day: until %(last)s the provision was not in the law, on %(next)s it was.") % days
        )
    else:
        said = (
            _("Not certain for this day: this text was last seen on %(last)s, the next one first on %(next)s.") % days
        )
    return said + _had_been_announced(answer.announced)


def _had_been_announced(announced: Sequence[date]) -> str:
    if not announced:
        return ""
    days = ", ".join(written(day) for day in announced)
    return " " + _("An amendment of the law had been announced for %(days)s.") % {"days": days}


def law_sentence(
    reading: Reading | None, certainty: Certainty, following: Reading | None, announced: Sequence[date] = ()
) -> str:
    """The same for a whole law: how sure it is that this reading is the one of the day."""
    first = following.first_seen if following else None
    if reading is None:
        return certainty_sentence(AsAt(date.min, Certainty.BEFORE, None, None, first))
    if certainty is Certainty.SEEN:
        if reading.first_seen == reading.last_seen:
            return _("This reading was seen on this very day.")
        return _("This reading was seen from %(first)s to %(last)s, without a change.") % {
            "first": written(reading.first_seen),
            "last": written(reading.last_seen),
        }
    days = {"last": written(reading.last_seen), "next": written(first)}
    if certainty is Certainty.LATEST:
        said = _("Last seen on %(last)s; nothing newer is known to us.") % days
    else:
        said = _("Not certain for this day: this reading was last seen on %(last)s, the next one first on %(next)s.")
        said %= days
    return said + _had_been_announced(announced)


def span_entries(provision: Provision, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """The timeline of a provision, newest first, for the look's timeline."""
    entries = []
    for index, span in enumerate(spans):
        earlier = spans[index - 1] if index else None
        last = index == len(spans) - 1
        entries.append(
            {
                "date": span.first_seen,
                "title": _span_title(span, earlier),
                "text": _bounds(span),
                "url": _span_url(provision, span, earlier),
                "note": _("Compare with the wording before") if _comparable(span, earlier) else "",
                "state": "seen" if last else "past",
            }
        )
    return entries[::-1]


def _comparable(span: Span, earlier: Span | None) -> bool:
    return bool(earlier and earlier.sighting and span.sighting)


def _span_title(span: Span, earlier: Span | None) -> str:
    if span.sighting is None:
        return _("Not in the law")
    if span.sighting.repealed:
        return _("Repealed")
    if earlier is None:
        return _("Came into the law") if span.before else _("First reading known to us")
    if earlier.sighting is None:
        return _("In the law again")
    if span.sighting.designation != earlier.sighting.designation:
        return _("Renumbered: %(old)s is now %(new)s") % {
            "old": earlier.sighting.designation,
            "new": span.sighting.designation,
        }
    if span.sighting.wording.text == earlier.sighting.wording.text:
        return _("Heading or editors' note changed")
    return _("New wording")


def _bounds(span: Span) -> str:
    if span.first_seen == span.last_seen:
        seen = _("seen on %(day)s") % {"day": written(span.first_seen, "short")}
    else:
        seen = _("seen from %(first)s to %(last)s") % {
            "first": written(span.first_seen, "short"),
            "last": written(span.last_seen, "short"),
        }
    if span.before is None:
        return seen
    changed = _("changed after %(before)s, at the latest on %(first)s") % {
        "before": written(span.before, "short"),
        "first": written(span.first_seen, "short"),
    }
    return f"{changed}; {seen}"


def _span_url(provision: Provision, span: Span, earlier: Span | None) -> str:
    if span.sighting is None:
        return ""
    if earlier and earlier.sighting:
        return synopsis_url(provision.law, provision.pk, earlier.sighting.reading_id, span.sighting.reading_id)
    return provision_url(provision.law, provision, span.first_seen)


def reading_entries(law: Law, readings: Sequence[Reading], changed: dict[int, int]) -> list[dict[str, Any]]:
    """The readings of a law, newest first; ``changed`` maps a reading to the provisions it changes in substance."""
    entries = []
    for index, reading in enumerate(readings):
        number = changed.get(reading.pk, 0)
        if reading.filed_late:
            title = _("filed later among the others")
        elif index == len(readings) - 1:
            title = _("first reading known to us")
        elif number:
            title = ngettext("%(n)d provision changed", "%(n)d provisions changed", number) % {"n": number}
        else:
            title = _("no change of substance")
        seen = ""
        if reading.first_seen != reading.last_seen:
            seen = _("seen until %(day)s") % {"day": written(reading.last_seen, "short")}
        entries.append(
            {
                "date": reading.first_seen,
                "title": title,
                "text": seen,
                "url": reverse("law:reading", args=[law.slug, reading.pk]),
                "state": "seen" if index == 0 else "past",
            }
        )
    return entries


def announcement_rows(announcements: Iterable[Any], *, today: date, with_law: bool) -> list[list[Any]]:
    """Announcements of ``queries.announcements`` for a table: day, law, what the editors wrote, since when."""
    rows = []
    for remark in announcements:
        if remark.in_force is None:
            when: Any = _("day open")
        else:
            when = {"text": remark.in_force, "note": _distance(remark, today=today)}
        row = [when, remark.text, _seen(remark)]
        if with_law:
            row.insert(1, {"text": remark.law.citation, "url": reverse("law:law", args=[remark.law.slug])})
        rows.append(row)
    return rows


def _distance(remark: Any, *, today: date) -> str:
    distance = days_away((remark.in_force - today).days)
    if remark.outlook == Outlook.LAGGING:
        return _("%(distance)s; the newest file does not show it yet") % {"distance": distance}
    if remark.outlook in (Outlook.UNSEEN, Outlook.VANISHED) and remark.in_force < today:
        return _("%(distance)s; the law was not seen since") % {"distance": distance}
    return distance


def _seen(remark: Any) -> Any:
    notes = []
    if remark.last_seen != remark.first_seen:
        notes.append(_("until %(day)s") % {"day": written(remark.last_seen, "short")})
    if remark.outlook == Outlook.VANISHED:
        notes.append(no_longer_announced())
    elif remark.outlook == Outlook.CAME:
        notes.append(_("the text changed, first seen on %(day)s") % {"day": written(remark.came_on, "short")})
    elif remark.outlook == Outlook.PASSED:
        notes.append(_("no change of the text was seen about that day"))
    elif not remark.pending:
        notes.append(_("recorded, but not yet in the text"))
    return {"text": remark.first_seen, "note": "; ".join(notes)}


def no_longer_announced() -> str:
    """Said of a remark that has gone before its day came. It does not mean that the amendment was cancelled."""
    return _("no longer announced in the newest file")


def announcement_lines(announcements: Iterable[Any]) -> list[dict[str, Any]]:
    """Announcements for a short list beside other things: law, day, and a word where the newest file is silent."""
    return [
        {
            "law": remark.law,
            "in_force": remark.in_force,
            "note": no_longer_announced() if remark.outlook == Outlook.VANISHED else "",
        }
        for remark in announcements
    ]


__all__ = [
    "DASH",
    "announcement_lines",
    "announcement_rows",
    "certainty_sentence",
    "law_sentence",
    "reading_entries",
    "span_entries",
]
