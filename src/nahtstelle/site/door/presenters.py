"""One's own access as its page shows it."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nahtstelle.plumbing.kit.refusals import refused
from nahtstelle.plumbing.look.dates import ago, day
from nahtstelle.register.people.models import Account

from . import rules
from .models import Factor


def access_page(account: Account, *, must: bool, on: date) -> dict[str, Any]:
    mine = list(account.factors.select_related("account__person"))
    left = account.recovery_codes.filter(used_at__isnull=True).count()
    return {
        "must": must,
        "has_factor": bool(mine),
        "mail": account.mail,
        "has_password": account.has_usable_password(),
        "table": _table(mine, on=on),
        "codes_left": ngettext("One recovery code is left.", "%(n)d recovery codes are left.", left) % {"n": left}
        if left
        else _("No recovery code is left. Make new ones, for the day on which your phone is gone."),
    }


def _table(mine: list[Factor], *, on: date) -> dict[str, Any]:
    columns = [
        {"label": _("Name"), "kind": "head"},
        _("Kind"),
        _("Added"),
        _("Last used"),
        {"label": _("Actions"), "kind": "actions"},
    ]
    rows = [
        [
            factor.name,
            str(factor.get_kind_display()),
            day(factor.added_at, "short"),
            ago(factor.used_at) if factor.used_at else "",
            {"actions": [_remove(factor, on=on)]},
        ]
        for factor in mine
    ]
    return {"columns": columns, "rows": rows}


def _remove(factor: Factor, *, on: date) -> dict[str, Any]:
    return {
        "label": _("Remove"), "url": reverse("door:remove", args=[factor.pk]), "post": True, "kind": "danger",
        "disabled_reason": refused(rules.check_may_remove, factor, on=on),
    }  # fmt: skip
