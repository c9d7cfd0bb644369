"""Notices as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from .kinds import kind_called, sentence_of
from .models import Notice


@dataclass(frozen=True, slots=True)
class Item:
    """A notice in the inbox, as ``inbox_item`` wants it."""

    title: str
    url: str
    when: datetime
    kind: str
    unread: bool
    actions: list[dict[str, Any]]


def item(notice: Notice, *, here: str) -> Item:
    """``here`` is the address of the list, to come back to."""
    read = {
        "label": _("Mark as read"),
        "url": reverse("notices:read", args=[notice.pk]),
        "kind": "tertiary",
        "icon": "check",
        "post": True,
        "name": "next",
        "value": here,
    }
    return Item(
        title=sentence_of(notice),
        url=reverse("notices:open", args=[notice.pk]),
        when=notice.created_at,
        kind=str(kind_called(notice.kind).label),
        unread=notice.read_at is None,
        actions=[read] if notice.read_at is None else [],
    )


def facets(kinds: Sequence[tuple[str, int]], *, chosen: Sequence[str]) -> list[dict[str, Any]]:
    """The filter by kind, as ``facet_list`` wants it; kinds of one label are one value."""
    by_label: dict[str, tuple[list[str], int]] = {}
    for name, number in kinds:
        names, sum_ = by_label.get(str(kind_called(name).label), ([], 0))
        by_label[str(kind_called(name).label)] = ([*names, name], sum_ + number)
    if len(by_label) < 2:
        return []
    values = [
        {"value": " ".join(names), "label": label, "count": number, "selected": set(names) <= set(chosen)}
        for label, (names, number) in by_label.items()
    ]
    return [{"name": "kind", "label": _("What it is about"), "values": values}]
