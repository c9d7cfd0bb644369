"""Which feed and calendar belong to a page: what a reader's program finds by itself, and the foot of the page offers."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from .studies import narrowed_studies
from .views import narrowed

ATOM, CALENDAR = "application/atom+xml", "text/calendar"


def alternates(request: HttpRequest) -> list[dict[str, Any]]:
    """The other forms of the page that is asked for; none for most."""
    match = request.resolver_match
    if match is None:
        return []
    feed, law, dates = _feeds()
    match match.view_name:
        case "home":
            return [_link(ATOM, feed, _("Publications as a feed")), _link(ATOM, law, _("Changes of law as a feed"))]
        case "topics:topic":
            address = reverse("topics:feed", args=[match.kwargs["part"], match.kwargs["key"]])
            return [_link(ATOM, address, _("New on this topic as a feed"), at_foot=False)]  # the page says it itself
        case "outputs:outputs":
            query = narrowed(request)
            # The list shows it itself: there it changes with the choice, without a new page.
            return [_link(ATOM, f"{feed}?{query}" if query else feed, _("This list as a feed"), at_foot=False)]
        case "studies:studies":
            query, studies = narrowed_studies(request), reverse("feeds:studies")
            return [_link(ATOM, f"{studies}?{query}" if query else studies, _("This list as a feed"), at_foot=False)]
        case "studies:map":
            return [_link(ATOM, reverse("feeds:studies"), _("Studies as a feed"))]
        case "law:laws" | "law:recent" | "law:announcements" | "law:acts":
            return [
                _link(ATOM, law, _("Changes of law as a feed")),
                _link(CALENDAR, dates, _("Dates of law as a calendar")),
            ]
        case "law:law":
            query = "?" + urlencode({"gesetz": match.kwargs["slug"]})
            return [
                _link(ATOM, law + query, _("Changes of this law as a feed")),
                _link(CALENDAR, dates + query, _("Dates of this law as a calendar")),
            ]
        case "law:provision":
            query = "?" + urlencode({"gesetz": match.kwargs["slug"], "norm": match.kwargs["pk"]})
            return [_link(ATOM, law + query, _("Changes of this provision as a feed"))]
        case "programmes:programmes" | "programmes:programme":
            return [_link(CALENDAR, reverse("feeds:programme-calendar"), _("Funding periods as a calendar"))]
    return []


@lru_cache(maxsize=1)
def _feeds() -> tuple[str, str, str]:
    return reverse("feeds:publications"), reverse("feeds:law"), reverse("feeds:law-calendar")


def _link(media_type: str, url: str, label: str, *, at_foot: bool = True) -> dict[str, Any]:
    return {"type": media_type, "url": url, "label": label, "at_foot": at_foot}
