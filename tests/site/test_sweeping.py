import uuid
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from nahtstelle.plumbing.kit.models import Submission
from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.site.sweeping import SUBMISSIONS_KEPT, sweep_sessions, sweep_submissions

BY = system("tests")


@pytest.mark.django_db
def test_keys_of_forms_are_forgotten_after_a_week(now: datetime) -> None:
    old, new = uuid.uuid4(), uuid.uuid4()
    Submission.objects.create(key=old, result="/", at=now - SUBMISSIONS_KEPT - timedelta(seconds=1))
    Submission.objects.create(key=new, result="/", at=now - SUBMISSIONS_KEPT)
    assert sweep_submissions(by=BY, at=now) == 1
    assert [row.key for row in Submission.objects.all()] == [new]


@pytest.mark.django_db
def test_ended_sessions_are_forgotten(now: datetime) -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now)
    assert sweep_sessions(by=BY, at=now) == 1
    assert [row.session_key for row in Session.objects.all()] == ["new"]
