"""Who reads reported barriers, and how many may come in an hour."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.people.models import Account, CentreRole
from nahtstelle.register.people.rules import check_role, check_signed_in

from .models import Report

Role = CentreRole.Role
READERS = (Role.EDITOR, Role.LEAD, Role.ADMINISTRATOR)
HOUR = timedelta(hours=1)
MOST_FROM_ONE, MOST_IN_ALL = 5, 100
SUBJECT_KIND = "barriers.report"


def check_may_read_reports(account: object, *, on: date) -> None:
    check_role(
        account, READERS, on=on,
        sentence=_("Only editors, administrators and the head of the centre read reported barriers."),
    )  # fmt: skip


def check_may_read(account: object, report: Report, *, on: date) -> None:
    """Those who read all, and whoever owes the answer to this one."""
    check_signed_in(account)
    assert isinstance(account, Account)
    owed = Duty.objects.filter(subject_kind=SUBJECT_KIND, subject_id=report.pk, owner=account.person)
    if not owed.exists():
        try:
            check_may_read_reports(account, on=on)
        except NotYours:
            raise NotYours(_("Only those who keep the pages read this report, and whoever owes its answer.")) from None


def check_may_answer(account: object, report: Report, *, on: date) -> None:
    check_may_read(account, report, on=on)
    if report.answered_at is not None:
        raise NotNow(_("This report is answered already."))


def check_no_flood(*, origin: str, at: datetime) -> None:
    """A person sends a few reports in an hour, a machine many. Of an unknown ``origin`` only the sum is looked at."""
    lately = Report.objects.filter(reported_at__gt=at - HOUR)
    from_one = lately.filter(origin=origin).count() if origin else 0
    if from_one >= MOST_FROM_ONE or lately.count() >= MOST_IN_ALL:
        raise NotNow(
            _("Very many reports are coming in at the moment. Please try again in an hour, or write an e-mail.")
        )
