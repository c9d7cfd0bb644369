"""What a topic page shows of a set of texts: kinds, newest, law they rest on, what changes there. Plain values."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nahtstelle.rooms.law import presenters as law_presenters
from nahtstelle.rooms.law.models import PlannedChange, Provision
from nahtstelle.rooms.outputs import presenters as output_presenters
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.site.pages.monthly import MONTHS, by_month
from nahtstelle.site.pages.places import topic_address

from . import queries


def composed(texts: QuerySet[Output], *, on: date, kept: dict[str, str]) -> dict[str, Any]:
    """Everything said of ``texts``, in a fixed number of queries. ``kept``: what narrows the list of publications to them."""
    numbers = queries.numbers_of_kinds(texts)
    editions = queries.moments_of_editions(texts, since=on - timedelta(days=31 * MONTHS))
    total = sum(numbers.values())
    return {
        "total": total,
        "under_review": texts.filter(state=Output.State.UNDER_REVIEW).count() if total else 0,
        "all_url": _list(kept),
        "editions": by_month(editions.values_list("published_at", flat=True), today=on),
        "kinds": _kinds(queries.newest_of_kinds(texts), numbers, kept) if total else [],
        "provisions": [_provision(one, number) for one, number in queries.cited_most(texts)],
        "changes": [law_presenters.shown_change(one, one.reading.law) for one in queries.lately_changed(texts, on=on)],
        "ahead": _ahead(texts, on=on),
    }


def _list(kept: dict[str, str], **more: str) -> str:
    """The list of publications, narrowed; several values of one facet stand beside each other."""
    return f"{reverse('outputs:outputs')}?{urlencode([*kept.items(), *more.items()])}"


def _kinds(newest: Iterable[Output], numbers: dict[int, int], kept: dict[str, str]) -> list[dict[str, Any]]:
    """The kinds with most texts first, each with its newest."""
    rows = []
    for _pk, members in groupby(newest, key=lambda output: output.kind_id):
        outputs = list(members)
        kind = outputs[0].kind
        rows.append(
            {
                "label": kind.name,
                "value": numbers[kind.pk],
                "url": _list(kept, f=kind.key) if "f" not in kept else f"{_list(kept)}&{urlencode({'f': kind.key})}",
                "cards": [output_presenters.card(output) | {"lang": output.language} for output in outputs],
            }
        )
    return sorted(rows, key=lambda row: -row["value"])


def _provision(provision: Provision, number: int) -> dict[str, Any]:
    return {
        "label": f"{provision.designation} {provision.law.citation}",
        "url": law_presenters.provision_url(provision.law, provision),
        "note": provision.title,
        "value": number,
    }


def _ahead(texts: QuerySet[Output], *, on: date) -> list[dict[str, Any]]:
    """What is planned by acts and announced by official files, the nearest first; days that are open come last."""
    rows = [_plan(one) for one in queries.planned(texts, on=on)]
    rows += [_announced(line) for line in law_presenters.announcement_lines(queries.announced(texts, on=on))]
    return sorted(rows, key=lambda row: row["day"] or date.max)


def _announced(line: dict[str, Any]) -> dict[str, Any]:
    text = _("announced by the official file")
    return {
        "day": line["in_force"], "label": line["law"].citation, "url": reverse("law:law", args=[line["law"].slug]),
        "text": f"{text}, {line['note']}" if line["note"] else text,
    }  # fmt: skip


def _plan(plan: PlannedChange) -> dict[str, Any]:
    return {
        "day": plan.in_force, "label": f"{plan.old_citation or plan.new_citation} {plan.law.citation}",
        "url": reverse("law:act", args=[plan.act.slug]), "act": str(plan.act), "text": plan.get_kind_display(),
    }  # fmt: skip


def working_rows(
    working: Iterable[tuple[Any, queries.Working]], *, land: Any = None, programme: Any = None
) -> list[Any]:
    """What runs in a Land (by programme) or in a programme (by Land), as rows of a page."""
    rows = []
    for place, one in working:
        chosen = {"programme": (programme or place).key, "region": (land or place).key}
        rows.append(
            {
                "label": place.short_name if land is not None else place.name,
                "url": reverse("programmes:programme", args=[place.key]) if land is not None else topic_address(place),
                "networks": [
                    {"label": n.name, "url": reverse("programmes:network", args=[n.key])} for n in one.networks
                ],
                "projects": one.projects,
                "projects_url": f"{reverse('programmes:projects')}?{urlencode(chosen)}",
            }
        )
    return rows
