"""The frames of lists: tabs, columns, empty states, ways on."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ..models import Law, LawName, Provision
from ..queries import Order
from .changes import ShownChange, provision_url


def tabs(here: str, *, signed_in: bool) -> list[dict[str, Any]]:
    """The views of the room that everybody may see, and one's own."""
    named = [
        (_("Laws"), reverse("law:laws")),
        (_("Newly changed"), reverse("law:recent")),
        (_("Announced"), reverse("law:announcements")),
        (_("Acts of amendment"), reverse("law:acts")),
    ]
    if signed_in:
        named.append((_("Watched"), reverse("law:watched")))
    return [{"label": label, "url": url, "current": url == here} for label, url in named]


def law_columns(order: Order | None, words: str) -> list[dict[str, Any]]:
    def sort(wanted: Order) -> dict[str, str]:
        if order is None:
            return {}
        query = {name: value for name, value in (("q", words), ("sort", wanted.value)) if value}
        marks = {Order.NAME: "asc", Order.NEWEST_CHANGE: "desc"}
        return {"sort_url": f"?{urlencode(query)}", "sorted": marks[wanted] if wanted is order else ""}

    return [
        {"label": pgettext("one law", "Law"), "kind": "head", **sort(Order.NAME)},
        {"label": _("Last change seen"), "kind": "date", **sort(Order.NEWEST_CHANGE)},
        {"label": _("Announced")},
        {"label": _("Last seen"), "kind": "date"},
    ]


def laws_actions(*, may_import: bool) -> list[dict[str, Any]]:
    if not may_import:
        return []
    return [{"label": _("Import law"), "url": reverse("law:new-import"), "icon": "drive-folder-upload"}]


def no_laws(words: str, *, may_import: bool) -> dict[str, Any]:
    """What stands where no law is: why, and what to do."""
    if words:
        return {
            "title": _("No law of this name is in stock"),
            "text": _(
                "Try its abbreviation (AufenthG), its full name, or one provision (§ 60c AufenthG). "
                "Laws come into stock by an import of the official files."
            ),
            "action": {"label": _("All laws"), "url": reverse("law:laws")},
        }
    text = _(
        "Laws come from the official XML files of gesetze-im-internet.de: one file, or an archive of many. "
        "Each import is checked first and shows what it would change; nothing happens before it is confirmed."
    )
    action = {"label": _("Import law"), "url": reverse("law:new-import"), "kind": "primary"} if may_import else None
    return {"title": _("No law is in stock yet"), "text": text, "action": action}


def to_all_laws() -> dict[str, str]:
    return {"label": _("To the laws"), "url": reverse("law:laws")}


def hits(found: Iterable[tuple[Law, Provision]]) -> list[dict[str, str]]:
    """Provisions somebody searched for by name."""
    return [
        {
            "title": f"{provision.designation} {law.citation}",
            "text": provision.title,
            "url": provision_url(law, provision),
        }
        for law, provision in found
    ]


def announcement_columns(*, with_law: bool) -> list[Any]:
    law = [{"label": pgettext("one law", "Law"), "kind": "head"}] if with_law else []
    remark = {"label": _("Remark of the editors")}
    return [{"label": _("For"), "kind": "date"}, *law, remark, {"label": _("Seen since"), "kind": "date"}]


def announcement_views(*, past: bool) -> list[dict[str, Any]]:
    """What is still to come, and what became of the rest: as tabs."""
    return [
        {"label": _("Still to come"), "url": "?", "current": not past},
        {"label": _("What became of the others"), "url": "?stand=vorbei", "current": past},
    ]


def change_columns() -> list[Any]:
    return [{"label": _("Provision"), "kind": "head"}, _("Kind"), _("Wordings")]


def formal_columns() -> list[Any]:
    return [{"label": _("Provision"), "kind": "head"}, _("What was touched")]


def recent_spans(choices: Sequence[int], chosen: int) -> list[dict[str, Any]]:
    """How far back to look, as tabs."""
    words = {30: _("30 days"), 90: _("90 days"), 365: _("one year"), 3650: _("ten years")}
    return [{"label": words[days], "url": f"?tage={days}", "current": days == chosen} for days in choices]


def by_day_and_law(changes: Sequence[ShownChange]) -> list[dict[str, Any]]:
    """Changes, newest first, under the day they were first seen on and their law."""
    found: list[dict[str, Any]] = []
    for (day, law), members in groupby(changes, key=lambda change: (change.day, change.law)):
        rows = list(members)
        count = ngettext("%(n)d provision", "%(n)d provisions", len(rows)) % {"n": len(rows)}
        found.append({"day": day, "law": law, "count": count, "rows": [change.row for change in rows]})
    return found


def name_columns() -> list[Any]:
    return [{"label": _("Name"), "kind": "head"}, _("Source"), {"label": _("Action"), "kind": "actions"}]


def name_rows(law: Law, names: Iterable[LawName]) -> list[list[Any]]:
    rows = []
    for name in names:
        remove = {
            "label": _("Remove"), "url": reverse("law:names", args=[law.slug]), "post": True, "kind": "tertiary",
            "name": "remove", "value": name.pk,
        }  # fmt: skip
        own = name.source == LawName.Source.STAFF
        rows.append([name.name, name.get_source_display(), {"actions": [remove]} if own else ""])
    return rows
