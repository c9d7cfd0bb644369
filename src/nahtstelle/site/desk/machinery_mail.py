"""The machine room's tables about mail: letters in trouble, addresses nothing is sent to."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.register.notices.models import Bounce, Letter

from .machinery_tables import post


def letters(some: Iterable[Letter]) -> dict[str, Any]:
    columns = [
        {"label": _("To"), "kind": "head"},
        _("Subject"),
        _("State"),
        _("What the mail server said"),
        {"label": _("Actions"), "kind": "actions"},
    ]
    rows = [
        [
            letter.to,
            letter.subject,
            str(letter.get_state_display()),
            letter.trouble,
            {"actions": [post(_("Send again"), reverse("machinery:retry-letter", args=[letter.pk]))]}
            if letter.state == Letter.State.FAILED
            else "",
        ]
        for letter in some
    ]
    return {"columns": columns, "rows": rows}


def barred(bounces: Iterable[Bounce]) -> dict[str, Any]:
    columns = [
        {"label": _("Address"), "kind": "head"},
        _("Since"),
        _("Reason"),
        {"label": _("Actions"), "kind": "actions"},
    ]
    clear = reverse("machinery:clear-address")
    rows = [
        [
            bounce.to,
            bounce.at,
            f"{bounce.status} {bounce.diagnostic}".strip()[:300],
            {"actions": [{**post(_("Write there again"), clear), "name": "address", "value": bounce.to}]},
        ]
        for bounce in bounces
    ]
    return {"columns": columns, "rows": rows}
