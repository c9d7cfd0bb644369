"""The day a page speaks of: today, or the one asked for with ``?am=2018-06-01``."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

PARAMETER = "am"


def day_of(request: HttpRequest) -> date:
    """The day asked for; today where none is given or it makes no sense."""
    try:
        return date.fromisoformat(request.GET.get(PARAMETER, ""))
    except ValueError:
        return timezone.localdate()
