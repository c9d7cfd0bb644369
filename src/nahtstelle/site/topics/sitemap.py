"""The topic pages in the map for search engines."""

from django.db.models import QuerySet
from django.utils import timezone

from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.site.feeds.sitemaps import Part
from nahtstelle.site.pages.places import topic_address, topics


class Topics(Part):
    def items(self) -> QuerySet[Concept]:
        return topics(on=timezone.localdate())

    def location(self, item: Concept) -> str:
        return topic_address(item)
