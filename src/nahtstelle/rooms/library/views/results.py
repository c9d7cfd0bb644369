"""What comes out of a review: whether enough was read, the log, the flow, the works that were included."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nahtstelle.engines.literature.formats.writing import BY_ENDING, write
from nahtstelle.engines.literature.records import Name, Record
from nahtstelle.engines.literature.screening import prisma
from nahtstelle.engines.tables.writing import harmless
from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal, may, refused

from ..actions.looks import draw_look
from ..forms.reviews import LookForm
from ..models import Review, Stage, Work
from ..presenters import reviews as present
from ..presenters import stopping as stops
from ..presenters import works_in_review as works
from ..queries import decision_log, recall
from ..queries import flow as flows
from ..queries import reviews as queries
from ..rules import reviews as rules
from .reviews import found

PAGE = 50
REPLAYED_AT_ONCE = 150  # rankings a page makes again; more are for the command
MEDIA = {"ris": "application/x-research-info-systems", "bib": "application/x-bibtex", "json": "application/vnd.citationstyles.csl+json", "csv": "text/csv", "xml": "application/xml"}  # fmt: skip


def stopping(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether enough was read: samples of the unread, and the curve of what was found."""
    review, today = found(request, slug), timezone.localdate()
    advised = recall.advised(review)
    cannot = refused(rules.check_leads, request.user, review, on=today) or refused(rules.check_is_screening, review)
    form = LookForm(request.POST or None, initial={"size": min(advised["needed"], advised["unread"])})
    if request.method == "POST" and form.is_valid():
        try:
            draw_look(review=review, size=form.cleaned_data["size"], by=request.user.actor, at=timezone.now())
            return redirect("library:review-stopping", slug=slug)
        except (NotNow, NotYours):
            raise
        except Refusal as refusal:
            form.add_error("size", str(refusal))
    points, looks = recall.curve_of(review), recall.looks_of(review)
    pool = queries.counts_of(review)["pool"]
    shown = {
        **present.frame_of(review, request.user, on=today, here="review-stopping", title=_("Has enough been read?")), "form": form,
        "looks": [stops.statement_of(look, review) for look in looks], "advice": stops.advice_of(review, advised),
        "may_draw": not cannot and advised["unread"] and not any(look.read_at is None for look in looks),
        "open_look": any(look.read_at is None for look in looks), "screens": may(rules.check_screens, request.user, review, on=today),
        "curve": stops.curve_of(points, pool), "curve_table": stops.curve_table(points), "screen_url": present.url_of(review, "screen", "titel"),
        "figures": recall_figures(advised),
    }  # fmt: skip
    return render(request, "library/reviews/stopping.html", shown, status=422 if form.errors else 200)


def recall_figures(advised: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"label": _("Found so far"), "value": advised["found"]}, {"label": _("Unread"), "value": advised["unread"]},
        {"label": _("Samples drawn"), "value": advised["number"] - 1},
    ]  # fmt: skip


def log(request: HttpRequest, slug: str) -> HttpResponse:
    """Every line, newest first; what is still blind without its answer."""
    review, today = found(request, slug), timezone.localdate()
    page = Paginator(decision_log.lines(review), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    open_to = decision_log.visible_numbers(review, request.user, [line.number for line in rows])
    shown = {
        **present.frame_of(review, request.user, on=today, here="review-log", title=_("Log")), "page": page,
        "table": works.log_table(review, rows, open_to), "rankings": review.rankings.count(),
        "newest": queries.newest_ranking(review, Stage.TITLE),
        "csv_url": present.url_of(review, "review-log-csv"), "json_url": present.url_of(review, "review-log-json"),
        "replay_url": present.url_of(review, "review-replay"),
    }  # fmt: skip
    return render(request, "library/reviews/log.html", shown)


def log_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    review = found(request, slug)
    return _streamed(_as_csv(review, request.user), "text/csv; charset=utf-8", f"protokoll-{review.slug}.csv")


def _as_csv(review: Review, account: Any) -> Iterator[str]:
    yield "\ufeff"
    buffer = StringIO()
    out = csv.writer(buffer, delimiter=";")
    out.writerow(decision_log.COLUMNS)
    for line in decision_log.whole(review, account):
        cells = (line[name] for name in decision_log.COLUMNS)
        out.writerow([harmless(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in cells])
        if buffer.tell() > 60_000:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def log_json(request: HttpRequest, slug: str) -> HttpResponse:
    review = found(request, slug)
    whole = {**decision_log.particulars(review), "log": list(decision_log.whole(review, request.user))}
    response = HttpResponse(json.dumps(whole, ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="protokoll-{review.slug}.json"'
    return response


def replaying(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the rankings again from the log, and say whether they are the same."""
    review, today = found(request, slug), timezone.localdate()
    number = review.rankings.count()
    shown: dict[str, Any] = {
        **present.frame_of(review, request.user, on=today, here="review-log", title=_("Make the rankings again")), "number": number,
        "too_many": number > REPLAYED_AT_ONCE, "command": f"nahtstelle library replay {review.slug}", "done": False,
    }  # fmt: skip
    if request.method == "POST" and number and number <= REPLAYED_AT_ONCE:
        from ..replaying import replay  # reason: scikit-learn takes seconds to load, and only this needs it

        compared = list(replay(review))
        other = [one.ranking.pk for one in compared if not one.same]
        shown |= {"done": True, "same": len(compared) - len(other), "other": other}
    return render(request, "library/reviews/replay.html", shown)


def flow(request: HttpRequest, slug: str) -> HttpResponse:
    """The PRISMA 2020 flow, as it stands."""
    review, today = found(request, slug), timezone.localdate()
    counted, words = flows.flow_of(review), prisma_words()
    shown = {
        **present.frame_of(review, request.user, on=today, here="review-flow", title=_("Flow of the review (PRISMA 2020)")),
        "drawing": mark_safe(prisma.svg(counted, words)),  # noqa: S308 - the engine escapes every word
        "table": {"columns": [words["step"], {"label": words["count"], "kind": "number"}], "rows": [list(row) for row in prisma.table(counted, words)]},
        "pending": flows.pending(counted), "svg_url": present.url_of(review, "review-flow-svg"), "csv_url": present.url_of(review, "review-flow-csv"),
    }  # fmt: skip
    return render(request, "library/reviews/flow.html", shown)


def prisma_words() -> Any:
    return prisma.GERMAN if (get_language() or "de").startswith("de") else prisma.ENGLISH


def flow_svg(request: HttpRequest, slug: str) -> HttpResponse:
    review = found(request, slug)
    # By itself a picture has no surroundings to take its colour from.
    drawing = prisma.svg(flows.flow_of(review), prisma_words()).replace("currentColor", "#1d1d2b")
    return _file(drawing, "image/svg+xml; charset=utf-8", f"prisma-{review.slug}.svg")


def flow_csv(request: HttpRequest, slug: str) -> HttpResponse:
    review, words = found(request, slug), prisma_words()
    buffer = StringIO("\ufeff")
    buffer.seek(1)
    out = csv.writer(buffer, delimiter=";")
    out.writerow([words["step"], words["count"]])
    out.writerows((harmless(text), number) for text, number in prisma.table(flows.flow_of(review), words))
    return _file(buffer.getvalue(), "text/csv; charset=utf-8", f"prisma-{review.slug}.csv")


def results(request: HttpRequest, slug: str) -> HttpResponse:
    """The works that were included in the end."""
    review, today = found(request, slug), timezone.localdate()
    rows = review.items.filter(queries.INCLUDED).select_related("work").order_by("place")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = {
        **present.frame_of(review, request.user, on=today, here="review-results", title=_("Included works")), "page": page,
        "works": [
            {
                "title": item.work.title, "url": present.url_of(review, "review-work", item.place), "authors": works.authors_of(item.work),
                "source": works.source_of(item.work), "citekey": item.work.citekey, "card_url": works.card_url(item),
                "standing": works.work_of(_with(item, review))["standing"],
            }
            for item in page.object_list
        ],
        "exports": [{"label": ending.upper(), "url": present.url_of(review, "review-export", ending)} for ending in BY_ENDING],
    }  # fmt: skip
    return render(request, "library/reviews/results.html", shown)


def _with(item: Any, review: Review) -> Any:
    item.review = review
    return item


def export(request: HttpRequest, slug: str, ending: str) -> StreamingHttpResponse:
    """The included works as a file of references."""
    review = found(request, slug)
    if ending not in BY_ENDING:
        raise Http404
    rows = Work.objects.filter(items__in=review.items.filter(queries.INCLUDED)).order_by("citekey")
    pieces = write((record_of(work) for work in rows.iterator(chunk_size=500)), BY_ENDING[ending])
    return _streamed(pieces, f"{MEDIA[ending]}; charset=utf-8", f"{review.slug}.{ending}")


def record_of(work: Work) -> Record:
    """A work in the words of the formats."""
    same = (
        "kind", "title", "year", "issued", "container", "volume", "issue", "pages", "publisher", "place", "edition", "doi",
        "isbn", "issn", "pmid", "url", "language", "abstract",
    )  # fmt: skip
    people = {name: tuple(Name(*one) for one in getattr(work, name)) for name in ("authors", "editors")}
    return Record(
        key=work.citekey, keywords=tuple(work.keywords), **people, **{name: getattr(work, name) for name in same}
    )


def _file(content: str, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _streamed(pieces: Iterator[str], media_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
