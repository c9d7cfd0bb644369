"""Answers by mail as their page shows them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.register.notices.senders import sender_badge

from ..models import MailedAnswer


def item(one: MailedAnswer) -> dict[str, Any]:
    outcome = ""
    if one.decided_at is not None:
        outcome = _("Confirmed") if one.confirmed else _("Laid aside")
    return {
        "name": one.recipient.person.name,
        "from_address": one.from_address,
        "same_address": one.from_address.lower() == one.recipient.person.mail.lower(),
        "sender": sender_badge(one.sender),
        "words": one.words,
        "received_at": one.received_at,
        "outcome": outcome,
        "decided_at": one.decided_at,
        "decided_by": one.decided_by.person.name if one.decided_by else "",
        "url": reverse("outreach:decide-mailed", args=[one.pk]),
        "id": one.pk,
    }
