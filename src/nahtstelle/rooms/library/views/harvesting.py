"""Saved searches in sources: all of them, each with its trial and its runs, and what is new across them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, may
from nahtstelle.plumbing.kit.submissions import once

from ..actions import completing, saved_searches
from ..forms.harvesting import FORMS, NewsForm, SearchesForm, SeenForm, SetsForm, initial_of
from ..models import Import, SavedSearch
from ..presenters import harvesting as shown_as
from ..presenters.ways import import_url
from ..queries import harvesting as asking
from ..rules.people import LIBRARIANS, check_may_keep, check_may_read

PAGE, RUNS, NEWS, SETS = 30, 20, 50, 50


def _found(request: HttpRequest, pk: int) -> SavedSearch:
    check_may_read(request.user, on=timezone.localdate())
    return get_object_or_404(SavedSearch.objects.select_related("owner"), pk=pk)


def _kept(request: HttpRequest, pk: int) -> SavedSearch:
    check_may_keep(request.user, on=timezone.localdate())
    return get_object_or_404(SavedSearch.objects.select_related("owner"), pk=pk)


def _keeps(request: HttpRequest) -> bool:
    return may(check_may_keep, request.user, on=timezone.localdate())


def searches(request: HttpRequest) -> HttpResponse:
    """All saved searches."""
    check_may_read(request.user, on=timezone.localdate())
    form = SearchesForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    words, source, state = (chosen.get(name, "") for name in ("q", "source", "state"))
    page = Paginator(asking.searches(words=words, source=source, state=state), PAGE).get_page(request.GET.get("page"))
    runs = asking.last_runs(page.object_list)
    new = {"label": _("Save a search"), "url": reverse("library:search-new"), "kind": "primary", "icon": "add"}
    news = {"label": _("What is new"), "url": reverse("library:searches-news"), "kind": "secondary"}
    keeps = _keeps(request)
    shown = {
        "page": page, "form": form, "filtered": bool(words or source or state), "new": new if keeps else None,
        "head_actions": [*([new] if keeps else []), news], "breadcrumb": shown_as.way(),
        **shown_as.table_of(page.object_list, runs, asking.figures_of_runs(runs.values())),
    }  # fmt: skip
    return render(request, "library/searches.html", shown)


def new_search(request: HttpRequest) -> HttpResponse:
    """Save a search; it is tried first, nothing comes in yet."""
    check_may_keep(request.user, on=timezone.localdate())
    source = request.GET.get("quelle", "")
    source = source if source in FORMS else SavedSearch.Source.OAI.value
    owners = asking.holders(LIBRARIANS, on=timezone.localdate())
    initial = {"owner": request.user.person_id, "rhythm": SavedSearch.Rhythm.WEEKLY}
    form = FORMS[source](request.POST or None, owners=owners, initial=initial)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()

        def act() -> str:
            made = saved_searches.save_search(**form.given, by=request.user.actor, at=at)
            return shown_as.search_url(made)

        try:
            return redirect(once(form.cleaned_data["submission"], act, at=at))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    shown = {
        "form": form, "sources": shown_as.sources_of(source), "breadcrumb": shown_as.way((_("Save a search"), "")),
        "cancel_url": reverse("library:searches"),
    }  # fmt: skip
    return render(request, "library/search_form.html", shown, status=422 if form.errors else 200)


def edit_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a search; one that asks something else is tried anew."""
    search = _kept(request, pk)
    owners = asking.holders(LIBRARIANS, on=timezone.localdate())
    form = FORMS[search.source](request.POST or None, owners=owners, initial=initial_of(search))
    if request.method == "POST" and form.is_valid():
        given = form.given
        if search.source == SavedSearch.Source.OAI and given["address"] == search.address:
            given["query"] = search.query  # the set stays
        try:
            saved_searches.save_search(search=search, **given, by=request.user.actor, at=timezone.now())
            return redirect(shown_as.search_url(search))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    shown = {
        "form": form, "search": search, "cancel_url": shown_as.search_url(search),
        "breadcrumb": shown_as.way((search.name, shown_as.search_url(search)), (_("Edit"), "")),
    }  # fmt: skip
    return render(request, "library/search_form.html", shown, status=422 if form.errors else 200)


def search_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One saved search: what it asks, what would come, its runs, what can be done now."""
    search = _found(request, pk)
    run = search.runs.filter(state=Import.State.FETCHING).first()
    trial = shown_as.trial_of(search)
    busy = trial["busy"] or run is not None
    progress = shown_as.progress_of_run(run, search) if run else trial["progress"]
    shown: dict[str, Any] = {"search": search, "busy": busy, "progress": progress}
    if request.GET.get("fortschritt") and request.htmx:
        response = render(request, "library/_search_progress.html", shown)
        if not busy:
            response["HX-Refresh"] = "true"
        return response
    page = Paginator(asking.runs_of(search), RUNS).get_page(request.GET.get("page"))
    waiting = search.runs.filter(state=Import.State.PREVIEW).first()
    shown |= {
        "head": shown_as.head_of(search), "facts": shown_as.facts_of(search), "trial": trial, "page": page,
        "trouble": shown_as.sentence_of(search.trouble),
        "actions": shown_as.actions_of(search, at=timezone.localtime()) if _keeps(request) else [],
        "keeps": _keeps(request), "waiting": import_url(waiting) if waiting else "",
        **shown_as.runs_table(page.object_list, asking.figures_of_runs(page.object_list)),
    }  # fmt: skip
    return render(request, "library/search.html", shown)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Run, pause, go on, try again, ask for everything again, remove."""
    search = _kept(request, pk)
    by, at = request.user.actor, timezone.now()
    match request.POST.get("do"):
        case "run":
            saved_searches.run_now(search=search, by=by, at=at)
        case "pause":
            saved_searches.pause(search=search, by=by, at=at)
        case "resume":
            saved_searches.resume(search=search, by=by, at=at)
        case "try":
            saved_searches.try_again(search=search, by=by, at=at)
        case "anew":
            saved_searches.ask_anew(search=search, by=by, at=at)
            messages.info(request, _("The next run asks for everything; what is known already is not shown again."))
        case "remove":
            saved_searches.remove(search=search, by=by, at=at)
            messages.info(request, _("“%s” was removed.") % search.name)
            return redirect("library:searches")
    return redirect(shown_as.search_url(search))


def sets(request: HttpRequest, pk: int) -> HttpResponse:
    """The sets of a repository, to choose one of."""
    search = _kept(request, pk) if request.method == "POST" else _found(request, pk)
    if request.method == "POST":
        saved_searches.choose_set(
            search=search, spec=request.POST.get("set", "")[:200], by=request.user.actor, at=timezone.now()
        )
        return redirect(shown_as.search_url(search))
    form = SetsForm(request.GET)
    words = (form.cleaned_data["q"] if form.is_valid() else "").casefold().strip()
    groups = [g for g in search.probe.get("groups", ()) if words in f"{g['name']} {g['spec']}".casefold()]
    page = Paginator(groups, SETS).get_page(request.GET.get("page"))
    shown = {
        "search": search, "form": form, "filtered": bool(words), "page": page, "groups": page.object_list,
        "chosen": search.query.get("set", ""), "keeps": _keeps(request),
        "breadcrumb": shown_as.way((search.name, shown_as.search_url(search)), (_("Sets"), "")),
    }  # fmt: skip
    return render(request, "library/search_sets.html", shown)


def news(request: HttpRequest) -> HttpResponse:
    """What is new across all saved searches, for whoever looks."""
    check_may_read(request.user, on=timezone.localdate())
    person = request.user.person
    if request.method == "POST":
        seen = SeenForm(request.POST)
        if seen.is_valid():
            saved_searches.mark_seen(person=person, upto=seen.cleaned_data["upto"], at=timezone.now())
        return redirect("library:searches-news")
    form = NewsForm(request.GET, searches=asking.names())
    chosen = form.cleaned_data if form.is_valid() else {}
    visit = asking.visit_of(person)
    everything = chosen.get("span") == "all"
    after = 0 if everything or visit is None else visit.record
    found = asking.brought(search=chosen.get("search"), words=chosen.get("q", ""), after=after)
    page = Paginator(found, NEWS).get_page(request.GET.get("page"))
    newest = page.object_list[0].pk if page.number == 1 and page.object_list else 0
    filtered = bool(chosen.get("search") or chosen.get("q") or everything)
    shown = {
        "form": form, "page": page, "filtered": filtered,
        "lead": shown_as.seen_label(visit.at if visit else None),
        "upto": newest if not filtered else 0, "breadcrumb": shown_as.way((_("What is new"), "")),
        **shown_as.news_table(page.object_list),
    }  # fmt: skip
    return render(request, "library/searches_news.html", shown)


@require_POST
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the records of an import that are nothing but a DOI looked up."""
    check_may_keep(request.user, on=timezone.localdate())
    batch = get_object_or_404(Import, pk=pk)
    completing.complete(batch=batch, by=request.user.actor, at=timezone.now())
    return redirect(import_url(batch))
