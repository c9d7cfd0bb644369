"""Amendments that the official files announce today: what a newer file no longer says was carried out or taken back."""

from datetime import date

from django.db.models import F, Max, QuerySet

from nahtstelle.rooms.law import queries
from nahtstelle.rooms.law.models import Announcement


def still_announced(*, day: date) -> QuerySet[Announcement]:
    """Announcements ahead of ``day`` that stand in the newest file of their law, the nearest first."""
    newest = Max("law__readings__first_seen")
    return queries.announcements_ahead(day=day).annotate(newest=newest).filter(last_seen__gte=F("newest"))
