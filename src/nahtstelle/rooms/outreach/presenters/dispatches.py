"""A dispatch as its page and the list of dispatches show it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nahtstelle.plumbing.look.dates import day
from nahtstelle.register.programmes.models import Engagement
from nahtstelle.register.vocabulary.models import spoken

from ..counting import Fate
from ..models import Dispatch, Recipient
from ..queries import because

State = Dispatch.State
ROAD = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.SENT)
TONES = {
    State.DRAFT: "neutral",
    State.SUBMITTED: "warning",
    State.APPROVED: "info",
    State.SENT: "success",
    State.CANCELLED: "neutral",
}


def title(dispatch: Dispatch) -> str:
    return spoken(dispatch, "subject")


def state_badge(dispatch: Dispatch) -> dict[str, str]:
    return {"label": str(dispatch.get_state_display()), "tone": TONES[State(dispatch.state)]}


def tabs(numbers: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """The states as views of the list of dispatches; those nobody is in are left out."""
    all_ = {"label": _("All"), "url": "?", "current": not chosen, "count": sum(numbers.values())}
    return [
        all_,
        *(
            {
                "label": str(State(value).label),
                "url": f"?stand={value}",
                "current": value == chosen,
                "count": numbers[value],
            }
            for value in State.values
            if value in numbers
        ),
    ]


def table(dispatches: Iterable[Dispatch]) -> dict[str, Any]:
    """The list of dispatches, as ``data_table`` wants it."""
    columns = [
        {"label": _("Subject"), "kind": "head"},
        {"label": _("State")},
        {"label": _("Recipients"), "kind": "number"},
        {"label": _("Answers"), "kind": "number"},
        {"label": _("Prepared")},
        {"label": _("Approved")},
    ]
    rows = [
        [
            {"text": title(one), "url": reverse("outreach:dispatch", args=[one.pk])},
            {"badge": state_badge(one)},
            one.listed if one.state in ROAD[1:] else None,
            one.answered if one.state == State.SENT else None,
            {"text": day(one.prepared_at, "short"), "note": one.prepared_by.person.name if one.prepared_by else ""},
            {"text": day(one.approved_at, "short"), "note": one.approved_by.person.name if one.approved_by else ""},
        ]
        for one in dispatches
    ]
    return {"columns": columns, "rows": rows}


def facts(dispatch: Dispatch) -> list[dict[str, Any]]:
    """To whom it goes and where it leads, as ``definition_list`` wants it."""
    roles = dict(Engagement.Role.choices)
    bulletin = dispatch.bulletin
    chosen = [
        (_("Programmes"), [one.short_name for one in dispatch.programmes.all()], _("all programmes")),
        (_("Länder"), [one.name for one in dispatch.regions.all()], _("all Länder")),
        (_("Roles"), [str(roles.get(role, role)) for role in dispatch.roles], _("all roles")),
        (_("Themes"), [one.name for one in dispatch.themes.all()], _("all themes")),
    ]
    return [
        {
            "term": _("Leads to"),
            "value": f"{bulletin.edition.title if bulletin.edition else bulletin.title} ({bulletin.get_state_display()})",
            "url": reverse("outputs:work", args=[bulletin.slug]),
        },
        *({"term": term, "value": ", ".join(names) or everything} for term, names, everything in chosen),
        {"term": _("Answers asked by"), "value": day(dispatch.ask_until) or _("no day named")},
    ]


def steps(dispatch: Dispatch) -> list[dict[str, Any]]:
    """How far it has come, as ``stepper`` wants it."""
    labels = [_("Prepared"), _("List fixed"), _("Approved by a second person"), _("Letters written")]
    who = [dispatch.prepared_by, dispatch.submitted_by, dispatch.approved_by, None]
    when = [dispatch.prepared_at, dispatch.submitted_at, dispatch.approved_at, None]
    if dispatch.state == State.CANCELLED:
        done, current = 1, len(labels)
    else:
        done = current = ROAD.index(State(dispatch.state)) + 1
    if dispatch.state == State.DRAFT:
        done = current = 0
    shown = []
    for number, label in enumerate(labels):
        state = "done" if number < done else "current" if number == current else "open"
        account = who[number]
        known = number < done and when[number]
        note = account.person.name if known and account else ""
        shown.append({"label": label, "state": state, "date": when[number] if known else None, "note": note})
    return shown


def tiles(fate: Fate, left_out: int) -> list[dict[str, Any]]:
    """What became of the letters, as ``figure_tile`` wants them."""
    rate = round(100 * fate.answered / fate.written) if fate.written else 0
    beside = ngettext("%(n)d person was left out", "%(n)d people were left out", left_out) % {"n": left_out}
    waiting = ngettext("%(n)d waits in the outbox", "%(n)d wait in the outbox", fate.waiting) % {"n": fate.waiting}
    forgotten = ngettext(
        "%(n)d is not kept any more, because of its age or an erasure",
        "%(n)d are not kept any more, because of their age or an erasure",
        fate.forgotten,
    ) % {"n": fate.forgotten}
    beyond = ", ".join([waiting] * bool(fate.waiting) + [forgotten] * bool(fate.forgotten))
    shown = [
        (_("letters written"), fate.written, beside if left_out else ""),
        (_("handed to the mail server"), fate.sent, beyond),
        (_("came back or given up"), fate.lost, ""),
        (_("people who answered"), fate.answered, _("%(rate)d percent of those written to") % {"rate": rate}),
    ]
    return [{"label": label, "value": value, "note": note} for label, value, note in shown]


def said(recipients: Iterable[Recipient]) -> list[dict[str, str]]:
    """What people wrote in their own words."""
    return [
        {
            "words": one.words,
            "who": f"{one.person.name}, {because(one.reasons.all())}",
            "answer": str(one.get_answer_display()),
            "when": day(one.answered_at),
        }
        for one in recipients
    ]
