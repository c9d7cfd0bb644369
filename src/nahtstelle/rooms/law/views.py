"""Pages of law for everybody: lists of laws, a law and its readings, announcements, what is new."""

from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import NotYours, Refusal, may
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.queries import person_of

from . import actions, presenters, queries, questions, rules, searching
from .models import Law, LawName, Reading
from .presenters import lists

PER_PAGE = 30
READINGS_SHOWN = 6
RECENT_DAYS = (30, 90, 365, 3650)


def laws(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    words = _words(request)
    order = queries.Order.NEWEST_CHANGE if request.GET.get("sort") == "change" else queries.Order.NAME
    page = Paginator(queries.laws(words=words, order=order, day=today), PER_PAGE).get_page(request.GET.get("page"))
    hits = searching.provisions_named(words)
    may_import = may(rules.check_may_import, request.user, on=today)
    shown = {
        "tabs": lists.tabs(request.path, signed_in=request.user.is_authenticated),
        "page": page,
        "columns": lists.law_columns(order, words),
        "rows": presenters.law_rows(page),
        "hits": lists.hits(hits),
        "words": words,
        "nothing": lists.no_laws(words, may_import=may_import),
        "head_actions": lists.laws_actions(may_import=may_import),
    }
    return render(request, "law/laws.html", shown)


def _words(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:200]


def watched(request: HttpRequest) -> HttpResponse:
    """The laws a person keeps an eye on."""
    person = person_of(request.user)
    if person is None:
        raise NotYours(_("Please sign in first."))
    today = timezone.localdate()
    found = queries.laws(watched_by=person.pk, order=queries.Order.NEWEST_CHANGE, day=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "tabs": lists.tabs(request.path, signed_in=True),
        "page": page,
        "columns": lists.law_columns(None, ""),
        "rows": presenters.law_rows(page),
        "all_laws": lists.to_all_laws(),
    }
    return render(request, "law/watched.html", shown)


def announcements(request: HttpRequest) -> HttpResponse:
    """Amendments the official files announce, and what became of those whose day has come."""
    today = timezone.localdate()
    past = request.GET.get("stand") == "vorbei"
    found = queries.announcements_past(day=today) if past else queries.announcements_ahead(day=today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "views": lists.announcement_views(past=past),
        "past": past,
        "tabs": lists.tabs(request.path, signed_in=request.user.is_authenticated),
        "page": page,
        "columns": lists.announcement_columns(with_law=True),
        "rows": presenters.announcement_rows(page, today=today, with_law=True),
    }
    return render(request, "law/announcements.html", shown)


def recent(request: HttpRequest) -> HttpResponse:
    """Changes of substance that were seen lately."""
    today = timezone.localdate()
    days = _number(request.GET.get("tage"))
    days = days if days in RECENT_DAYS else RECENT_DAYS[1]
    since = today - timedelta(days=days)
    page = Paginator(queries.recent_changes(since=since), PER_PAGE).get_page(request.GET.get("page"))
    changes = [presenters.shown_change(change, change.reading.law) for change in page]
    shown = {
        "tabs": lists.tabs(request.path, signed_in=request.user.is_authenticated),
        "spans": lists.recent_spans(RECENT_DAYS, days),
        "page": page,
        "days": lists.by_day_and_law(changes),
        "columns": lists.change_columns(),
        "since": since,
    }
    return render(request, "law/recent.html", shown)


def _number(text: str | None) -> int | None:
    """A number somebody wrote into an address; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


def day_asked(request: HttpRequest) -> date | None:
    """The day of an "as at" question; None without one, or where it is no day."""
    try:
        return parse_date(request.GET.get("am", ""))
    except ValueError:
        return None


def law(request: HttpRequest, slug: str) -> HttpResponse:
    """A law: its contents as at a day, its readings, what is announced and planned."""
    shown = get_object_or_404(Law, slug=slug)
    day, today = day_asked(request), timezone.localdate()
    then = queries.law_at(shown, day or today)
    reading = then.reading
    person = person_of(request.user)
    sightings = list(queries.contents(shown, reading)) if reading else []
    readings = list(shown.readings.order_by("-first_seen"))
    ahead = queries.announcements_ahead(day=today).filter(law=shown)
    past = queries.announcements_past(day=today).filter(law=shown)
    chapters = presenters.chapters(shown, sightings, day=day, changed=queries.last_changes(shown))
    entries = presenters.reading_entries(shown, readings, queries.substance_numbers(shown))
    words = {
        "law": shown,
        "day": day,
        "head": presenters.law_head(
            shown, readings, portal_slug=queries.portal_slug(shown),
            watching=queries.is_watching(shown, person.pk if person else None), may_watch=person is not None,
            follow=questions.ways_to_follow(shown),
            may_name=may(rules.check_may_record_acts, request.user, on=today),
        ),
        "reading": reading,
        "certainty": presenters.law_sentence(reading, then.certainty, then.following, then.unseen),
        "doubtful": then.certainty is queries.Certainty.UNKNOWN or bool(then.unseen),
        "parts": presenters.parts(chapters),
        "jumps": presenters.jumps(chapters),
        "provisions": len(sightings),
        "readings": entries[:READINGS_SHOWN],
        "readings_earlier": entries[READINGS_SHOWN:],
        "readings_more": len(entries) - READINGS_SHOWN,
        "announced": presenters.announcement_rows(ahead, today=today, with_law=False),
        "announced_before": presenters.announcement_rows(past, today=today, with_law=False),
        "announced_columns": lists.announcement_columns(with_law=False),
        "plans": presenters.plan_entries(queries.plans_for_law(shown, day=today), today=today),
        "names": list(shown.names.order_by("source", "name")),
    }  # fmt: skip
    return render(request, "law/law.html", words)


def reading(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What one reading changed."""
    shown = get_object_or_404(Reading.objects.select_related("law"), pk=pk, law__slug=slug)
    changes = [presenters.shown_change(change, shown.law) for change in queries.changes_of(shown)]
    words: dict[str, Any] = {
        "reading": shown,
        "law": shown.law,
        "head": presenters.reading_head(shown, queries.reading_before(shown)),
        "changes": [change.row for change in changes if change.substance],
        "formal": [change.formal_row for change in changes if not change.substance],
        "columns": lists.change_columns(),
        "formal_columns": lists.formal_columns(),
    }
    return render(request, "law/reading.html", words)


@require_POST
def watch(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a law on one's own watch list, or take it off."""
    shown = get_object_or_404(Law, slug=slug)
    if not isinstance(request.user, Account):
        raise NotYours(_("Please sign in first."))
    watching = request.POST.get("watching") == "1"
    actions.watch(shown, person=request.user.person, watching=watching, by=request.user.actor, at=timezone.now())
    return redirect("law:law", slug=slug)


def names(request: HttpRequest, slug: str) -> HttpResponse:
    """The names people use for a law; staff add and remove their own."""
    shown = get_object_or_404(Law, slug=slug)
    rules.check_may_record_acts(request.user, on=timezone.localdate())
    trouble = ""
    if request.method == "POST":
        by, at = request.user.actor, timezone.now()
        try:
            if remove := request.POST.get("remove"):
                name = get_object_or_404(LawName, pk=_number(remove), law=shown)
                actions.remove_name(name, account=request.user, by=by, at=at)
            else:
                actions.add_name(shown, request.POST.get("name", ""), account=request.user, by=by, at=at)
            return redirect("law:names", slug=slug)
        except Refusal as refusal:
            trouble = str(refusal)
    words = {
        "law": shown,
        "head": presenters.names_head(shown),
        "rows": lists.name_rows(shown, shown.names.order_by("source", "name")),
        "columns": lists.name_columns(),
        "trouble": trouble,
        "typed": request.POST.get("name", ""),
    }
    return render(request, "law/names.html", words, status=422 if trouble else 200)
