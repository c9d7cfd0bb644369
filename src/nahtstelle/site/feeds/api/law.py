"""Law through time: laws, a provision as at a day with how certain that is, what changed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Schema

from nahtstelle.rooms.law import presenters, queries
from nahtstelle.rooms.law.models import Change, Law, Provision

from .outputs import whole
from .paging import PROBLEMS, IsoDay, Listed, Number, Pages, Slug, Words, paged

router = Router(tags=["Law"])
Certainty = Literal["seen", "latest", "unknown", "before"]


class LawEntry(Schema):
    slug: str
    url: str
    citation: str
    title: str
    first_seen: date | None
    last_seen: date | None
    last_changed: date | None


class LawPage(Listed):
    items: list[LawEntry]


class LawQuestion(Pages):
    q: Words = ""


@router.get("/laws", response={200: LawPage, **PROBLEMS}, url_name="laws")
def list_laws(request: HttpRequest, question: Query[LawQuestion]) -> Any:
    """Laws in stock, by the name people cite them with."""
    found = queries.laws(words=question.q, day=timezone.localdate())
    return paged(request, found, question, lambda laws: [_law(law) for law in laws])


def _law(law: Any) -> dict[str, Any]:
    return {
        "slug": law.slug,
        "url": whole(reverse("law:law", args=[law.slug])),
        "citation": law.citation,
        "title": law.long_title,
        "first_seen": law.first_seen,
        "last_seen": law.last_seen,
        "last_changed": law.last_changed,
    }


class Content(Schema):
    id: int
    designation: str
    title: str
    repealed: bool


class LawDetail(LawEntry):
    """A law as at a day; ``certainty`` tells how sure it is that this reading is the one of the day."""

    on: date
    certainty: Certainty
    certainty_sentence: str
    contents: list[Content]


class Day(Schema):
    on: IsoDay | None = Query(None, description="as at this day; today where it is left out")


@router.get("/laws/{slug}", response={200: LawDetail, **PROBLEMS}, url_name="law")
def get_law(request: HttpRequest, slug: Slug, question: Query[Day]) -> Any:
    """A law with its contents as at a day."""
    law = get_object_or_404(queries.laws(day=timezone.localdate()), slug=slug)
    day = question.on or timezone.localdate()
    then = queries.law_at(law, day)
    contents = queries.contents(law, then.reading) if then.reading else []
    return _law(law) | {
        "on": day,
        "certainty": then.certainty.value,
        "certainty_sentence": presenters.law_sentence(then.reading, then.certainty, then.following, then.unseen),
        "contents": [
            {"id": s.provision_id, "designation": s.designation, "title": s.wording.title, "repealed": s.repealed}
            for s in contents
        ],
    }


class ProvisionDetail(Schema):
    """A provision as at a day. ``last_seen`` and ``next_seen`` bound what is known; between them lies the change."""

    id: int
    law: str
    url: str
    on: date
    certainty: Certainty
    certainty_sentence: str
    designation: str | None
    title: str | None
    text: str | None
    repealed: bool | None
    last_seen: date | None
    next_seen: date | None
    announced: list[date]


@router.get("/laws/{slug}/provisions/{id}", response={200: ProvisionDetail, **PROBLEMS}, url_name="provision")
def get_provision(request: HttpRequest, slug: Slug, id: Number, question: Query[Day]) -> Any:
    """What a provision said on a day, as far as the readings tell."""
    provision = get_object_or_404(Provision.objects.select_related("law"), pk=id, law__slug=slug)
    answer = queries.as_at(provision, question.on or timezone.localdate())
    sighting = answer.sighting
    return {
        "id": provision.pk,
        "law": provision.law.slug,
        "url": whole(presenters.provision_url(provision.law, provision, question.on)),
        "on": answer.day,
        "certainty": answer.certainty.value,
        "certainty_sentence": presenters.certainty_sentence(answer),
        "designation": sighting.designation if sighting else None,
        "title": sighting.wording.title if sighting else None,
        "text": sighting.wording.text if sighting else None,
        "repealed": sighting.repealed if sighting else None,
        "last_seen": answer.last_seen,
        "next_seen": answer.next_seen,
        "announced": list(answer.announced),
    }


class ChangeEntry(Schema):
    law: str
    provision: int
    old_designation: str
    new_designation: str
    kind: str
    first_seen: date
    url: str


class ChangePage(Listed):
    items: list[ChangeEntry]


class ChangeQuestion(Pages):
    since: IsoDay | None = Query(None, description="first seen on this day or later; 90 days back where it is left out")
    law: str = Query("", pattern=r"^[-a-zA-Z0-9_]*$", max_length=120)


@router.get("/changes", response={200: ChangePage, **PROBLEMS}, url_name="changes")
def list_changes(request: HttpRequest, question: Query[ChangeQuestion]) -> Any:
    """Changes of substance, newest first: each as it was noticed between two readings of the official file."""
    since = question.since or timezone.localdate() - timedelta(days=90)
    found = queries.recent_changes(since=since)
    if question.law:
        if not Law.objects.filter(slug=question.law).exists():
            raise Http404
        found = found.filter(reading__law__slug=question.law)
    return paged(request, found.order_by("-reading__first_seen", "pk"), question, _changes)


def _changes(changes: Sequence[Change]) -> list[dict[str, Any]]:
    return [
        {
            "law": change.reading.law.slug,
            "provision": change.provision_id,
            "old_designation": change.old_designation,
            "new_designation": change.new_designation,
            "kind": change.kind,
            "first_seen": change.reading.first_seen,
            "url": whole(presenters.shown_change(change, change.reading.law).synopsis_url),
        }
        for change in changes
    ]
