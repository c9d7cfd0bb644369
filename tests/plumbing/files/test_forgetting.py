"""Files with personal data end: the bytes leave the disk once nothing names them and the transaction has ended."""

from datetime import datetime

import pytest
from django.db import transaction

from nahtstelle.plumbing.files.actions import absolute, forget, keep
from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.register.intake.models import Batch


@pytest.mark.django_db(transaction=True)
def test_a_forgotten_file_leaves_record_and_disk(now: datetime) -> None:
    kept = keep(b"Ada;ada@example.org", media_type="text/csv", at=now)
    path = absolute(kept)
    assert (path.exists(), forget(kept)) == (True, True)
    assert (path.exists(), KeptFile.objects.count()) == (False, 0)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_something_still_names_stays(now: datetime) -> None:
    kept = keep(b"Ada;ada@example.org", media_type="text/csv", at=now)
    Batch.objects.create(kind="persons", file_name="k.csv", file=kept, purpose="Probe", given_at=now)
    assert (forget(kept), absolute(kept).exists(), KeptFile.objects.count()) == (False, True, 1)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_taken_back_keeps_the_bytes(now: datetime) -> None:
    kept = keep(b"Ada;ada@example.org", media_type="text/csv", at=now)
    path = absolute(kept)

    class Back(Exception):
        pass

    with pytest.raises(Back), transaction.atomic():
        forget(kept)
        raise Back
    assert (path.exists(), KeptFile.objects.count()) == (True, 1)
