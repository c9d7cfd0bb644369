"""What readers see: the list of publications, a text in its edition, its older editions, its files and its PDF."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from nahtstelle.plumbing.files.actions import content_of
from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.programmes.models import Programme

from . import presenters, printing, queries, rules
from .models import LANGUAGES, Attachment, Output

PER_PAGE = 20


def outputs(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    query = request.GET
    selected = query.getlist("f")
    found = queries.published(
        request.user, on=today, words=query.get("q", "").strip(), concepts=selected,
        programmes=query.getlist("p"), languages=query.getlist("l"), sort=query.get("sort", "neu"),
    )  # fmt: skip
    page = Paginator(found, PER_PAGE).get_page(query.get("page"))
    facets = queries.facet_counts(found, selected=selected)
    facets.append(
        {
            "name": "p", "label": Programme._meta.verbose_name_plural,
            "values": [
                {"value": p.key, "label": p.short_name, "count": n, "selected": p.key in query.getlist("p")}
                for p, n in queries.programme_counts(found)
            ],
        }
    )  # fmt: skip
    shown = {
        "page": page, "cards": [presenters.card(output) for output in page], "facets": facets,
        "words": query.get("q", ""), "selected": bool(selected or query.getlist("p") or query.getlist("l")),
        "sort": query.get("sort", "neu"), "languages": LANGUAGES,
        "hidden": [("q", query.get("q", "")), ("sort", query.get("sort", "neu"))],
    }  # fmt: skip
    return render(request, "outputs/outputs.html", shown)


def _readable(request: HttpRequest, slug: str) -> Output:
    """The output if this reader may see it; nobody learns that others exist."""
    output = get_object_or_404(
        Output.objects.select_related("edition", "kind", "owner", "base", "replaced_by__edition"), slug=slug
    )
    if output.state == Output.State.WITHDRAWN and output.audience == Output.Audience.PUBLIC and output.edition:
        return output
    if not queries.readable(request.user, on=timezone.localdate()).filter(pk=output.pk).exists():
        raise Http404
    return output


def output(request: HttpRequest, slug: str) -> HttpResponse:
    shown = _readable(request, slug)
    today = timezone.localdate()
    if shown.state == Output.State.WITHDRAWN:
        step = shown.steps.filter(kind="withdrawn").first()
        return render(request, "outputs/withdrawn.html", {"output": shown, "step": step}, status=410)
    assert shown.edition is not None
    citations = list(shown.citations.filter(published=True).select_related("law", "provision"))
    impacts = queries.open_impacts(shown)
    base = shown.base or shown
    readable = queries.readable(request.user, on=today)
    variants = [base, *base.variants.all()]
    return render(
        request,
        "outputs/output.html",
        {
            "output": shown,
            "edition": shown.edition,
            "status": presenters.status_of(shown),
            "drawn": presenters.drawn_edition(shown.edition, citations),
            "banners": presenters.banners(shown, impacts, today=today),
            "citations": presenters.citation_rows(citations),
            "authors": shown.authorships.select_related("person"),
            "concepts": shown.concepts.select_related("facet"),
            "programmes": shown.programmes.all(),
            "attachments": shown.attachments.select_related("file"),
            "editions": shown.editions.all(),
            "variants": [v for v in readable.filter(pk__in=[v.pk for v in variants]).select_related("edition") if v.pk != shown.pk],
            "stale": queries.stale_variant(shown),
            "may_work": may(rules.check_may_see_working_text, request.user, shown, on=today),
        },
    )  # fmt: skip


def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An older edition, kept readable, with the way to the current one."""
    shown = _readable(request, slug)
    chosen = get_object_or_404(shown.editions, number=number)
    drawn = presenters.drawn_edition(chosen, list(shown.citations.select_related("law", "provision")))
    return render(request, "outputs/edition.html", {"output": shown, "edition": chosen, "drawn": drawn})


def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The text as a tagged PDF, with the same banners as the page."""
    shown = _readable(request, slug)
    if shown.edition is None or shown.state == Output.State.WITHDRAWN:
        raise Http404
    banners = presenters.banners(shown, queries.open_impacts(shown), today=timezone.localdate())
    content = printing.as_pdf(shown, shown.edition, banners=banners, at=timezone.now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{shown.slug}.pdf"'
    return response


def attachment(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    shown = get_object_or_404(Output, slug=slug)
    today = timezone.localdate()
    if not may(rules.check_may_see_working_text, request.user, shown, on=today):
        _readable(request, slug)
    row = get_object_or_404(Attachment.objects.select_related("file"), output=shown, name=name)
    response = HttpResponse(content_of(row.file), content_type=row.file.media_type)
    disposition = "inline" if row.file.media_type.startswith("image/") else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{row.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
