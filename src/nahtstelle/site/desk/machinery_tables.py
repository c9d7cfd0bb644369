"""The machine room's figures and tables, as the components of the look want them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nahtstelle.plumbing.ledger.models import Chore, Delivery, Heartbeat
from nahtstelle.plumbing.ledger.presenters import entry_line
from nahtstelle.plumbing.ledger.queries import Health
from nahtstelle.register.notices.queries import Outbox

Row = list[Any]


def troubles(queue: Health, post: Outbox, workers: list[Heartbeat], *, mail_host: str) -> list[dict[str, str]]:
    """What a person should look at, the worst first; empty when all is well."""
    found = []
    if not workers:
        found.append(
            (
                "danger",
                _("No worker is running"),
                _("Nothing is delivered and no letter goes out until one runs again."),
            )
        )
    if queue.stuck:
        text = ngettext(
            "One delivery was given up after many attempts. Read its error and try again when it is mended.",
            "%(number)d deliveries were given up after many attempts. Read their errors and try again when mended.",
            queue.stuck,
        )
        found.append(("danger", _("Something is stuck"), text % {"number": queue.stuck}))
    elif not queue.well:
        age = {"age": lasting(queue.oldest_wait)}
        found.append(("warning", _("The queue is slow"), _("The oldest delivery has been waiting for %(age)s.") % age))
    if not mail_host:
        text = _("Letters wait in the outbox until NAHTSTELLE_MAIL_HOST is set.")
        found.append(("note", _("No mail server is set"), text))
    elif post.oldest_wait and post.oldest_wait > timedelta(minutes=15):
        age = {"age": lasting(post.oldest_wait)}
        found.append(("warning", _("Letters are late"), _("The longest waits for %(age)s.") % age))
    return [{"kind": kind, "title": title, "text": text} for kind, title, text in found]


def tiles(queue: Health, post: Outbox) -> list[dict[str, Any]]:
    resting = _("%(number)s rest after a failure") % {"number": queue.resting}
    return [
        {"label": _("Deliveries waiting"), "value": queue.waiting, "note": resting},
        {"label": _("Oldest delivery"), "value": lasting(queue.oldest_wait), "note": ""},
        {"label": _("Deliveries given up"), "value": queue.stuck, "note": ""},
        {
            "label": _("Letters waiting"),
            "value": post.waiting + post.sending,
            "note": _("%(number)s put off for later") % {"number": post.resting},
        },
        {"label": _("Letters sent within a day"), "value": post.sent_lately, "note": ""},
        {
            "label": _("Letters given up"),
            "value": post.given_up,
            "note": _("%(number)s came back") % {"number": post.came_back},
        },
    ]


def lasting(span: timedelta | None) -> str:
    """A span of time in its largest unit."""
    if span is None:
        return "–"
    seconds = int(span.total_seconds())
    if seconds < 120:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    if seconds < 7200:
        return ngettext("%(n)d minute", "%(n)d minutes", seconds // 60) % {"n": seconds // 60}
    if seconds < 172800:
        return ngettext("%(n)d hour", "%(n)d hours", seconds // 3600) % {"n": seconds // 3600}
    return ngettext("%(n)d day", "%(n)d days", seconds // 86400) % {"n": seconds // 86400}


def last_line(error: str) -> str:
    """What went wrong, without the way there."""
    lines = error.strip().splitlines()
    return lines[-1][:300] if lines else ""


def failures(deliveries: Iterable[Delivery]) -> dict[str, Any]:
    columns = [
        {"label": _("What"), "kind": "head"},
        _("Reaction"),
        {"label": _("Attempts"), "kind": "number"},
        _("Error"),
        {"label": _("Actions"), "kind": "actions"},
    ]
    rows = [
        [
            {"text": entry_line(d.entry).sentence, "url": reverse("machinery:delivery", args=[d.pk])},
            {"text": d.reaction.removeprefix("nahtstelle."), "badge": _stuck(d)},
            d.attempts,
            last_line(d.error),
            {"actions": [post(_("Try again now"), reverse("machinery:retry-delivery", args=[d.pk]))]},
        ]
        for d in deliveries
    ]
    return {"columns": columns, "rows": rows}


def _stuck(delivery: Delivery) -> dict[str, str] | None:
    stuck = delivery.state == Delivery.State.STUCK
    return {"label": str(delivery.get_state_display()), "tone": "danger"} if stuck else None


def facts_of(delivery: Delivery) -> list[dict[str, Any]]:
    return [
        {"term": _("Recorded"), "value": _moment(delivery.entry.at)},
        {"term": _("By"), "value": delivery.entry.actor_label},
        {"term": _("Fact"), "value": f"{delivery.entry.fact} {delivery.entry.payload}"},
        {"term": _("Reaction"), "value": delivery.reaction},
        {"term": _("State"), "value": delivery.get_state_display()},
        {"term": _("Attempts"), "value": delivery.attempts},
        {"term": _("Next attempt not before"), "value": _moment(delivery.not_before)},
    ]


def chores(some: Iterable[Chore]) -> dict[str, Any]:
    columns = [
        {"label": _("Work"), "kind": "head"},
        _("Last done"),
        _("Due next"),
        {"label": _("Failures in a row"), "kind": "number"},
        _("Error"),
    ]
    rows: list[Row] = [
        [chore.name, chore.last_done_at, chore.due_at, chore.failures, last_line(chore.error)] for chore in some
    ]
    return {"columns": columns, "rows": rows}


def workers(some: Iterable[Heartbeat], *, alive: list[Heartbeat]) -> dict[str, Any]:
    columns = [
        {"label": _("Worker"), "kind": "head"},
        _("State"),
        _("Last sign of life"),
        {"label": _("Deliveries"), "kind": "number"},
        _("Last trouble"),
    ]
    living = {worker.pk for worker in alive}
    states = {True: {"label": _("running"), "tone": "success"}, False: {"label": _("silent"), "tone": "neutral"}}
    rows = [[w.worker, {"badge": states[w.pk in living]}, w.seen_at, w.delivered, w.trouble[:300]] for w in some]
    return {"columns": columns, "rows": rows}


def post(label: str, url: str) -> dict[str, Any]:
    """A button that changes something."""
    return {"label": label, "url": url, "post": True, "kind": "secondary"}


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT")
