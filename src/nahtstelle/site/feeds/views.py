"""Atom feeds: what was published, and what changed in law. Only what everybody may read; banners travel with the text."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nahtstelle.rooms.law import presenters as law_presenters
from nahtstelle.rooms.law.models import Change
from nahtstelle.rooms.law.queries import recent_changes
from nahtstelle.rooms.outputs import presenters, queries
from nahtstelle.rooms.outputs.models import Output

SHOWN = 50
WEEKS = 12


class PublicationsFeed(Feed):
    feed_type = Atom1Feed
    title = gettext_lazy("Publications")
    subtitle = gettext_lazy("New and revised, with what readers must know of their standing")
    author_name = settings.SITE_NAME  # Atom wants one

    def link(self) -> str:
        return reverse("outputs:outputs")

    def items(self) -> list[Output]:
        found = queries.published(AnonymousUser(), on=timezone.localdate())
        return list(
            found.select_related("base__edition", "base_edition", "replaced_by").prefetch_related("impacts__wave")[
                :SHOWN
            ]
        )

    def item_title(self, item: Any) -> str:
        return item.edition.title

    def item_link(self, item: Any) -> str:
        return reverse("outputs:output", args=[item.slug])

    def item_description(self, item: Any) -> str:
        open_impacts = queries.open_impacts(item) if any(i.settled_at is None for i in item.impacts.all()) else []
        banners = presenters.banners(item, open_impacts, today=timezone.localdate())
        said = [f"{banner.title}: {banner.text}" for banner in banners]
        stand = _("Stand: %s") % item.edition.stand.isoformat()
        return " ".join([*said, item.edition.summary, stand])

    def item_updateddate(self, item: Any) -> datetime:
        """When readers last had to learn something new of it: an edition, a review that began, one that was answered."""
        reviews = [moment for one in item.impacts.all() for moment in (one.wave.opened_at, one.settled_at) if moment]
        return max([item.published_at, *reviews])

    def item_pubdate(self, item: Any) -> datetime:
        return item.published_at


class LawFeed(Feed):
    feed_type = Atom1Feed
    title = gettext_lazy("Changed law")
    subtitle = gettext_lazy("Provisions whose text changed, as seen in the official files")
    author_name = settings.SITE_NAME

    def link(self) -> str:
        return reverse("law:recent")

    def items(self) -> list[Change]:
        return list(recent_changes(since=timezone.localdate() - timedelta(weeks=WEEKS))[:SHOWN])

    def item_title(self, item: Any) -> str:
        change = law_presenters.shown_change(item, item.reading.law)
        return f"{change.law}: {change.title} ({change.kind})"

    def item_link(self, item: Any) -> str:
        return law_presenters.shown_change(item, item.reading.law).synopsis_url

    def item_description(self, item: Any) -> str:
        return item.provision.title

    def item_updateddate(self, item: Any) -> datetime:
        return timezone.make_aware(datetime.combine(item.reading.first_seen, time(6)))
