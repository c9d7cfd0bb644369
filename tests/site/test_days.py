"""The days an operator set are those by which the clock reminds, escalates and forgets."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from nahtstelle.plumbing.ledger.chores import run_due
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import Account
from nahtstelle.site.wiring import chores
from tests.register.duties.making import make_duty
from tests.register.notices.making import make_letter

TODAY = date(2026, 11, 23)


def do(name: str, *, at: datetime) -> None:
    assert run_due([one for one in chores() if one.name == name], worker="tests", at=at) == [name]


@pytest.mark.parametrize(("days", "reminded"), [(9, False), (10, True)])
def test_duties_are_reminded_of_as_early_as_was_set(
    emre: Account, now: datetime, settings: Any, days: int, reminded: bool
) -> None:
    settings.DUTY_REMIND_BEFORE = timedelta(days=days)
    make_duty(emre.person, at=now, due=TODAY + timedelta(days=10))
    do("duties.remind", at=now)
    assert (Duty.objects.get().reminded_at is not None) == reminded


@pytest.mark.parametrize(("days", "escalated"), [(3, False), (2, True)])
def test_duties_are_escalated_as_late_as_was_set(
    emre: Account, now: datetime, settings: Any, days: int, escalated: bool
) -> None:
    settings.DUTY_ESCALATE_AFTER = timedelta(days=days)
    make_duty(emre.person, at=now, due=TODAY - timedelta(days=3))
    do("duties.escalate", at=now)
    assert (Duty.objects.get().escalated_at is not None) == escalated


@pytest.mark.parametrize(("days", "left"), [(41, 1), (40, 0)])
def test_letters_are_removed_after_the_days_that_were_set(
    db: None, now: datetime, settings: Any, days: int, left: int
) -> None:
    settings.LETTERS_KEPT = timedelta(days=days)
    make_letter(at=now)
    Letter.objects.update(state=Letter.State.SENT, sent_at=now)
    do("notices.forget-letters", at=now + timedelta(days=40, seconds=1))
    assert Letter.objects.count() == left


def test_the_privacy_page_names_the_days_letters_are_kept(db: None, client: Client, settings: Any) -> None:
    settings.LETTERS_KEPT = timedelta(days=123)
    page = client.get("/datenschutz/", headers={"accept-language": "en"}).content.decode()
    assert "Letters are removed 123 days after they left" in page
