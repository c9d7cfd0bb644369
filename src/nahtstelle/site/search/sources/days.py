"""What a new day changes by itself: few things, however many there are."""

from datetime import date, timedelta

from django.db.models import Q

LATELY = timedelta(days=14)  # longer than a worker is ever away


def turned_lately(on: date) -> Q:
    """Spans that began or ended of late."""
    return Q(valid_from__range=(on - LATELY, on)) | Q(valid_until__range=(on - LATELY, on))
