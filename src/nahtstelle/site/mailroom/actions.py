"""What staff do with a mail, and its end."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.files.actions import forget
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.notices.actions import tell
from nahtstelle.register.people.models import Account, Person

from . import rules
from .facts import MailAssigned, MailClosed, MailOpened, MailsForgotten
from .models import Mail, MailFile
from .words import ASSIGNED


@transaction.atomic
def assign(*, mail: Mail, to: Person, account: Account, at: datetime) -> Mail:
    """Give a mail to somebody of the centre, who is told."""
    mail = Mail.objects.select_for_update(of=("self",)).select_related("assigned_to").get(pk=mail.pk)
    rules.check_open(mail)
    rules.check_assignee(to, on=timezone.localdate(at))
    if mail.assigned_to == to:
        return mail
    entry = give(mail=mail, to=to, by=account.actor, at=at)
    if to.pk != account.person_id:
        tell(
            person=to, kind=ASSIGNED, words={"who": account.person.name, "subject": str(mail)[:120]},
            link=reverse("mailroom:mail", args=[mail.pk]), cause=f"mail-{mail.pk}-{entry.pk}", by=account.actor, at=at,
        )  # fmt: skip
    return mail


def give(*, mail: Mail, to: Person, by: Actor, at: datetime) -> Entry:
    """Put a mail into somebody's hands, without a word to them. Within a transaction."""
    before, mail.assigned_to = mail.assigned_to, to
    mail.save(update_fields=["assigned_to"])
    change = Touched(mail, {"assigned_to": (before.name if before else None, to.name)})
    return record(MailAssigned(mail.pk, to.pk), by=by, at=at, touched=[change])


@transaction.atomic
def close(*, mail: Mail, why: str, account: Account, at: datetime) -> Mail:
    """A mail is dealt with; why says what became of it."""
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    rules.check_open(mail)
    rules.check_reason(why)
    mail.closed_at, mail.closed_by, mail.closed_why = at, account, why.strip()
    mail.save(update_fields=["closed_at", "closed_by", "closed_why"])
    record(MailClosed(mail.pk), by=account.actor, at=at, why=why.strip(), touched=[mail])
    return mail


@transaction.atomic
def open_again(*, mail: Mail, account: Account, at: datetime) -> Mail:
    """Also what a machine was thought to have written, or spam: then a person needs to read it after all."""
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    if mail.closed_at is None:
        return mail
    mail.closed_at, mail.closed_by, mail.closed_why, mail.kind = None, None, "", Mail.Kind.PERSON
    mail.save(update_fields=["closed_at", "closed_by", "closed_why", "kind"])
    record(MailOpened(mail.pk), by=account.actor, at=at, touched=[mail])
    return mail


def forget_old(*, by: Actor, at: datetime) -> int:
    """Remove mails with their files: ``MAIL_KEPT_DAYS`` after they were closed, and open ones after twice that time."""
    kept = timedelta(days=settings.MAIL_KEPT_DAYS)
    with transaction.atomic():
        old = Mail.objects.filter(Q(closed_at__lt=at - kept) | Q(received_at__lt=at - 2 * kept))
        count = old.count()
        if count:
            remove(old)
            record(MailsForgotten(count), by=by, at=at)
    return count


def remove(mails: QuerySet[Mail]) -> None:
    """Mails go with their files, but for those another one holds. Within a transaction."""
    files = [one.file for one in MailFile.objects.filter(mail__in=mails).select_related("file") if one.file]
    mails.delete()
    for file in files:
        forget(file)
