"""What can happen to a mail that came in."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nahtstelle.plumbing.ledger.facts import fact


@fact("mailroom.MailTaken", says=_("A mail came in"))
@dataclass(frozen=True, slots=True)
class MailTaken:
    mail_id: int
    kind: str
    sender: str


@fact("mailroom.MailAssigned", says=_("A mail was given to somebody"))
@dataclass(frozen=True, slots=True)
class MailAssigned:
    mail_id: int
    person_id: int


@fact("mailroom.MailClosed", says=_("A mail was closed"))
@dataclass(frozen=True, slots=True)
class MailClosed:
    mail_id: int


@fact("mailroom.MailOpened", says=_("A mail was opened again"))
@dataclass(frozen=True, slots=True)
class MailOpened:
    mail_id: int


@fact(
    "mailroom.MailsForgotten",
    says=ngettext_lazy("One old mail was removed", "%(count)s old mails were removed", "count"),
)
@dataclass(frozen=True, slots=True)
class MailsForgotten:
    count: int
