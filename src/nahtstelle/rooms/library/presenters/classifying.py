"""Concepts of a work: proposed with what speaks for them, accepted, refused; and how good the proposals are."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nahtstelle.register.vocabulary.presenters.concepts import concept_url

from ..actions.classifying import FOLDS, LEARN_AFTER, PRECISION_AT, RECALL_AT
from ..models import Classifier, Tag, Work
from ..queries.classifying import tags_of
from .duplicates import percent
from .side_by_side import cited, spoken
from .ways import way_in_library


def way(*steps: tuple[str, str]) -> list[dict[str, str]]:
    return way_in_library((_("Proposed concepts"), reverse("library:concepts-waiting")), *steps)


def concepts_of(work: Work, *, may_decide: bool) -> dict[str, Any]:
    """For the page of a work (``library/_concepts.html``): its concepts, and the proposals with their buttons."""
    tags = sorted(tags_of(work), key=lambda tag: (tag.concept.facet.position, -(tag.score or 0)))
    by_state: dict[str, list[Tag]] = {state: [t for t in tags if t.state == state] for state in Tag.State.values}
    return {
        "accepted": [_shown(tag) for tag in by_state[Tag.State.ACCEPTED]],
        "proposed": [_shown(tag) for tag in sorted(by_state[Tag.State.PROPOSED], key=lambda t: -(t.score or 0))],
        "refused": [_shown(tag) for tag in by_state[Tag.State.REFUSED]],
        "url": reverse("library:concepts", args=[work.pk]) if may_decide and not work.merged_into_id else "",
    }


def _shown(tag: Tag) -> dict[str, Any]:
    words = ", ".join(_("“%s”") % word for word in tag.reasons)
    return {
        "id": tag.concept_id,
        "name": tag.concept.name,
        "facet": tag.concept.facet.name,
        "url": concept_url(tag.concept.key),
        "score": percent(tag.score),
        "why": _("because of %s") % words if words else "",
    }


def work_head(work: Work) -> dict[str, Any]:
    return {
        "title": work.title or _("without a title"),
        "lead": cited(work),
        "abstract": work.abstract,
        "keywords": spoken(work, "keywords"),
    }


def waiting_table(works: Iterable[Work], numbers: dict[int, int]) -> dict[str, Any]:
    columns = [{"label": _("Work in the library"), "kind": "head"}, {"label": _("Proposals"), "kind": "number"}]
    rows = [
        [
            {
                "text": work.title or _("without a title"),
                "url": reverse("library:concepts", args=[work.pk]),
                "note": cited(work),
            },
            numbers.get(work.pk, 0),
        ]
        for work in works
    ]
    return {"columns": columns, "rows": rows}


def progress_of(figures: dict[str, int]) -> dict[str, str]:
    works = figures["works"]
    waiting = ngettext("%(n)d work has open proposals.", "%(n)d works have open proposals.", works) % {"n": works}
    said = figures["decided"]
    decided = ngettext("%(n)d concept was decided.", "%(n)d concepts were decided.", said) % {"n": said}
    return {"waiting": waiting, "decided": decided}


def quality_of(states: list[Classifier]) -> dict[str, Any]:
    """The newest first in the table, the oldest first in the drawings."""
    shown = list(reversed(states))
    newest = states[0] if states else None
    columns = [
        {"label": _("Learned on"), "kind": "date"},
        {"label": _("Decisions"), "kind": "number"},
        {"label": _("Concepts learned"), "kind": "number"},
        {"label": _("Works measured on"), "kind": "number"},
        {"label": _("Precision at %d") % PRECISION_AT, "kind": "number"},
        {"label": _("Recall at %d") % RECALL_AT, "kind": "number"},
        {"label": _("by labels alone"), "kind": "number"},
    ]
    rows = [
        [
            one.at, one.decisions, one.concepts, one.works, _share(one.precision), _share(one.recall),
            f"{_share(one.labels_precision)} / {_share(one.labels_recall)}",
        ]
        for one in states
    ]  # fmt: skip
    tiles = []
    if newest is not None:
        precision, recall = _("Precision at %d") % PRECISION_AT, _("Recall at %d") % RECALL_AT
        tiles = [
            _tile(precision, newest.precision, newest.labels_precision, [one.precision for one in shown]),
            _tile(recall, newest.recall, newest.labels_recall, [one.recall for one in shown]),
        ]
    return {"columns": columns, "rows": rows, "tiles": tiles, "folds": FOLDS, "after": LEARN_AFTER}


def _share(value: float) -> str:
    return number_format(value, 2)


def _tile(label: str, value: float, alone: float, series: list[float]) -> dict[str, Any]:
    said = _("%(label)s from the first to the newest state: %(values)s") % {
        "label": label, "values": ", ".join(_share(one) for one in series),
    }  # fmt: skip
    note = _("%s by labels alone") % _share(alone)
    return {"label": label, "value": _share(value), "note": note, "series": series, "series_label": said}
