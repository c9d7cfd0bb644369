"""Incoming mail as its pages show it."""

from collections.abc import Iterable
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.plumbing.look.dates import day, moment
from nahtstelle.register.notices.senders import sender_badge

from .models import BY_PERSONS, Mail, MailFile


def tabs(numbers: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    labels = {
        "open": _("Open"), "mine": _("Mine"), "closed": _("Closed"), "automatic": _("Automatic"), "spam": _("Spam"),
    }  # fmt: skip
    return [
        {"label": label, "url": f"?stand={name}", "current": name == chosen, "count": numbers[name]}
        for name, label in labels.items()
    ]


def table(mails: Iterable[Mail]) -> dict[str, Any]:
    columns = [{"label": _("Subject"), "kind": "head"}, _("From"), _("Sender"), _("Received"), _("With")]
    rows = [
        [
            {"text": subject(one), "url": reverse("mailroom:mail", args=[one.pk]), "note": _notes(one)},  # type: ignore[attr-defined] # annotated
            {"text": one.from_name or one.from_address, "note": one.from_address if one.from_name else ""},
            {"badge": sender_badge(one.sender)},
            moment(one.received_at),
            one.assigned_to.name if one.assigned_to else "",
        ]
        for one in mails
    ]  # fmt: skip
    return {"columns": columns, "rows": rows}


def _notes(one: Mail) -> str:
    answers = one.about_kind and one.kind in BY_PERSONS
    notes = [_("with files") if one.attached else "", _("answers a letter of ours") if answers else ""]  # type: ignore[attr-defined] # annotated
    return ", ".join(filter(None, notes))


def subject(mail: Mail) -> str:
    if mail.broken:
        return _("A mail that cannot be read")
    return mail.subject or _("(no subject)")


def facts(mail: Mail, *, known: str, about: tuple[str, str]) -> list[dict[str, Any]]:
    address = f"{mail.from_name} <{mail.from_address}>" if mail.from_name else mail.from_address
    rows = [
        {"term": _("From"), "value": address or _("nobody named")},
        {"term": _("This is the address of"), "value": known},
        {"term": _("What our mail server says of the sender"), "value": mail.sender_why},
        {"term": _("To"), "value": mail.to},
        {"term": _("Answers our letter about"), "value": about[0], "url": about[1]},
        {"term": _("Written"), "value": moment(mail.written_at) if mail.written_at else ""},
        {"term": _("Received"), "value": moment(mail.received_at)},
        {"term": _("Kind"), "value": str(mail.get_kind_display())},
        {"term": _("With"), "value": mail.assigned_to.name if mail.assigned_to else ""},
        {"term": _("Closed"), "value": day(mail.closed_at) if mail.closed_at else ""},
        {"term": _("What became of it"), "value": mail.closed_why},
    ]
    return [row for row in rows if row["value"]]


def files(rows: Iterable[MailFile]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "size": filesizeformat(one.size),
            "url": reverse("mailroom:file", args=[one.mail_id, one.pk]) if one.file_id else "",
            "refused": _refused(one),
        }
        for one in rows
    ]


def _refused(one: MailFile) -> str:
    if not one.refused:
        return ""
    return _("Not kept: %s. Please ask the sender for another way.") % one.get_refused_display()
