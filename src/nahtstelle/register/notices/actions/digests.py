"""Carrying notices by mail: urgent ones at once, the others in each person's rhythm, gathered into one letter."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Person

from ..letters import digest_letter
from ..models import Letter, Notice, Preference
from ..rhythm import mail_is_due
from ..unsubscribing import Subscription, unsubscribe_headers
from .letters import write_letter
from .preferences import locked_preference

log = logging.getLogger(__name__)

WAITING = Q(notices__letter__isnull=True, notices__read_at__isnull=True)


def carry_notices(*, by: Actor, at: datetime) -> int:
    """Write a letter to each person whose waiting notices are due; the number of letters.

    Each person is a transaction of their own, so one that fails harms no other. Read notices are not mailed any more;
    nor is anything to people without an address or who want no mail.
    """
    written = 0
    people = (
        Person.objects.exclude(mail="")
        .exclude(preference__rhythm=Preference.Rhythm.NEVER)
        .filter(WAITING)
        .annotate(oldest=Min("notices__created_at"), urgent=Count("notices", filter=Q(notices__urgent=True)))
        .select_related("preference")
        .order_by("pk")
    )
    for person in list(people):  # read to the end first: on SQLite an open reader would be left with an old state
        preference = getattr(person, "preference", None) or Preference(person=person)
        if not mail_is_due(preference, oldest=person.oldest, urgent=bool(person.urgent), at=at):
            continue
        try:
            written += _carry(person, by=by, at=at) is not None
        except Exception:  # reason: one person's broken notice must not keep the others' letters back
            log.exception("The notices of person %s could not be made into a letter.", person.pk)
    return written


def _carry(person: Person, *, by: Actor, at: datetime) -> Letter | None:
    with transaction.atomic():
        preference = locked_preference(person)
        waiting = list(Notice.objects.filter(person=person, letter__isnull=True, read_at__isnull=True).order_by("id"))
        # Asked again under the lock: another worker may have carried them meanwhile.
        oldest = min((notice.created_at for notice in waiting), default=at)
        if waiting and mail_is_due(preference, oldest=oldest, urgent=False, at=at):
            preference.last_digest_on = timezone.localdate(at)
            preference.save(update_fields=["last_digest_on"])
        elif preference.rhythm == Preference.Rhythm.NEVER:
            return None
        else:
            waiting = [notice for notice in waiting if notice.urgent]
        if not waiting:
            return None
        content = digest_letter(person, waiting, at=at)
        letter = write_letter(
            key=f"notices-{person.pk}-{waiting[0].pk}-{waiting[-1].pk}",
            to=person.mail,
            person=person,
            subject=content.subject,
            text=content.text,
            html=content.html,
            language=person.language,
            headers=unsubscribe_headers(person, Subscription.DIGEST, at=at),
            by=by,
            at=at,
        )
        Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(letter=letter)
    return letter
