"""Funders' marks in a list."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.register.vocabulary.presenters.concepts import validity

from ..models import FundingMark
from .places import way


def crumbs(*steps: tuple[str, str]) -> list[Any]:
    return way((_("Funders and logos"), reverse("programmes:marks")), *steps)


def marks_table(marks: Iterable[FundingMark]) -> dict[str, Any]:
    columns = [
        {"label": _("Funder"), "kind": "head"},
        _("Funding period"),
        {"label": _("Place in the row"), "kind": "number"},
        _("Logo"),
        _("Shown"),
    ]
    rows = [
        [
            {"text": mark.funder_de, "url": reverse("programmes:change-mark", args=[mark.pk]), "note": mark.text_de},
            mark.period.name,
            mark.position,
            {"text": _("logo"), "url": reverse("programmes:mark-logo", args=[mark.pk])} if mark.logo_id else "",
            validity(mark.valid_from, mark.valid_until, short=True),
        ]
        for mark in marks
    ]
    return {"columns": columns, "rows": rows}
