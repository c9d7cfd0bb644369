"""Carrying notices by mail: urgent ones at once, the others in each person's rhythm, gathered into one letter."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Person

from ..letters import digest_letter
from ..models import Letter, Notice, Preference
from ..replying import duty_headers
from ..rhythm import mail_is_due
from ..unsubscribing import Subscription, unsubscribe_headers
from .letters import write_letter
from .preferences import locked_preference

log = logging.getLogger(__name__)


def carry_notices(*, by: Actor, at: datetime) -> int:
    """Write a letter to each person whose waiting notices are due; the number of letters.

    Each person is a transaction of their own, so one that fails harms no other. Read notices are not mailed any more;
    nor is anything to people without an address or who want no mail.
    """
    written = 0
    waiting = (
        _waiting()
        .exclude(person__mail="")
        .exclude(person__preference__rhythm=Preference.Rhythm.NEVER)
        .order_by()
        .values("person")
        .annotate(oldest=Min("created_at"), urgent=Count("id", filter=Q(urgent=True)))
    )
    preferences = {preference.person_id: preference for preference in Preference.objects.all()}
    # Read to the end first: on SQLite an open reader would be left with an old state.
    for row in list(waiting):
        preference = preferences.get(row["person"]) or Preference()
        if not mail_is_due(preference, oldest=row["oldest"], urgent=row["urgent"] > 0, at=at):
            continue
        try:
            written += _carry(Person.objects.get(pk=row["person"]), by=by, at=at) is not None
        except Exception:  # reason: one person's broken notice must not keep the others' letters back
            log.exception("The notices of person %s could not be made into a letter.", row["person"])
    return written


def _waiting() -> QuerySet[Notice]:
    return Notice.objects.filter(letter__isnull=True, read_at__isnull=True)


def _carry(person: Person, *, by: Actor, at: datetime) -> Letter | None:
    with transaction.atomic():
        preference = locked_preference(person)
        waiting = list(_waiting().filter(person=person).order_by("id"))
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
            headers=unsubscribe_headers(person, Subscription.DIGEST, at=at) | duty_headers(waiting, at=at),
            by=by,
            at=at,
        )
        Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(letter=letter)
    return letter
