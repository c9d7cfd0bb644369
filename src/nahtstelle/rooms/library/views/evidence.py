"""The evidence map: on its page, inside other sites, and as files to take along."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from nahtstelle.plumbing.kit.refusals import may

from ..forms.studies import MapForm, axes_in, choice_in, narrowed
from ..map_drawing import as_png, as_svg
from ..presenters import evidence as presenters
from ..presenters import studies as shown_studies
from ..queries import evidence as queries
from ..queries import studies
from ..rules.questions import check_may_take_up
from ..strengths import scale

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of the map asks for. ``query`` is the part that narrows, ``axes`` the two facets."""

    axes: tuple[str, str]
    query: QueryDict
    found: queries.Map
    names: tuple[str, str]
    narrowed_to: list[str]

    @property
    def parameters(self) -> QueryDict:
        query = self.query.copy()
        query["zeilen"], query["spalten"] = self.axes
        return query


def _asked(request: HttpRequest) -> Asked:
    axes = axes_in(request.GET)
    query = narrowed(request.GET)
    for name in ("q", "z"):
        query.pop(name, None)
    choice = choice_in(query)
    names = {facet.key: facet.name for facet in queries.facets()}
    return Asked(
        axes=axes, query=query, found=queries.evidence_map(*axes, choice, on=timezone.localdate()),
        names=(names.get(axes[0], axes[0]), names.get(axes[1], axes[1])), narrowed_to=shown_studies.names_of(choice),
    )  # fmt: skip


def evidence_map(request: HttpRequest) -> HttpResponse:
    """The map with its filters, and the table that says the same."""
    asked = _asked(request)
    taken = queries.taken_up()
    may_take_up = may(check_may_take_up, request.user, on=timezone.localdate())
    which = request.GET.get("zeige", presenters.SOME)
    which = which if which in (presenters.SOME, presenters.GAPS, presenters.WEAK) else presenters.SOME
    order, direction = request.GET.get("ordnung", ""), request.GET.get("richtung", "auf")
    order = order if order in presenters.ORDERS else ""
    lines = presenters.in_order(presenters.lines(asked.found, which), order, down=direction == "ab")
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"zeilen": asked.axes[0], "spalten": asked.axes[1], "zeige": which}
    if order:
        shown |= {"ordnung": order, "richtung": "ab" if direction == "ab" else "auf"}
    facets = [
        row
        for row in shown_studies.facet_rows(studies.counts(choice_in(asked.query)), choice_in(asked.query))
        if row["name"] in ("s", "k", "p") or row["label"] == _region_name()
    ]
    address = asked.parameters.urlencode()
    counts = {
        presenters.SOME: len(asked.found.cells), presenters.GAPS: asked.found.gaps, presenters.WEAK: asked.found.weak
    }  # fmt: skip
    context = _drawn(asked, taken) | {
        "form": MapForm(
            {"zeilen": asked.axes[0], "spalten": asked.axes[1], "von": asked.query.get("von", ""), "bis": asked.query.get("bis", "")}
        ),
        "facets": facets,
        "kept": [(name, value) for name in ("f", "s", "k", "p") for value in asked.query.getlist(name)],
        "hidden": [(name, value) for name, value in asked.parameters.items() if name in ("zeilen", "spalten", "von", "bis")],
        "chips": shown_studies.chips(facets, asked.query),
        "tabs": _tabs(asked, which, counts),
        "page": page,
        "table": presenters.table(
            list(page), heads=asked.names, query=asked.query, shown=shown, take_up=may_take_up, taken=taken
        ),
        "which": which,
        "may_take_up": may_take_up,
        "questions_url": reverse("library:questions") if may_take_up else "",
        "files": [
            {"label": label, "url": f"{reverse(name)}?{address}", "icon": "download"}
            for label, name in (("SVG", "studies:map-svg"), ("PNG", "studies:map-png"), ("CSV", "studies:map-csv"))
        ],
        "snippet": _snippet(f"{settings.BASE_URL}{reverse('studies:map-embedded')}?{address}"),
        "list_url": f"{reverse('studies:studies')}?{asked.query.urlencode()}",
    }  # fmt: skip
    return render(request, "library/map.html", context)


def _region_name() -> str:
    return next((facet.name for facet in queries.facets() if facet.key == "region"), "")


def _tabs(asked: Asked, which: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    labels = {
        presenters.SOME: _("With studies"), presenters.GAPS: _("No study"), presenters.WEAK: _("Only weak studies"),
    }  # fmt: skip
    tabs = []
    for name, label in labels.items():
        query = asked.parameters
        query["zeige"] = name
        tabs.append(
            {"label": label, "url": f"?{query.urlencode()}#tabelle", "current": name == which, "count": counts[name]}
        )
    return tabs


def _snippet(address: str) -> str:
    """What somebody copies into their own page."""
    title = _("Evidence map")
    return f'<iframe src="{address.replace("&", "&amp;")}" title="{title}" width="100%" height="800" loading="lazy"></iframe>'


def _drawn(asked: Asked, taken: Any) -> dict[str, Any]:
    return {
        "grid": presenters.grid(asked.found, asked.query, taken),
        "columns": [
            {"label": column.name, "number": asked.found.of_columns[column.pk].number if column.pk in asked.found.of_columns else 0}
            for column in asked.found.columns
        ],
        "names": asked.names,
        "summary": presenters.summary(asked.found),
        "scale": scale(),
        "narrowed_to": asked.narrowed_to,
        "total": asked.found.total.number,
        "caption": _("%(rows)s × %(columns)s") % {"rows": asked.names[0], "columns": asked.names[1]},
        "map_url": f"{reverse('studies:map')}?{asked.parameters.urlencode()}",
        "day": timezone.localdate(),
    }  # fmt: skip


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embedded(request: HttpRequest) -> HttpResponse:
    """The map alone, to stand in a page of another site. It sets no cookie and asks for none."""
    return render(request, "library/map_embedded.html", _drawn(_asked(request), {}) | {"base_url": settings.BASE_URL})


def _sheet(request: HttpRequest) -> dict[str, Any]:
    asked = _asked(request)
    return {
        "of": asked.found,
        "title": _("Evidence map: %(rows)s × %(columns)s") % {"rows": asked.names[0], "columns": asked.names[1]},
        "narrowed_to": asked.narrowed_to,
        "source": f"{settings.SITE_NAME}, {settings.BASE_URL}{reverse('studies:map')}",
        "day": timezone.localdate(),
    }


def svg_file(request: HttpRequest) -> HttpResponse:
    """The map as a drawing that stands alone."""
    return _file(as_svg(**_sheet(request)), "image/svg+xml", "svg")


def png_file(request: HttpRequest) -> HttpResponse:
    """The map as a picture, for slides and texts."""
    return _file(as_png(as_svg(**_sheet(request))), "image/png", "png")


def csv_file(request: HttpRequest) -> HttpResponse:
    """Every cell of the map with its numbers, gaps too."""
    asked = _asked(request)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    levels = scale()
    writer.writerow([*asked.names, _("Studies"), _("Strongest"), *(one.word for one in levels), _("Gap")])
    for row, column, cell in [
        *presenters.lines(asked.found, presenters.SOME),
        *presenters.lines(asked.found, presenters.GAPS),
    ]:
        gap = _("no study") if cell.is_gap else _("only weak studies") if cell.is_weak else ""
        best = next((one.word for one in levels if one.level == cell.best), "") if cell.number else ""
        numbers = [cell.by_strength.get(one.level, 0) for one in levels]
        writer.writerow([_plain(row.name), _plain(column.name), cell.number, best, *numbers, gap])
    # The mark tells spreadsheets that the file is in UTF-8.
    return _file("\ufeff" + out.getvalue(), "text/csv; charset=utf-8", "csv")


def _plain(words: str) -> str:
    """No cell of a spreadsheet becomes a formula."""
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t") else words


def _file(content: str | bytes, media_type: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="evidenzkarte.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
