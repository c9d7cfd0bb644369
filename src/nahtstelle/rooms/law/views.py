"""Pages of law for everybody: lists, laws, provisions through time, synopses."""

from datetime import date, timedelta

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

from . import actions, presenters, queries, questions, rules
from .models import Law, LawName, Provision, Reading, Sighting

PER_PAGE = 30
RECENT_DAYS = 90


def laws(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    page = Paginator(queries.laws(words=words), PER_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "words": words,
        "may_import": may(rules.check_may_import, request.user, on=timezone.localdate()),
    }
    return render(request, "law/laws.html", shown)


def watched(request: HttpRequest) -> HttpResponse:
    person = person_of(request.user)
    if person is None:
        raise NotYours(_("Please sign in first."))
    found = queries.laws(watched_by=person.pk)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "law/watched.html", {"page": page})


def announcements(request: HttpRequest) -> HttpResponse:
    found = queries.announcements_ahead(day=timezone.localdate())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "law/announcements.html", {"page": page})


def recent(request: HttpRequest) -> HttpResponse:
    since = timezone.localdate() - timedelta(days=RECENT_DAYS)
    page = Paginator(queries.recent_changes(since=since), PER_PAGE).get_page(request.GET.get("page"))
    changes = [presenters.shown_change(change, change.reading.law) for change in page]
    return render(request, "law/recent.html", {"page": page, "changes": changes, "since": since})


def _day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("am", ""))
    except ValueError:
        return None


def law(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Law, slug=slug)
    day = _day(request)
    today = timezone.localdate()
    reading, certainty, following = queries.reading_at(shown, day or today)
    person = person_of(request.user)
    return render(
        request,
        "law/law.html",
        {
            "law": shown,
            "day": day,
            "reading": reading,
            "certainty": certainty,
            "following": following,
            "chapters": presenters.chapters(shown, list(queries.contents(shown, reading)), day=day) if reading else [],
            "readings": shown.readings.order_by("-first_seen"),
            "announcements": queries.announcements_ahead(day=today).filter(law=shown),
            "plans": presenters.plan_entries(
                list(shown.planned_changes.select_related("act").order_by("in_force")), today=today
            ),
            "names": shown.names.all(),
            "watching": queries.is_watching(shown, person.pk if person else None),
            "may_watch": person is not None,
            "may_name": may(rules.check_may_record_acts, request.user, on=today),
        },
    )


def reading(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What one reading changed."""
    shown = get_object_or_404(Reading.objects.select_related("law"), pk=pk, law__slug=slug)
    changes = [presenters.shown_change(change, shown.law) for change in queries.changes_of(shown)]
    return render(
        request,
        "law/reading.html",
        {
            "reading": shown,
            "law": shown.law,
            "changes": [change for change in changes if change.substance],
            "formal": [change for change in changes if not change.substance],
        },
    )


def provision(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    shown = get_object_or_404(Provision.objects.select_related("law"), pk=pk, law__slug=slug)
    today = timezone.localdate()
    day = _day(request)
    answer = queries.as_at(shown, day or today)
    spans = queries.timeline(shown)
    citing, number = questions.cited_in(shown, request.user)
    return render(
        request,
        "law/provision.html",
        {
            "provision": shown,
            "law": shown.law,
            "day": day,
            "answer": answer,
            "certainty": presenters.certainty_sentence(answer),
            "groups": presenters.wording_groups(answer.sighting.wording) if answer.sighting else [],
            "timeline": presenters.span_entries(shown, spans, today=today),
            "plans": presenters.plan_entries(list(queries.plans_for(shown)), today=today),
            "citing": citing,
            "citing_number": number,
            "neighbours": _neighbours(shown),
        },
    )


def _neighbours(shown: Provision) -> dict[str, Provision | None]:
    beside = shown.law.provisions.filter(gone=False).exclude(kind__in=["structure", "contents"])
    return {
        "before": beside.filter(position__lt=shown.position).order_by("-position").first(),
        "after": beside.filter(position__gt=shown.position).order_by("position").first(),
    }


def synopsis(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Two wordings of a provision side by side; without a choice the two newest."""
    shown = get_object_or_404(Provision.objects.select_related("law"), pk=pk, law__slug=slug)
    spans = [span for span in queries.timeline(shown) if span.sighting]
    old = _chosen(shown, request.GET.get("alt")) or (spans[-2].sighting if len(spans) > 1 else None)
    new = _chosen(shown, request.GET.get("neu")) or (spans[-1].sighting if spans else None)
    return render(
        request,
        "law/synopsis.html",
        {
            "provision": shown,
            "law": shown.law,
            "old": old,
            "new": new,
            "rows": presenters.synopsis_rows(old.wording if old else None, new.wording if new else None),
            "variant": "inline" if request.GET.get("form") == "text" else "columns",
            "choices": [
                {"value": span.sighting.reading_id, "label": presenters.reading_label(span.sighting.reading)}
                for span in spans
                if span.sighting
            ],
        },
    )


def _chosen(shown: Provision, number: str | None) -> Sighting | None:
    if not number or not number.isdigit():
        return None
    return Sighting.objects.filter(provision=shown, reading=int(number)).select_related("wording", "reading").first()


@require_POST
def watch(request: HttpRequest, slug: str) -> HttpResponse:
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
                name = get_object_or_404(LawName, pk=remove, law=shown)
                actions.remove_name(name, account=request.user, by=by, at=at)
            else:
                actions.add_name(shown, request.POST.get("name", ""), account=request.user, by=by, at=at)
            return redirect("law:names", slug=slug)
        except Refusal as refusal:
            trouble = str(refusal)
    return render(
        request,
        "law/names.html",
        {
            "law": shown,
            "names": shown.names.order_by("source", "name"),
            "trouble": trouble,
            "typed": request.POST.get("name", ""),
        },
        status=422 if trouble else 200,
    )
