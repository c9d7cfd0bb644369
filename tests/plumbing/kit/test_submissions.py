"""A browser that sends twice: one form is carried out once, also when both arrive at the same moment."""

import threading
import uuid
from datetime import datetime

import pytest
from django.db import connection

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.models import Submission
from nahtstelle.plumbing.kit.submissions import OnceForm, once


class Deed:
    """Something that must happen once; tells its number as the address it leads to."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> str:
        made = KeptFile.objects.create(
            digest=uuid.uuid4().hex, size=1, media_type="text/plain", path="x", kept_at=self.at
        )
        return f"/done/{made.pk}/"


@pytest.mark.django_db
def test_the_same_form_twice_leads_to_the_first_result(now: datetime) -> None:
    key = uuid.uuid4()
    first, second = once(key, Deed(now), at=now), once(key, Deed(now), at=now)
    assert (first == second, KeptFile.objects.count()) == (True, 1)


@pytest.mark.django_db
def test_two_forms_are_two_deeds(now: datetime) -> None:
    once(uuid.uuid4(), Deed(now), at=now)
    once(uuid.uuid4(), Deed(now), at=now)
    assert KeptFile.objects.count() == 2


@pytest.mark.django_db
def test_a_form_without_a_key_is_carried_out_each_time(now: datetime) -> None:
    once(None, Deed(now), at=now)
    once(None, Deed(now), at=now)
    assert (KeptFile.objects.count(), Submission.objects.count()) == (2, 0)


@pytest.mark.django_db
def test_what_failed_may_be_sent_again(now: datetime) -> None:
    key = uuid.uuid4()

    def fail() -> str:
        Deed(now)()
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        once(key, fail, at=now)
    assert (KeptFile.objects.count(), Submission.objects.count()) == (0, 0)
    assert once(key, Deed(now), at=now).startswith("/done/")


@pytest.mark.django_db(transaction=True)
def test_the_same_form_at_the_same_moment_is_carried_out_once(now: datetime) -> None:
    key, results = uuid.uuid4(), []
    gate = threading.Barrier(4)

    def send() -> None:
        try:
            gate.wait(timeout=20)
            results.append(once(key, Deed(now), at=now))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (len(results), len(set(results)), KeptFile.objects.count()) == (4, 1, 1)


def test_every_form_has_a_key_of_its_own() -> None:
    keys = {OnceForm()["submission"].value() for _number in range(20)}
    assert len(keys) == 20


def test_a_damaged_key_makes_the_form_invalid() -> None:
    assert OnceForm({"submission": "not a key"}).is_valid() is False
