"""Pages of one provision: its text as at a day, and two of its wordings side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from . import presenters, queries, questions
from .models import Provision, Sighting
from .presenters import texts
from .referring import references
from .views import day_asked


def provision(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A provision as at a day, with everything known of it."""
    shown = get_object_or_404(Provision.objects.select_related("law"), pk=pk, law__slug=slug)
    day, today = day_asked(request), timezone.localdate()
    answer = queries.as_at(shown, day or today)
    spans = queries.timeline(shown)
    citing, number = questions.cited_in(shown, request.user)
    wording = answer.sighting.wording if answer.sighting else None
    links = (
        texts.reference_links(references(wording.text, law=shown.law), wording, here=shown, day=day) if wording else []
    )
    plans = presenters.plan_entries(queries.plans_for(shown), today=today)
    before, after = queries.neighbours(shown)
    words = {
        "provision": shown,
        "law": shown.law,
        "day": day,
        "head": presenters.provision_head(
            shown,
            answer,
            spans,
            portal_slug=queries.portal_slug(shown.law),
            day=day,
            follow=questions.ways_to_follow(shown.law, shown),
        ),
        "answer": answer,
        "certainty": presenters.certainty_sentence(answer),
        "doubtful": presenters.is_doubtful(answer),
        "nodes": presenters.text_nodes(wording, links) if wording else [],
        "notes": wording.notes.splitlines() if wording else [],
        "timeline": presenters.span_entries(shown, spans),
        "plans": plans,
        "ahead": [plan for plan in plans if plan["state"] == "future"],
        "citing": presenters.citing_rows(citing),
        "citing_more": number - len(citing),
        "neighbours": presenters.neighbour_links(shown.law, before, after, day=day),
    }
    return render(request, "law/provision.html", words)


def synopsis(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Two wordings of a provision side by side; without a choice the two newest."""
    shown = get_object_or_404(Provision.objects.select_related("law"), pk=pk, law__slug=slug)
    spans = [span for span in queries.timeline(shown) if span.sighting]
    old = _chosen(shown, request.GET.get("alt")) or (spans[-2].sighting if len(spans) > 1 else None)
    new = _chosen(shown, request.GET.get("neu")) or (spans[-1].sighting if spans else None)
    words = {
        "provision": shown,
        "law": shown.law,
        "old": old,
        "new": new,
        "head": presenters.synopsis_head(shown, spans, old, new),
        "rows": presenters.synopsis_rows(old.wording if old else None, new.wording if new else None),
        "same": bool(old and new and old.wording_id == new.wording_id),
        "inline": request.GET.get("form") == "text",
        "only_changes": request.GET.get("nur") == "aenderungen",
        "views": presenters.synopsis_views(request.GET),
        "choices": presenters.synopsis_choices(spans, old, new),
    }
    return render(request, "law/synopsis.html", words)


def _chosen(shown: Provision, number: str | None) -> Sighting | None:
    if not number or not number.isascii() or not number.isdigit() or len(number) > 17:
        return None
    return Sighting.objects.filter(provision=shown, reading=int(number)).select_related("wording", "reading").first()
