"""What readers see: the list of publications, a text in its edition, its older editions, its files and its PDF."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.files.actions import content_of
from nahtstelle.plumbing.files.media_types import DOCX
from nahtstelle.plumbing.kit.refusals import may

from . import bibliography as bibliographies
from . import counting, describing, drawing, news, presenters, printing, queries, questions, rules, work_presenters
from .forms import ListForm, choice_in
from .linked_data import as_script
from .models import Attachment, Output
from .word_writing import as_docx

PER_PAGE = 20


def outputs(request: HttpRequest) -> HttpResponse:
    """The list of publications, with search, facets and pages."""
    today = timezone.localdate()
    query = request.GET
    choice, sort = choice_in(query), query.get("sort", "neu")
    words = choice.words
    kept = {"f": choice.concepts, "p": choice.programmes, "l": choice.languages}
    counted = counting.counted(request.user, choice, on=today)
    pages = Paginator(queries.listed(request.user, choice, on=today, sort=sort).values_list("pk", flat=True), PER_PAGE)
    pages.count = counted.number
    page, facets = pages.get_page(query.get("page")), counted.facets
    shown = {
        "page": page, "cards": [presenters.card(output) for output in queries.rows(list(page))], "facets": facets,
        "form": ListForm({"q": words, "sort": sort}), "chips": presenters.chips(facets, query),
        "all": {"label": _("Show all publications"), "url": reverse("outputs:outputs")},
        "kept": [(name, value) for name, values in kept.items() for value in values],
        "hidden": [(name, value) for name, value in (("q", words), ("sort", sort)) if value and value != "neu"],
    }  # fmt: skip
    return render(request, "outputs/outputs.html", shown)


def readable_text(request: HttpRequest, slug: str, *, withdrawn: bool = False) -> Output:
    """The output if this reader may see it; nobody learns that others exist. ``withdrawn`` ones only have a page."""
    output = get_object_or_404(queries.with_banners(Output.objects.select_related("kind", "owner")), slug=slug)
    if (
        output.state == Output.State.WITHDRAWN
        and output.audience == Output.Audience.PUBLIC
        and output.edition
        and withdrawn
    ):
        return output
    if not queries.readable(request.user, on=timezone.localdate()).filter(pk=output.pk).exists():
        raise Http404
    return output


def output(request: HttpRequest, slug: str) -> HttpResponse:
    today = timezone.localdate()
    # Whoever may read it gets it with all that is around it; the others learn what they may.
    shown = describing.page_of(request.user, slug, on=today) or readable_text(request, slug, withdrawn=True)
    if shown.state == Output.State.WITHDRAWN:
        step = shown.steps.filter(kind="withdrawn").first()
        return render(request, "outputs/withdrawn.html", {"output": shown, "step": step}, status=410)
    if place := questions.place_of(shown):
        return redirect(place)
    assert shown.edition is not None
    citations = list(shown.citations.all())
    impacts = queries.open_impacts(shown) if shown.has_impacts else []
    near = queries.near(shown, request.user, on=today)
    base = shown.base_id or shown.pk
    variants = [other for other in near if base in (other.pk, other.base_id)]
    described = describing.describe_page(shown, impacts, near, on=today)
    drawn = drawing.drawn_edition(shown.edition, citations)
    return render(
        request,
        "outputs/output.html",
        {
            "output": shown,
            "edition": shown.edition,
            "status": presenters.status_of(shown),
            "drawn": drawn,
            "banners": presenters.banners(shown, impacts, today=today),
            "law": presenters.law_cited(citations),
            "exports": presenters.bibliography_links(shown) if 'class="n-sources"' in drawn.html else [],
            "news": news.for_readers(shown) if shown.shows_news else None,
            "funding": queries.funding_of(shown.edition),
            "about": work_presenters.about_facts(
                shown, authors=shown.authorships.all(),
                checked_on=timezone.localdate(shown.confirmed_at) if shown.confirmed_at else None,
            ),
            "concepts": shown.concepts.all(),
            "attachments": shown.edition.attachments.all() if shown.has_files else [],
            "editions": work_presenters.edition_entries(shown.editions.all()) if shown.edition.number > 1 else [],
            "actions": presenters.reader_actions(
                shown, may_work=may(rules.check_may_see_working_text, request.user, shown, on=today)
            ),
            "linked_data": as_script(described) if described else "",
            "variants": variants,
            "language_way": presenters.language_way(variants),
            "check": presenters.reader_check(shown),
        },
    )  # fmt: skip


def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An older edition, kept readable, with the way to the current one."""
    shown = readable_text(request, slug)
    chosen = get_object_or_404(shown.editions, number=number)
    drawn = drawing.drawn_edition(chosen, list(shown.citations.select_related("law", "provision")))
    return render(
        request,
        "outputs/edition.html",
        {
            "output": shown,
            "edition": chosen,
            "drawn": drawn,
            "funding": queries.funding_of(chosen),
            "replaced": presenters.replaced_words(shown.editions.filter(number__gt=number).order_by("number").first()),
        },
    )


def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The text as a tagged PDF, with the same banners as the page."""
    shown = readable_text(request, slug)
    assert shown.edition is not None
    banners = presenters.banners(shown, queries.open_impacts(shown), today=timezone.localdate())
    content = printing.as_pdf(shown, shown.edition, banners=banners, at=timezone.now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{shown.slug}.pdf"'
    return response


def docx(request: HttpRequest, slug: str) -> HttpResponse:
    """The text as a Word file, with the same banners as the page."""
    shown = readable_text(request, slug)
    assert shown.edition is not None
    banners = presenters.banners(shown, queries.open_impacts(shown), today=timezone.localdate())
    citations = list(shown.citations.filter(published=True).select_related("law", "provision"))
    content = as_docx(shown, shown.edition, banners=banners, citations=citations, at=timezone.now())
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{shown.slug}.docx"'
    return response


def bibliography(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The works a text cites, as a file."""
    shown = readable_text(request, slug)
    if form not in bibliographies.FORMS:
        raise Http404
    _name, ending, media_type = bibliographies.FORMS[form]
    response = HttpResponse("".join(bibliographies.file_of(shown, form)), content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{shown.slug}-quellen.{ending}"'
    return response


def attachment(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A file of the edition readers have, of an older one, or (for those who work on it) of the working text."""
    if "arbeitsstand" in request.GET:
        shown = get_object_or_404(Output, slug=slug)
        rules.check_may_see_working_text(request.user, shown, on=timezone.localdate())
        files = Attachment.objects.filter(output=shown, working=True)
    else:
        shown = readable_text(request, slug)
        number = request.GET.get("fassung", "")
        editions = (
            shown.editions.filter(number=number) if number.isdecimal() else shown.editions.filter(pk=shown.edition_id)
        )
        files = Attachment.objects.filter(editions__in=editions)
    if "\0" in name:
        raise Http404
    row = get_object_or_404(files.select_related("file"), name=name)
    response = HttpResponse(content_of(row.file), content_type=row.file.media_type)
    disposition = "inline" if row.file.media_type.startswith("image/") else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{row.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
