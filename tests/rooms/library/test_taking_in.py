"""A file becomes records, records become works, and all of it goes again."""

import pytest

from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.rooms.library.models import Import, Record, Work
from nahtstelle.rooms.library.queries.works import current
from tests.rooms.library.delivering import given, reference, ris, taken, undone

pytestmark = pytest.mark.django_db
FIRST = reference("Arbeit und Migration", doi="10.1234/eins", key="1")
SECOND = reference("Wohnen in der Stadt", doi="10.1234/zwei", key="2")


@pytest.fixture(autouse=True)
def no_failed_delivery() -> None:
    yield
    assert list(Delivery.objects.exclude(error="").values_list("error", flat=True)) == []


def test_a_file_is_looked_at_before_it_makes_works(settings, tmp_path) -> None:
    batch = given(ris(FIRST, SECOND))
    assert (batch.state, batch.records_read, Work.objects.count()) == (Import.State.PREVIEW, 2, 0)


def test_each_new_record_makes_a_work(tmp_path) -> None:
    batch = taken(ris(FIRST, SECOND))
    assert (batch.state, batch.figures["new"]) == (Import.State.DONE, 2)
    assert sorted(current().values_list("title", "doi", "citekey")) == [
        ("Arbeit und Migration", "10.1234/eins", "klee2021arbeit"),
        ("Wohnen in der Stadt", "10.1234/zwei", "klee2021wohnen"),
    ]
    work = Work.objects.get(doi="10.1234/eins")
    assert work.provenance["title"] == f"record:{work.records.get().pk}"


def test_the_same_source_again_makes_no_second_work() -> None:
    first = taken(ris(FIRST, SECOND))
    changed = reference("Arbeit und Migration", doi="10.1234/eins", key="1", more="VL  - 7")
    again = taken(ris(changed, SECOND, reference("Neu", key="3")))
    assert {name: again.figures[name] for name in ("new", "known", "changed")} == {"new": 1, "known": 1, "changed": 1}
    assert (Work.objects.count(), Work.objects.get(doi="10.1234/eins").volume) == (3, "7")
    undone(again)
    assert (Work.objects.count(), Work.objects.get(doi="10.1234/eins").volume) == (2, "")
    undone(first)
    assert (Work.objects.count(), Record.objects.count()) == (0, 0)
