"""The pages of imports: who may, and what each step shows."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nahtstelle.rooms.library.models import Import, Record, Work
from tests.register.cast import Cast
from tests.register.world import SignIn
from tests.rooms.library.delivering import delivered, given, reference, ris, taken

pytestmark = pytest.mark.django_db
TWO = ris(reference("Arbeit und Migration", key="1", doi="10.1234/eins"), reference("Wohnen in der Stadt", key="2"))
PAGES = ["imports", "import-new", "import", "import-columns", "import-unread", "import-record", "import-confirm", "import-undo", "import-export"]  # fmt: skip
KEEPING = ["import-new", "import-columns", "import-record", "import-confirm", "import-undo", "import-act"]


def upload(client: Any, content: bytes, *, name: str = "treffer.ris", key: str = "", source: str = "Scopus") -> Any:
    file = io.BytesIO(content)
    file.name = name
    values = {"file": file, "source": source, "kind": "database", "submission": key or str(uuid4())}
    return client.post(
        reverse("library:import-new"), values | {"searched_on": "2026-11-20", "search_words": "migra* AND work"}
    )


def address(name: str, batch: Import) -> str:
    args = {"imports": [], "import-new": [], "import-record": [batch.pk, 1], "import-export": [batch.pk, "ris"]}
    return reverse(f"library:{name}", args=args.get(name, [batch.pk]))


def page(client: Any, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(f"library:{name}", args=args), query)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_imports_are_for_staff_only(people: Cast, as_: SignIn, name: str) -> None:
    batch = given(TWO)
    # It could leak: who may sees the page or is told that its step is past or to come.
    assert as_(people.alice).get(address(name, batch)).status_code in (200, 409)
    assert as_(people.chloe).get(address(name, batch)).status_code == 403
    assert as_(None).get(address(name, batch)).status_code == 302


@pytest.mark.parametrize("name", KEEPING)
def test_only_those_who_keep_the_library_change_an_import(people: Cast, as_: SignIn, name: str) -> None:
    batch = given(TWO)
    for person in (people.dilan, people.chloe):
        assert as_(person).post(address(name, batch), {"abandon": "1", "out": "1"}).status_code == 403
    batch.refresh_from_db()
    assert (batch.state, Import.objects.count()) == (Import.State.PREVIEW, 1)
    assert not batch.records.filter(state=Record.State.LEFT_OUT).exists()


def test_a_file_goes_all_the_way_and_back(people: Cast, as_: SignIn) -> None:
    client = as_(people.alice)
    response = upload(client, TWO)
    batch = Import.objects.get()
    assert "Bis jetzt" in page(client, "import", batch.pk) or batch.state == "reading"
    delivered(batch)
    shown = page(client, "import", batch.pk)
    assert "Arbeit und Migration" in shown and "migra* AND work" in shown
    assert response.url == reverse("library:import", args=[batch.pk])
    page(client, "import-confirm", batch.pk)
    client.post(reverse("library:import-confirm", args=[batch.pk]))
    page(client, "import", batch.pk)
    delivered(batch)
    assert Work.objects.count() == 2
    assert "Arbeit und Migration" in page(client, "works", **{"import": str(batch.pk)})
    page(client, "import", batch.pk)
    page(client, "import-undo", batch.pk)
    client.post(reverse("library:import-undo", args=[batch.pk]))
    delivered(batch)
    assert (batch.state, Work.objects.count()) == (Import.State.UNDONE, 0)
    page(client, "import", batch.pk)


def test_the_same_form_sent_twice_is_one_import(people: Cast, as_: SignIn) -> None:
    key, client = str(uuid4()), as_(people.alice)
    first, second = upload(client, TWO, key=key), upload(client, TWO, key=key)
    assert (first.url, Import.objects.count()) == (second.url, 1)


def test_confirming_twice_imports_once(people: Cast, as_: SignIn) -> None:
    batch, client = given(TWO), as_(people.alice)
    url = reverse("library:import-confirm", args=[batch.pk])
    answers = [client.post(url).status_code for _time in range(2)]
    delivered(batch)
    assert (answers, Work.objects.count()) == ([302, 409], 2)


def test_undoing_twice_undoes_once(people: Cast, as_: SignIn) -> None:
    batch, client = taken(TWO), as_(people.alice)
    url = reverse("library:import-undo", args=[batch.pk])
    answers = [client.post(url).status_code for _time in range(2)]
    delivered(batch)
    assert (answers, batch.state) == ([302, 409], Import.State.UNDONE)


def test_somebody_whose_role_ended_meanwhile_is_told_in_a_sentence(people: Cast, as_: SignIn) -> None:
    batch, client = given(TWO), as_(people.alice)
    assert client.get(address("import-confirm", batch)).status_code == 200  # it could go through
    people.alice.centre_roles.update(valid_until="2020-12-31")
    response = client.post(address("import-confirm", batch))
    assert response.status_code == 403
    assert "pflegen die Bibliothek" in response.content.decode()
    batch.refresh_from_db()
    assert batch.state == Import.State.PREVIEW


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "leer.ris", "Die Datei ist leer."),
        (b"   \n", "leer.ris", "In der Datei steht kein Nachweis."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "bild.png", "keines der Formate"),
        (b"Guten Tag\nanbei die Liste.\n", "brief.txt", "keines der Formate"),
    ],
)
def test_what_is_no_file_of_references_comes_back_with_a_sentence(
    people: Cast, as_: SignIn, content: bytes, name: str, sentence: str
) -> None:
    response = upload(as_(people.alice), content, name=name)
    assert (response.status_code, Import.objects.count()) == (422, 0)
    assert sentence in response.content.decode()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"Guten Tag\n" * 20, "brief.ris", "Zeile 1: Diese Wörter stehen außerhalb jedes Nachweises."),
        (b"Titel;Jahr\n", "liste.csv", "In der Datei steht kein Nachweis."),
        (b"PK\x03\x04 gar nicht gepackt", "liste.xlsx", "Die Arbeitsmappe lässt sich nicht lesen."),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_refused_with_a_sentence(
    people: Cast, as_: SignIn, content: bytes, name: str, sentence: str
) -> None:
    batch = given(content, name)
    assert (batch.state, batch.file, batch.records_read) == (Import.State.REFUSED, None, 0)
    assert sentence in page(as_(people.alice), "import", batch.pk)


def test_a_file_above_the_limit_is_told_what_to_do_instead(
    people: Cast, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nahtstelle.rooms.library.rules.imports.LARGEST_UPLOAD", 100)
    response = upload(as_(people.alice), TWO)
    assert (response.status_code, Import.objects.count()) == (422, 0)
    assert "in mehreren Dateien" in response.content.decode()


def test_a_record_is_left_out_and_taken_back(people: Cast, as_: SignIn) -> None:
    batch, client = given(TWO), as_(people.alice)
    url = reverse("library:import-record", args=[batch.pk, 1])
    for _time in range(2):  # twice is as once
        client.post(url, {"out": "1"})
    assert batch.records.get(number=1).state == Record.State.LEFT_OUT
    client.post(url, {"back": "1"})
    assert batch.records.get(number=1).state == Record.State.NEW
    client.post(url, {"out": "1"})
    client.post(reverse("library:import-confirm", args=[batch.pk]))
    delivered(batch)
    assert list(Work.objects.values_list("title", flat=True)) == ["Wohnen in der Stadt"]


def test_an_import_of_which_everything_is_left_out_cannot_be_confirmed(people: Cast, as_: SignIn) -> None:
    batch, client = given(TWO), as_(people.alice)
    for number in (1, 2):
        client.post(reverse("library:import-record", args=[batch.pk, number]), {"out": "1"})
    assert "sind ausgelassen" in page(client, "import", batch.pk)
    assert client.post(reverse("library:import-confirm", args=[batch.pk])).status_code == 409


def test_records_are_filtered_by_state_and_words(people: Cast, as_: SignIn) -> None:
    batch, client = given(TWO), as_(people.alice)
    client.post(reverse("library:import-record", args=[batch.pk, 1]), {"out": "1"})
    page(client, "import", batch.pk)  # which says once that a record was left out
    shown = page(client, "import", batch.pk, state="new")
    assert ("Wohnen in der Stadt" in shown, "Arbeit und Migration" in shown) == (True, False)
    shown = page(client, "import", batch.pk, q="10.1234/EINS")
    assert ("Wohnen in der Stadt" in shown, "Arbeit und Migration" in shown) == (False, True)


def test_broken_records_are_named_by_their_line_with_their_words(people: Cast, as_: SignIn) -> None:
    batch = given(b"TY  - JOUR\nTI  - Ohne Ende\n" + TWO)
    assert batch.records_read == 3
    shown = page(as_(people.alice), "import-unread", batch.pk)
    assert "Zeile 1: Der Nachweis hat kein Ende (ER)" in shown
    assert "TI  - Ohne Ende" in shown


def test_an_abandoned_import_is_erased_with_its_file(people: Cast, as_: SignIn) -> None:
    batch, client = given(TWO), as_(people.alice)
    client.post(reverse("library:import-act", args=[batch.pk]), {"abandon": "1"})
    batch.refresh_from_db()
    assert (batch.state, batch.file, batch.records.count()) == (Import.State.ABANDONED, None, 0)
    assert client.post(reverse("library:import-act", args=[batch.pk]), {"abandon": "1"}).status_code == 409


def test_a_table_asks_what_its_columns_mean_and_remembers_it(people: Cast, as_: SignIn) -> None:
    table = b"Titel;Wer;Jahr\nArbeit;Klee, Anna;2021\nWohnen;Berg, Bo;2020\n"
    batch, client = given(table, "liste.csv"), as_(people.alice)
    assert (batch.state, batch.columns) == (Import.State.MAPPING, {"0": "title", "2": "year"})
    assert "Klee, Anna" in page(client, "import-columns", batch.pk)
    url = reverse("library:import-columns", args=[batch.pk])
    assert client.post(url, {"column-1": "authors"}).status_code == 422  # neither title nor DOI
    assert client.post(url, {"column-0": "title", "column-1": "title"}).status_code == 422
    client.post(url, {"column-0": "title", "column-1": "authors", "column-2": "year"})
    delivered(batch)
    assert batch.state == Import.State.PREVIEW
    assert batch.records.get(number=1).values["authors"] == [["Klee", "Anna"]]
    again = given(table.replace(b"2020", b"2019"), "neue-liste.csv")
    assert (again.state, again.columns) == (Import.State.PREVIEW, {"0": "title", "1": "authors", "2": "year"})


def test_a_table_whose_columns_say_nothing_waits_for_a_person(people: Cast, as_: SignIn) -> None:
    batch = given(b"A;B\nArbeit;2021\n", "liste.csv")
    assert batch.state == Import.State.MAPPING
    as_(people.alice).post(
        reverse("library:import-columns", args=[batch.pk]), {"column-0": "title", "column-1": "year"}
    )
    assert delivered(batch).records.get().title == "Arbeit"


def test_columns_are_changed_while_the_records_are_looked_at(people: Cast, as_: SignIn) -> None:
    table = b"Titel;Jahr;Heft\nArbeit;2021;3\n"
    batch, client = given(table, "liste.csv"), as_(people.alice)
    url = reverse("library:import-columns", args=[batch.pk])
    client.post(url, {"column-0": "title", "column-1": "year"})
    assert "issue" not in delivered(batch).records.get().values
    client.post(url, {"column-0": "title", "column-1": "year", "column-2": "issue"})
    assert delivered(batch).records.get().values["issue"] == "3"


def test_records_do_not_cost_queries_each(people: Cast, as_: SignIn) -> None:
    client = as_(people.alice)
    page(client, "imports")

    def asked(count: int) -> int:
        batch = given(ris(*(reference(f"Titel {n}") for n in range(count))))
        with CaptureQueriesContext(connection) as queries:
            page(client, "import", batch.pk)
        return len(queries)

    assert asked(2) == asked(40)


def test_the_list_of_imports_is_searched(people: Cast, as_: SignIn) -> None:
    given(TWO, source="Scopus")
    given(TWO, source="EconBiz")
    shown = page(as_(people.alice), "imports", q="econ")
    assert (">EconBiz<" in shown, ">Scopus<" in shown) == (True, False)
    assert timezone.localdate().strftime("%Y") in shown
