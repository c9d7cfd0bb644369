"""Pairs in doubt in their list, and one on the desk; merges in their list and on the page of a work."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nahtstelle.engines.literature.linking import CERTAIN
from nahtstelle.plumbing.kit.refusals import refused

from ..models import Merge, Pair, Work
from ..queries.linking import merges_of, which_stays
from ..rules.linking import check_can_part
from .reasons import what_agrees, why_in_doubt
from .side_by_side import cited, lines_of, sources_of, spoken
from .ways import way_in_library


def percent(certainty: float | None) -> str:
    return "" if certainty is None else _("%d %%") % min(99, int(certainty * 100))


def threshold() -> str:
    """From where on the machine merges by itself."""
    return percent(CERTAIN)


def pair_url(pair: Pair, batch: int | None = None) -> str:
    address = reverse("library:pair", args=[pair.pk])
    return f"{address}?import={batch}" if batch else address


def list_url(batch: int | None = None) -> str:
    address = reverse("library:pairs")
    return f"{address}?import={batch}" if batch else address


def way(*steps: tuple[str, str]) -> list[dict[str, str]]:
    return way_in_library((_("Possible duplicates"), list_url()), *steps)


def pairs_table(pairs: Iterable[Pair], batch: int | None) -> dict[str, Any]:
    columns = [
        {"label": _("One work"), "kind": "head"},
        _("The other work"),
        _("Why the machine is in doubt"),
        {"label": _("Certainty"), "kind": "number"},
        pgettext("literature", "Import"),
    ]
    rows = [
        [
            {"text": pair.one.title or _("without a title"), "url": pair_url(pair, batch), "note": cited(pair.one)},
            {"text": pair.two.title or _("without a title"), "note": cited(pair.two)},
            why_in_doubt(pair.doubt),
            percent(pair.certainty),
            pair.batch.source if pair.batch else "",
        ]
        for pair in pairs
    ]
    return {"columns": columns, "rows": rows}


def progress_of(figures: dict[str, int]) -> dict[str, Any]:
    left = figures["open"]
    words = ngettext("%(n)d pair is left.", "%(n)d pairs are left.", left) % {"n": left}
    return {"label": _("Pairs decided"), "value": figures["decided"], "maximum": max(1, figures["decided"] + left),
            "text": words if left else _("All pairs are decided.")}  # fmt: skip


def desk_of(one: Work, two: Work) -> dict[str, Any]:
    """Two works side by side, and what is preselected."""
    lines = lines_of(one, two)
    return {
        "one": _side(one, "one"),
        "two": _side(two, "two"),
        "lines": [line for line in lines if not line.same],
        "same": [{"term": line.label, "value": spoken(one, line.name)} for line in lines if line.same],
        "kept": which_stays([one, two]).pk,
    }


def _side(work: Work, name: str) -> dict[str, Any]:
    heading = _("Work A") if name == "one" else _("Work B")
    return {"name": name, "heading": heading, "pk": work.pk, "citekey": work.citekey, "sources": sources_of(work)}


def said_of(pair: Pair) -> dict[str, str]:
    """Reasons and doubt as sentences."""
    certainty = _("The machine gives %(certainty)s; it merges by itself from %(threshold)s on.") % {
        "certainty": percent(pair.certainty), "threshold": threshold(),
    }  # fmt: skip
    return {"doubt": why_in_doubt(pair.doubt), "agrees": what_agrees(pair.reasons), "certainty": certainty}


def merges_table(merges: Iterable[Merge], *, may_part: bool) -> dict[str, Any]:
    columns = [
        {"label": _("Absorbed work"), "kind": "head"},
        pgettext("merge", "Merged into"),
        pgettext("merge", "Why"),
        pgettext("merge", "By"),
        {"label": pgettext("merge", "On"), "kind": "date"},
        {"label": _("What can be done"), "kind": "actions"},
    ]
    rows = [
        [
            {"text": merge.absorbed.title or merge.absorbed.citekey, "note": cited(merge.absorbed)},
            {"text": merge.kept.title or merge.kept.citekey, "note": cited(merge.kept)},
            {"text": what_agrees(merge.reasons) or _("Merged by hand."), "note": percent(merge.certainty)},
            merge.by.person.name if merge.by else _("the machine"),
            {"text": merge.at, "note": _undone(merge)},
            {"actions": actions_of(merge) if may_part else []},
        ]
        for merge in merges
    ]
    return {"columns": columns, "rows": rows}


def _undone(merge: Merge) -> str:
    if not merge.undone_at:
        return ""
    if merge.undone_by is None:
        return pgettext("merge", "undone")
    return _("undone by %s") % merge.undone_by.person.name


def actions_of(merge: Merge) -> list[dict[str, Any]]:
    if refused(check_can_part, merge):
        return []
    return [{"label": _("Undo"), "url": reverse("library:part", args=[merge.pk]), "kind": "tertiary"}]


def history_of(work: Work, *, may_part: bool) -> dict[str, Any]:
    """For the page of a work (``library/_merges.html``): what was merged into it, what can be undone, and by whom."""
    return {
        **merges_table(merges_of(work)[:50], may_part=may_part),
        "by_hand_url": reverse("library:other", args=[work.pk]) if may_part and not work.merged_into_id else "",
    }


def begin(first: Pair | None, batch: int | None, barred: str) -> list[dict[str, Any]]:
    """The way into the work-through."""
    ways = [{"label": _("Merged works"), "url": reverse("library:merges")}]
    if first is None:
        return ways
    label = _("Decide the pairs")
    return [{"label": label, "url": pair_url(first, batch), "kind": "primary", "disabled_reason": barred}, *ways]


def others_table(work: Work, others: Iterable[Work]) -> dict[str, Any]:
    columns = [{"label": pgettext("literature", "Work"), "kind": "head"}, _("Citation key"), "DOI"]
    rows = [
        [
            {
                "text": other.title or _("without a title"),
                "url": reverse("library:by-hand", args=[work.pk, other.pk]),
                "note": cited(other),
            },
            other.citekey,
            other.doi,
        ]
        for other in others
    ]
    return {"columns": columns, "rows": rows}


def consequences_of(merge: Merge) -> list[str]:
    number = len(merge.moved)
    return [
        _("“%(title)s” (%(citekey)s) is a work of its own again.")
        % {"title": merge.absorbed.title, "citekey": merge.absorbed.citekey},
        ngettext(
            "%(n)d record goes back to it, and the fields of both are put together anew.",
            "%(n)d records go back to it, and the fields of both are put together anew.",
            number,
        ) % {"n": number},
        _("The machine will not merge the two again, nor ask."),
    ]  # fmt: skip
