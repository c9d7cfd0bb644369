"""What every action begins with: the row as it is now, held until the end, and the day it is."""

from datetime import date, datetime

from django.utils import timezone

from ..models import Duty


def locked(duty: Duty) -> Duty:
    """The duty as it stands now, locked until the transaction ends, so that two actions at once become two in a row."""
    return Duty.objects.select_for_update().get(pk=duty.pk)


def local_day(at: datetime) -> date:
    """The day at the centre."""
    return timezone.localdate(at)
