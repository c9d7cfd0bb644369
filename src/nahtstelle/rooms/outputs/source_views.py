"""The sources of a text in the workshop: every claim with what it rests on; sources found and put in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal, refused
from nahtstelle.rooms.library.models import Work

from . import actions, rules, sources
from .claims import with_citation
from .edit_views import for_writing
from .models import Output
from .source_forms import AddSourceForm, SourceSearchForm
from .workflow_views import whole_number

PER_PAGE = 40
RESULTS = 15


def list_sources(request: HttpRequest, slug: str) -> HttpResponse:
    """Each sentence with its sources, those without any, and a search for sources to add."""
    output = for_writing(request, slug)
    if request.method == "POST":
        return _change(request, output)
    return _page(request, output)


def _page(
    request: HttpRequest, output: Output, *, form: AddSourceForm | None = None, status: int = 200
) -> HttpResponse:
    claims = sources.claims_of(output)
    rows = sources.rows_of(output, claims)
    cited = sources.cited_works(claims)
    missing = [row for row in rows if row["missing"]]
    only = request.GET.get("nur", "")
    shown = missing if only == "fehlt" else rows
    words = request.GET.get("q", "")
    found = Paginator(sources.search(words), RESULTS).get_page(request.GET.get("treffer")) if words.strip() else None
    here = reverse("outputs:sources", args=[output.slug])
    why_not = refused(rules.check_may_edit, request.user, output, on=timezone.localdate())
    return render(
        request,
        "outputs/sources.html",
        {
            "output": output, "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")), "cited": cited,
            "unknown": [row for row in cited if not row["known"]], "missing": len(missing), "why_not": why_not,
            "search": SourceSearchForm(request.GET or None), "words": words, "found": found,
            "results": sources.result_rows(found) if found else [], "claims": list(enumerate(claims)),
            "form": form or AddSourceForm(claims, initial={"claim": request.GET.get("satz", ""), "revision": output.revision}),
            "tabs": [
                {"label": _("All claims"), "url": here, "current": only != "fehlt", "count": len(rows)},
                {"label": _("Without a source"), "url": f"{here}?nur=fehlt", "current": only == "fehlt", "count": len(missing)},
            ],
        },
        status=status,
    )  # fmt: skip


def _change(request: HttpRequest, output: Output) -> HttpResponse:
    """Put a source behind a sentence, or a known key in the place of one nobody knows."""
    back = redirect("outputs:sources", slug=output.slug)
    if "instead" in request.POST:
        old, _sign, new = request.POST["instead"].partition(" ")
        work = get_object_or_404(Work, citekey=new)
        changed = {name: sources.replaced_key(getattr(output, name), old, work.citekey) for name in ("summary", "body")}
        _save(request, output, changed, revision=output.revision)
        return back
    claims = sources.claims_of(output)
    form = AddSourceForm(claims, request.POST)
    if not form.is_valid():
        return _page(request, output, form=form, status=422)
    chosen = form.cleaned_data
    if whole_number(str(chosen["revision"])) != output.revision:
        form.add_error(
            None,
            _("Somebody changed this text while your form was open. Please check your entries and send them again."),
        )
        form.data = form.data.copy()
        form.data["revision"] = str(output.revision)
        return _page(request, output, form=form, status=409)
    body = with_citation(output.body, claims[chosen["claim"]], chosen["citation"])
    try:
        _save(request, output, {"body": body}, revision=output.revision)
    except ValidationError as trouble:
        form.add_error(None, trouble.messages)
        return _page(request, output, form=form, status=422)
    return back


def _save(request: HttpRequest, output: Output, changed: dict[str, str], *, revision: int) -> None:
    text = actions.text_of(output) | changed
    saved = actions.save(
        output, started_from=revision, text=text, account=request.user, by=request.user.actor, at=timezone.now()
    )  # fmt: skip
    if saved.left is not None:
        raise Refusal(_("Somebody else changed the same lines. Both texts are kept; please merge them."))
    messages.success(request, _("Saved."))


def find_sources(request: HttpRequest, slug: str) -> HttpResponse:
    """What a search finds, for the side of the editor."""
    output = for_writing(request, slug)
    words = request.GET.get("q", "")
    found: Any = Paginator(sources.search(words), RESULTS).get_page(1) if words.strip() else None
    shown = {"output": output, "results": sources.result_rows(found) if found else [], "words": words, "found": found}
    return render(request, "outputs/_found_sources.html", shown)
