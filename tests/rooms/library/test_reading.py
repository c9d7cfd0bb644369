"""A delivery is read slice by slice: killed and begun again, slow or quick, each record comes once."""

import io
from collections.abc import Iterator

import pytest
from django.utils import timezone

from nahtstelle.plumbing.ledger.delivery import deliver_next
from nahtstelle.plumbing.ledger.models import Delivery
from nahtstelle.rooms.library import readers
from nahtstelle.rooms.library.actions import giving, reading
from nahtstelle.rooms.library.models import Import, Record
from tests.rooms.library.delivering import BY, given, reference, ris, taken

MANY = ris(*(reference(f"Titel {n}", key=str(n)) for n in range(25)))


@pytest.fixture(autouse=True)
def short_slices(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(reading, "READ_AT_ONCE", 10)
    readers._held.clear()
    yield
    readers._held.clear()


def given_unread(content: bytes) -> Import:
    return giving.give_file(
        stream=io.BytesIO(content), name="treffer.ris", size=len(content), source="Scopus", by=BY, at=timezone.now()
    )


def numbers(batch: Import) -> list[tuple[int, str]]:
    return list(batch.records.order_by("number").values_list("number", "title"))


EXPECTED = [(n + 1, f"Titel {n}") for n in range(25)]


@pytest.mark.django_db
def test_progress_is_seen_while_a_file_is_read() -> None:
    batch = given_unread(MANY)
    deliver_next(at=timezone.now())
    batch.refresh_from_db()
    assert (batch.state, batch.records_read) == (Import.State.READING, 10)


@pytest.mark.django_db(transaction=True)
def test_the_next_slice_goes_on_where_the_last_one_ended() -> None:
    batch = given_unread(MANY)
    deliver_next(at=timezone.now())
    (held,) = readers._held.values()
    assert held.position == 10
    while deliver_next(at=timezone.now()):
        pass
    assert (numbers(batch), readers._held) == (EXPECTED, {})


@pytest.mark.django_db
def test_a_reading_that_was_killed_goes_on_in_another_process_without_doubling() -> None:
    batch = given_unread(MANY)
    deliver_next(at=timezone.now())
    readers._held.clear()  # what a process held is gone with it
    while deliver_next(at=timezone.now()):
        pass
    assert numbers(batch) == EXPECTED


@pytest.mark.django_db(transaction=True)
def test_a_slice_that_was_rolled_back_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = given_unread(MANY)
    deliver_next(at=timezone.now())
    with monkeypatch.context() as patch:
        patch.setattr(reading, "keep_unread", _out_of_memory)
        deliver_next(at=timezone.now())
    assert Delivery.objects.exclude(error="").count() == 1  # it did fail
    Delivery.objects.filter(state="pending").update(not_before=timezone.now())
    while deliver_next(at=timezone.now()):
        pass
    assert numbers(batch) == EXPECTED


def _out_of_memory(*_args: object) -> None:
    raise MemoryError


@pytest.mark.django_db
def test_a_delivery_that_arrives_twice_reads_its_slice_once() -> None:
    batch = given_unread(MANY)
    for _time in range(2):
        reading.read_on(batch=batch, after=0, by=BY, at=timezone.now())
    batch.refresh_from_db()
    assert batch.records_read == 10


@pytest.mark.django_db
def test_an_import_abandoned_while_it_is_read_is_read_no_further() -> None:
    batch = given_unread(MANY)
    deliver_next(at=timezone.now())
    giving.abandon(batch=batch, by=BY, at=timezone.now())
    while deliver_next(at=timezone.now()):
        pass
    assert (Record.objects.count(), Delivery.objects.exclude(error="").count()) == (0, 0)


@pytest.mark.django_db
def test_the_preview_says_what_is_new_known_and_changed() -> None:
    taken(ris(reference("Bleibt", key="1"), reference("Ändert sich", key="2")))
    batch = given(
        ris(reference("Bleibt", key="1"), reference("Ändert sich", key="2", more="VL  - 2"), reference("Neu", key="3"))
    )
    assert dict(batch.records.values_list("title", "state")) == {
        "Bleibt": "known",
        "Ändert sich": "changed",
        "Neu": "new",
    }


@pytest.mark.django_db
def test_the_same_number_in_a_file_of_another_publication_is_not_believed() -> None:
    taken(ris(reference("Arbeit", key="1")))
    batch = given(ris(reference("Wohnen", key="1")))
    assert batch.records.get().state == Record.State.NEW


@pytest.mark.django_db
def test_another_source_makes_nothing_known() -> None:
    taken(ris(reference("Arbeit", key="1")), source="Scopus")
    batch = given(ris(reference("Arbeit", key="1")), source="EconBiz")
    assert batch.records.get().state == Record.State.NEW


@pytest.mark.django_db
def test_signs_no_database_keeps_do_not_stop_a_file() -> None:
    batch = given(MANY + ris(reference("Ar\x00beit")))
    assert batch.records.get(number=26).title == "Arbeit"


@pytest.mark.django_db
def test_a_list_of_dois_comes_in_as_records_with_a_doi() -> None:
    batch = taken(b"10.1234/eins\nhttps://doi.org/10.1234/ZWEI\nkeine\n", "dois.txt")
    assert sorted(batch.records.values_list("doi", flat=True)) == ["10.1234/eins", "10.1234/zwei"]
    assert [one.code for one in batch.unread.all()] == ["not_a_doi"]
