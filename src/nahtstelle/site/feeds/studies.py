"""Studies as a feed: new and changed cards, for any choice of facets the reading room knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nahtstelle.rooms.library.forms.studies import choice_in, narrowed
from nahtstelle.rooms.library.models import CardEdition, Work
from nahtstelle.rooms.library.presenters.cards import finding_of
from nahtstelle.rooms.library.presenters.references import banners, short
from nahtstelle.rooms.library.presenters.studies import names_of
from nahtstelle.rooms.library.queries.studies import Choice, bibliographic, listed
from nahtstelle.rooms.library.strengths import sign_of

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Followed:
    choice: Choice
    address: str
    names: str


def narrowed_studies(request: HttpRequest) -> str:
    """The part of the reading room's address that narrows it."""
    return narrowed(request.GET).urlencode()


class StudiesFeed(Feed):
    feed_type = Atom1Feed
    subtitle = gettext_lazy("Studies with their finding in one sentence, new and assessed anew")
    author_name = settings.SITE_NAME  # Atom wants one

    def get_object(self, request: HttpRequest) -> Followed:
        choice, query = choice_in(request.GET), narrowed_studies(request)
        address = reverse("studies:studies")
        return Followed(choice, f"{address}?{query}" if query else address, ", ".join(names_of(choice)))

    def title(self, followed: Followed) -> str:
        whole = _("Studies")
        return f"{whole}: {followed.names}" if followed.names else whole

    def link(self, followed: Followed) -> str:
        return followed.address

    def items(self, followed: Followed) -> list[CardEdition]:
        return list(
            listed(followed.choice).prefetch_related("card__work__notices", "card__work__merged_into__notices")[:SHOWN]
        )

    def item_title(self, item: Any) -> str:
        return bibliographic(item).title

    def item_link(self, item: Any) -> str:
        return reverse("studies:study", args=[item.card.work.citekey])

    def item_description(self, item: Any) -> str:
        work: Work = bibliographic(item)
        said = [f"{banner['title']}: {banner['text']}" for banner in banners(work, list(work.notices.all()))]
        strength = _("Strength of evidence: %s.") % sign_of(item.strength).word
        return " ".join(filter(None, [*said, finding_of(item)["text"], strength, f"{short(work)}."]))

    def item_updateddate(self, item: Any) -> datetime:
        """When readers last had to learn something new of it: an edition, or what befell the publication."""
        notices = [
            moment for one in bibliographic(item).notices.all() for moment in (one.noted_at, one.lifted_at) if moment
        ]
        return max([item.published_at, *notices])

    def item_pubdate(self, item: Any) -> datetime:
        return item.published_at
