"""The list of recipients as a page shows it: its make-up in bars, its filters, its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nahtstelle.register.people.models import LANGUAGES
from nahtstelle.register.programmes.models import Engagement, Programme
from nahtstelle.register.vocabulary.models import Concept

from ..counting import Counts
from ..models import Dispatch, LeftOut, Recipient
from ..queries import LOST, Concerned, Only, because

# How the parts of a list are called in an address.
PARAMETERS = {
    "programme": "programm",
    "region": "land",
    "role": "rolle",
    "language": "sprache",
    "answer": "antwort",
    "fate": "brief",
}


def only_of(query: QueryDict) -> Only:
    """The part of the list an address asks for; nonsense asks for nothing."""
    given = {name: query.get(parameter, "") for name, parameter in PARAMETERS.items()}
    return Only(
        programme=_number(given["programme"]),
        region=_number(given["region"]),
        role=_among(given["role"], Engagement.Role.values),
        language=_among(given["language"], dict(LANGUAGES)),
        answer=_among(given["answer"], ["none", *Recipient.Answer.values]),
        fate=_among(given["fate"], ["left-out", "lost"]),
    )


def _number(words: str) -> int | None:
    return int(words) if words.isdecimal() and words.isascii() and len(words) < 16 else None


def _among(words: str, known: Iterable[str]) -> str:
    return words if words in known else ""


def address(only: Only) -> str:
    """The query that asks for this part, with a jump to the list."""
    given = {PARAMETERS[name]: value for name, value in asdict(only).items() if value not in (None, "")}
    return f"?{urlencode(given)}#liste"


@dataclass(frozen=True, slots=True)
class Names:
    """What the values of a list are called in the active language."""

    programmes: Mapping[int, str]
    regions: Mapping[int, str]
    roles: Mapping[str, str]
    languages: Mapping[str, str]
    answers: Mapping[str, str]
    fates: Mapping[str, str]


def names_for(counts: Counts, only: Only) -> Names:
    """The names of all that is counted or asked for, in two queries."""
    regions = Concept.objects.filter(pk__in={*counts.regions, only.region or 0})
    return Names(
        programmes={
            one.pk: one.short_name for one in Programme.objects.filter(pk__in={*counts.programmes, only.programme or 0})
        },
        regions={0: _("no Land in particular")} | {one.pk: one.name for one in regions},
        roles={value: str(label) for value, label in Engagement.Role.choices},
        languages={code: str(name) for code, name in LANGUAGES},
        answers={"none": _("no answer yet")} | {value: str(label) for value, label in Recipient.Answer.choices},
        fates={"left-out": _("gets no letter"), "lost": _("came back or given up")},
    )


def bars(counts: Counts, names: Names, only: Only) -> list[dict[str, Any]]:
    """Who is on the list, counted four ways; each bar is as long as its share of all who are written to."""
    # The Länder last: they are many, and stand in a column of their own.
    groups = [
        ("programme", _("By programme"), counts.programmes, names.programmes),
        ("role", _("By role"), counts.roles, names.roles),
        ("language", _("By language"), counts.languages, names.languages),
        ("region", _("By Land"), counts.regions, names.regions),
    ]
    return [
        {"label": label, "rows": _bar_rows(part, numbers, called, counts.total, only)}
        for part, label, numbers, called in groups
        if numbers
    ]


def answer_bars(answers: Mapping[str, int], names: Names, only: Only) -> dict[str, Any]:
    """What people did with it, in the order of the answers."""
    numbers = {value or "none": number for value, number in answers.items()}
    rows = _bar_rows("answer", numbers, names.answers, sum(numbers.values()), only)
    order = [*Recipient.Answer.values, "none"]
    return {"label": _("What people did with it"), "rows": sorted(rows, key=lambda row: order.index(row["value"]))}


def _bar_rows(
    part: str, numbers: Mapping[Any, int], called: Mapping[Any, str], total: int, only: Only
) -> list[dict[str, Any]]:
    rows = [
        {
            "value": value,
            "label": called.get(value, str(value)),
            "number": number,
            "percent": round(100 * number / total) if total else 0,
            "url": address(replace(only, **{part: value})),
            "current": getattr(only, part) == value,
        }
        for value, number in numbers.items()
    ]
    return sorted(rows, key=lambda row: (-row["number"], row["label"]))


def left_out_lines(counts: Counts) -> list[str]:
    """Who gets no letter, as sentences: "3: wants no letters on changes of law"."""
    return [f"{counts.left_out[value]}: {label}" for value, label in LeftOut.choices if counts.left_out.get(value)]


def chips(only: Only, names: Names) -> list[dict[str, str]]:
    """The filters in force, as ``filter_chips`` wants them."""
    parts = [
        ("programme", _("Programme"), names.programmes),
        ("region", _("Land"), names.regions),
        ("role", _("Role"), names.roles),
        ("language", _("Language"), names.languages),
        ("answer", _("Answer"), names.answers),
        ("fate", _("Letter"), names.fates),
    ]
    empty = Only()
    return [
        {
            "facet": facet,
            "label": called.get(getattr(only, part), str(getattr(only, part))),
            "url": address(replace(only, **{part: getattr(empty, part)})),
        }
        for part, facet, called in parts
        if getattr(only, part) != getattr(empty, part)
    ]


def rows_to_be(people: Iterable[Concerned]) -> dict[str, Any]:
    """The list as it would be fixed today."""
    languages = dict(LANGUAGES)
    columns = [{"label": _("Person"), "kind": "head"}, _("Because of"), _("Language"), _("Letter")]
    rows = [
        [
            {"text": one.person.name, "note": one.person.mail},
            one.because,
            str(languages.get(one.person.language, one.person.language)),
            _left_out(one.left_out) if one.left_out else _("after approval"),
        ]
        for one in people
    ]
    return {"columns": columns, "rows": rows}


def rows_fixed(dispatch: Dispatch, recipients: Iterable[Recipient], letter_address: str) -> dict[str, Any]:
    """The fixed list; each person's letter can be opened."""
    written = dispatch.state in (Dispatch.State.APPROVED, Dispatch.State.SENT)
    columns: list[Any] = [{"label": _("Person"), "kind": "head"}, _("Because of"), _("Language"), _("Letter")]
    if dispatch.state == Dispatch.State.SENT:
        columns.append(_("Answer"))
    rows = []
    for one in recipients:
        row: list[Any] = [
            {"text": one.person.name, "note": one.person.mail},
            because(one.reasons.all()),
            str(one.get_language_display()),
            _letter(one, f"{letter_address.format(language=one.language)}?an={one.pk}", written=written),
        ]
        if dispatch.state == Dispatch.State.SENT:
            row.append(str(one.get_answer_display()))
        rows.append(row)
    return {"columns": columns, "rows": rows}


def _letter(recipient: Recipient, address: str, *, written: bool) -> dict[str, Any]:
    if recipient.left_out:
        return _left_out(recipient.left_out)
    if not written:
        return {"text": _("read it beforehand"), "url": address}
    if recipient.letter is None:
        cleared = recipient.dispatch.state == Dispatch.State.SENT
        return {"text": _("cleared away") if cleared else _("is being written"), "url": address}
    shown = {"text": str(recipient.letter.get_state_display()), "url": address}
    return shown | ({"badge": {"label": _("lost"), "tone": "danger"}} if recipient.letter.state in LOST else {})


def _left_out(why: str) -> dict[str, Any]:
    return {"badge": {"label": _("gets no letter"), "tone": "warning"}, "note": str(LeftOut(why).label)}


def warnings(dispatch: Dispatch, *, before: int, strangers: int) -> list[str]:
    """What a careful person wants to know before so many people are written to."""
    found = []
    if before:
        found.append(
            ngettext(
                "%(n)d person on this list already got a letter that leads to this text.",
                "%(n)d people on this list already got a letter that leads to this text.",
                before,
            )
            % {"n": before}
        )
    if strangers:
        found.append(
            ngettext(
                "The text is only for people in the programmes who sign in; %(n)d person on this list has no account.",
                "The text is only for people in the programmes who sign in; %(n)d people on this list have no account.",
                strangers,
            )
            % {"n": strangers}
        )
    return found
