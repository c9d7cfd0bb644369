"""What the top floor holds of a person: doors, invitations, mails, saved searches, reported barriers, pages and addresses."""

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.people.personal import (
    Erasure,
    Holding,
    Mentions,
    by_account,
    by_address,
    by_person,
    deleted,
    emptied,
    kept,
)

from .barriers.models import Report
from .door.models import Factor, RecoveryCode
from .feeds.models import CalendarKey
from .invitations.models import Invitation
from .mailroom import actions as mailroom
from .mailroom.models import Mail, MailFile
from .pages.models import Placement
from .redirects.models import Redirect
from .search.models import SavedSearch

DOORS: tuple[type[Model], ...] = (AccessAttempt, AccessFailureLog, AccessLog)
SHOWN = ("username", "ip_address", "attempt_time")
WORK = "what was done for the centre, without the name"


def holdings() -> list[Holding]:
    return [
        *(Holding(_("Wrong passwords"), model, by_address(model, "username"), SHOWN, deleted) for model in DOORS),
        Holding(_("Your second factors"), Factor, by_account(Factor, "account"), ("kind", "name", "added_at"), deleted),
        Holding(_("Your recovery codes"), RecoveryCode, by_account(RecoveryCode, "account"), ("used_at",), deleted),
        Holding(
            _("Invitations you got"), Invitation, by_address(Invitation, "mail"),
            ("mail", "centre_role", "project_role", "project__key", "invited_at", "words"), deleted,
        ),
        Holding(
            _("Invitations you accepted"), Invitation, by_person(Invitation, "accepted_by"),
            ("centre_role", "project_role", "project__key", "invited_at", "accepted_at"), deleted,
        ),
        Holding(
            _("Invitations you sent"), Invitation, by_account(Invitation, "invited_by"),
            ("centre_role", "project_role", "project__key", "invited_at", "accepted_at"), kept, WORK,
        ),
        Holding(
            _("Mails you wrote to the centre"), Mail, by_address(Mail, "from_address"),
            ("from_address", "subject", "text", "received_at"), _with_files,
        ),
        Holding(
            _("Mails you closed"), Mail, by_account(Mail, "closed_by"), ("subject", "closed_at"), kept, WORK
        ),
        Holding(_("Mails that are yours to answer"), Mail, by_person(Mail, "assigned_to"), ("subject",), _unassigned, WORK),
        Holding(
            _("Barriers you reported"), Report, by_address(Report, "mail"), ("page", "words", "name", "mail", "answer"),
            emptied(name="", mail=""), "the barrier itself, without name and address",
        ),
        Holding(_("Barriers you answered"), Report, by_account(Report, "answered_by"), ("page", "answer"), kept, WORK),
        Holding(_("The address of your calendar"), CalendarKey, by_person(CalendarKey, "person"), ("made_at",), deleted),
        Holding(
            _("Searches you saved"), SavedSearch, by_person(SavedSearch, "person"), ("query", "rhythm", "created_at"), deleted
        ),
        Holding(
            _("Searches saved for your e-mail address"), SavedSearch, by_address(SavedSearch, "mail"),
            ("query", "mail", "rhythm", "created_at"), deleted,
        ),
        Holding(_("Texts you put in a place"), Placement, by_account(Placement, "placed_by"), ("place",), kept, WORK),
        Holding(_("Redirects you made"), Redirect, by_account(Redirect, "made_by"), ("old", "new"), kept, WORK),
    ]  # fmt: skip


def mentions() -> list[Mentions]:
    return [
        Mentions(Mail, ("from_name", "to", "subject", "text", "closed_why")),
        Mentions(MailFile, ("name",)),
        Mentions(Invitation, ("words",)),
        Mentions(Report, ("words", "answer", "name")),
        Mentions(Redirect, ("old", "new", "note")),
        Mentions(SavedSearch, ("query",)),
    ]


def _with_files(rows: QuerySet[Any], erasure: Erasure) -> None:
    mailroom.remove(rows)


def _unassigned(rows: QuerySet[Any], erasure: Erasure) -> None:
    """Somebody else has to see that they wait."""
    rows.update(assigned_to=None)
