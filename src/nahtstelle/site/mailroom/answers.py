"""What the mail room answers to questions from below."""

from datetime import date

from django.urls import reverse

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.replying import DUTY

from .models import BY_PERSONS, Mail
from .presenters import subject
from .rules import check_may_read

SHOWN = 10


def about_duty(duty: Duty, *, reader: object, on: date) -> list[tuple[str, str]]:
    """The mails of persons that answer a letter about the duty, newest first, for who may read mail."""
    if not may(check_may_read, reader, on=on):
        return []
    mails = Mail.objects.filter(about_kind=DUTY.name, about_id=duty.pk, kind__in=BY_PERSONS).order_by("-id")
    return [(subject(one), reverse("mailroom:mail", args=[one.pk])) for one in mails[:SHOWN]]
