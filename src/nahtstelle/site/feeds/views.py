"""Atom feeds: what was published, and what changed in law. Only what everybody may read; banners travel with the text.

A feed takes the choice of the page it belongs to: a list of publications with its words and facets, one law, one
provision. So every search can be followed.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nahtstelle.rooms.law import presenters as law_presenters
from nahtstelle.rooms.law.models import Change, Law, Provision
from nahtstelle.rooms.law.queries import recent_changes
from nahtstelle.rooms.outputs import counting, presenters, queries
from nahtstelle.rooms.outputs.forms import choice_in
from nahtstelle.rooms.outputs.models import Impact, Output

SHOWN = 50
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Followed:
    """A list of publications that is followed: what it is narrowed to, and its address."""

    choice: queries.Choice
    address: str
    names: str


def newest(found: QuerySet[Output]) -> list[tuple[Output, list[Impact]]]:
    """The first of these texts, each with the changes of law that are still to be answered."""
    shown = list(queries.with_banners(found).prefetch_related("impacts__wave")[:SHOWN])
    impacts = queries.open_impacts_of(shown)
    return [(output, impacts.get(output.pk, [])) for output in shown]


class PublicationsFeed(Feed):
    feed_type = Atom1Feed
    subtitle = gettext_lazy("New and revised, with what readers must know of their standing")
    author_name = settings.SITE_NAME  # Atom wants one

    def get_object(self, request: HttpRequest) -> Followed:
        choice, address = choice_in(request.GET), reverse("outputs:outputs")
        query = narrowed(request)
        words = [f"„{choice.words}“"] if choice.words else []
        names = ", ".join([*words, *counting.names_of(choice)])
        return Followed(choice, f"{address}?{query}" if query else address, names)

    def title(self, followed: Followed) -> str:
        whole = _("Publications")
        return f"{whole}: {followed.names}" if followed.names else whole

    def link(self, followed: Followed) -> str:
        return followed.address

    def items(self, followed: Followed) -> list[tuple[Output, list[Impact]]]:
        return newest(queries.listed(AnonymousUser(), followed.choice, on=timezone.localdate()))

    def item_title(self, item: Any) -> str:
        return item[0].edition.title

    def item_link(self, item: Any) -> str:
        return reverse("outputs:output", args=[item[0].slug])

    def item_description(self, item: Any) -> str:
        output, impacts = item
        banners = presenters.banners(output, impacts, today=timezone.localdate())
        said = [f"{banner.title}: {banner.text}" for banner in banners]
        stand = _("Stand: %s") % output.edition.stand.isoformat()
        return " ".join([*said, output.edition.summary, stand])

    def item_updateddate(self, item: Any) -> datetime:
        """When readers last had to learn something new of it: an edition, a review that began, one that was answered."""
        output = item[0]
        reviews = [moment for one in output.impacts.all() for moment in (one.wave.opened_at, one.settled_at) if moment]
        return max([output.published_at, *reviews])

    def item_pubdate(self, item: Any) -> datetime:
        return item[0].published_at


def narrowed(request: HttpRequest) -> str:
    """The part of a list's address that narrows it."""
    query = request.GET.copy()
    for name in set(query) - {"q", "f", "p", "l"}:
        del query[name]
    return query.urlencode()


@dataclass(frozen=True, slots=True)
class Watched:
    """All of law, one law, or one of its provisions."""

    law: Law | None = None
    provision: Provision | None = None


def watched_in(request: HttpRequest) -> Watched:
    """What ``?gesetz=…&norm=…`` names. Raises ``Http404`` where we do not have it."""
    slug, number = request.GET.get("gesetz", ""), request.GET.get("norm", "")
    if not slug:
        return Watched()
    if "\0" in slug:
        raise Http404
    law = get_object_or_404(Law, slug=slug)
    if not number:
        return Watched(law)
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise Http404
    return Watched(law, get_object_or_404(Provision, law=law, pk=int(number)))


class LawFeed(Feed):
    feed_type = Atom1Feed
    subtitle = gettext_lazy("Provisions whose text changed, as seen in the official files")
    author_name = settings.SITE_NAME

    def get_object(self, request: HttpRequest) -> Watched:
        return watched_in(request)

    def title(self, watched: Watched) -> str:
        whole = _("Changed law")
        if watched.law is None:
            return whole
        about = f"{watched.provision.designation} {watched.law}" if watched.provision else str(watched.law)
        return f"{whole}: {about}"

    def link(self, watched: Watched) -> str:
        if watched.law is None:
            return reverse("law:recent")
        if watched.provision is None:
            return reverse("law:law", args=[watched.law.slug])
        return reverse("law:provision", args=[watched.law.slug, watched.provision.pk])

    def items(self, watched: Watched) -> list[Change]:
        today = timezone.localdate()
        if watched.law is None:
            return list(recent_changes(since=today - timedelta(weeks=WEEKS))[:SHOWN])
        # Who follows one law wants its newest changes, however long ago.
        changes = recent_changes(since=datetime.min.date()).filter(reading__law=watched.law)
        if watched.provision is not None:
            changes = changes.filter(provision=watched.provision)
        return list(changes[:SHOWN])

    def item_title(self, item: Any) -> str:
        change = law_presenters.shown_change(item, item.reading.law)
        return f"{change.law}: {change.title} ({change.kind})"

    def item_link(self, item: Any) -> str:
        return law_presenters.shown_change(item, item.reading.law).synopsis_url

    def item_description(self, item: Any) -> str:
        return item.provision.title

    def item_updateddate(self, item: Any) -> datetime:
        return timezone.make_aware(datetime.combine(item.reading.first_seen, time(6)))
