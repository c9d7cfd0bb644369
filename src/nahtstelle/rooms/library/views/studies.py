"""The reading room: studies with what the centre makes of them, for everybody."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.engines.literature.formats.writing import write
from nahtstelle.plumbing.files.actions import content_of
from nahtstelle.plumbing.kit.refusals import may

from ..actions.card_saving import says_of
from ..forms.studies import StudiesForm, choice_in, narrowed
from ..linked_data import as_script
from ..models import CardEdition, FullText
from ..presenters import cards as shown_cards
from ..presenters import references
from ..presenters import studies as presenters
from ..queries import studies as queries
from ..questions import cited_in
from ..rules.cards import check_may_see
from ..rules.questions import check_may_take_up
from ..strengths import scale
from .cards import names_of_keys

PER_PAGE = 20
FORMS = {
    "bib": ("bibtex", "application/x-bibtex"), "ris": ("ris", "application/x-research-info-systems"),
    "json": ("csl", "application/vnd.citationstyles.csl+json"),
}  # fmt: skip


def studies(request: HttpRequest) -> HttpResponse:
    """The list of studies, with search, facets and pages; also what a cell of the map opens."""
    query, choice = request.GET, choice_in(request.GET)
    sort = query.get("sort", "neu")
    counts = queries.counts(choice)
    pages = Paginator(queries.listed(choice, sort=sort).values_list("pk", flat=True), PER_PAGE)
    pages.count = counts.number
    page = pages.get_page(query.get("page"))
    by_id = {one.pk: one for one in queries.listed(choice).filter(pk__in=list(page))}
    facets = presenters.facet_rows(counts, choice)
    typed = StudiesForm({name: query.get(name, "") for name in ("q", "von", "bis")} | {"sort": sort})
    hidden = ("f", "p", "k", "s", "z")
    shown = {
        "page": page,
        "rows": [presenters.study_row(by_id[pk]) for pk in page if pk in by_id],
        "facets": facets,
        "chips": presenters.chips(facets, query),
        "form": typed,
        "kept": [(name, value) for name in hidden for value in query.getlist(name)],
        "hidden": [
            (name, value)
            for name in ("q", "von", "bis", "sort", "z")
            for value in query.getlist(name)
            if value and value != "neu"
        ],
        "all": {"label": _("Show all studies"), "url": reverse("studies:studies")},
        "map_url": _map_url(request),
        "cell": bool(choice.within),
        "take_up_url": _take_up_url(request) if choice.within and not counts.number else "",
    }
    return render(request, "library/studies.html", shown)


def _map_url(request: HttpRequest) -> str:
    """The map, narrowed as the list is."""
    kept = narrowed(request.GET)
    for name in ("z", "q"):
        kept.pop(name, None)
    address = reverse("studies:map")
    return f"{address}?{kept.urlencode()}" if kept else address


def _take_up_url(request: HttpRequest) -> str:
    if not may(check_may_take_up, request.user, on=timezone.localdate()):
        return ""
    cell = request.GET.copy()
    for name in set(cell) - {"z"}:
        del cell[name]
    cell.setlist("f", cell.pop("z"))
    return f"{reverse('library:question-new')}?{cell.urlencode()}"


def _readable(citekey: str) -> CardEdition:
    found = queries.study(citekey)
    if found is None:
        raise Http404
    return found


def study(request: HttpRequest, citekey: str) -> HttpResponse:
    """One study with its card. The key of a work that was merged into another leads to that one."""
    edition = _readable(citekey)
    if edition.card.work.citekey != citekey:
        return redirect("studies:study", citekey=edition.card.work.citekey)
    return render(request, "library/study.html", _shown(request, edition) | {"current": True})


def edition(request: HttpRequest, citekey: str, number: int) -> HttpResponse:
    """An older edition of a card, kept readable."""
    now = _readable(citekey)
    old = get_object_or_404(now.card.editions.select_related("card__work__merged_into"), number=number)
    shown = _shown(request, old) | {"current": old.pk == now.pk, "newest": now}
    return render(request, "library/study.html", shown)


def _shown(request: HttpRequest, edition: CardEdition) -> dict[str, Any]:
    work, card = queries.bibliographic(edition), edition.card
    citing, citing_number = cited_in(work, request.user)
    editions = list(card.editions.all())
    return {
        "edition": edition,
        "work": work,
        "key": card.work.citekey,
        "reference": references.reference(work),
        "publication": references.address_of_publication(work),
        "banners": references.banners(work, list(work.notices.all())),
        "view": shown_cards.card_view(
            edition, concepts=edition.concepts.select_related("facet"), programmes=edition.programmes.all()
        ),
        "editions": shown_cards.edition_entries(editions, card.work.citekey, card.edition_id) if len(editions) > 1 else [],
        "texts": list(work.full_texts.filter(rights=FullText.Rights.OPEN).select_related("file")),
        "citing": citing,
        "citing_more": citing_number - len(citing),
        "forms": [{"label": label, "url": reverse("studies:citation", args=[card.work.citekey, form])}
                  for form, label in (("bib", "BibTeX"), ("ris", "RIS"), ("json", "CSL-JSON"))],
        "linked_data": as_script(edition),
        "scale": scale(),
        "work_url": reverse("library:card", args=[card.work.citekey])
        if may(check_may_see, request.user, card, on=timezone.localdate()) else "",
    }  # fmt: skip


def editions(request: HttpRequest, citekey: str) -> HttpResponse:
    """How the editions of a card differ, each from the one before it."""
    now = _readable(citekey)
    found = list(now.card.editions.order_by("number").prefetch_related("concepts", "programmes"))
    says = [says_of(one) for one in found]
    names = names_of_keys(says)
    pairs = [
        {"old": old, "new": new, "rows": shown_cards.difference_rows(said_old, said_new, names)}
        for (old, said_old), (new, said_new) in zip(
            zip(found, says, strict=True), zip(found[1:], says[1:], strict=True), strict=False
        )
    ]
    shown = {"work": queries.bibliographic(now), "key": now.card.work.citekey, "pairs": pairs[::-1], "first": found[0]}
    return render(request, "library/study_editions.html", shown)


def citation(request: HttpRequest, citekey: str, form: str) -> HttpResponse:
    """The reference as a file for reference managers."""
    if form not in FORMS:
        raise Http404
    work = queries.bibliographic(_readable(citekey))
    name, media_type = FORMS[form]
    response = HttpResponse(
        "".join(write([references.record_of(work)], name)), content_type=f"{media_type}; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{work.citekey}.{form}"'
    return response


def full_text(request: HttpRequest, citekey: str, pk: int) -> HttpResponse:
    """A full text whose licence opens it to everybody."""
    work = queries.bibliographic(_readable(citekey))
    text = get_object_or_404(work.full_texts.select_related("file"), pk=pk, rights=FullText.Rights.OPEN)
    response = HttpResponse(content_of(text.file), content_type=text.file.media_type)
    name = "".join(sign for sign in text.name if sign.isalnum() or sign in " ._-") or f"{work.citekey}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "ignore").decode() or "text.pdf"}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
