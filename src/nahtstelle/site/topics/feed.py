"""What is new on a topic, as a feed: the same entries as the feed of all publications, only those of the topic."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.outputs import queries
from nahtstelle.rooms.outputs.models import Impact, Output
from nahtstelle.site.feeds.views import PublicationsFeed, newest
from nahtstelle.site.pages.places import topic_address

from .views import concept_of


class TopicFeed(PublicationsFeed):
    def get_object(self, request: HttpRequest, part: str, key: str) -> Concept:
        return concept_of(part, key)

    def title(self, obj: Any) -> str:
        return _("Publications: %s") % obj.name

    def link(self, obj: Any) -> str:
        return topic_address(obj)

    def items(self, obj: Any) -> list[tuple[Output, list[Impact]]]:
        return newest(queries.published(AnonymousUser(), on=timezone.localdate(), concepts=[obj.key]))
