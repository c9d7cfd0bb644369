"""The pages of imports: who may, and what each step shows."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nahtstelle.register.intake import actions
from nahtstelle.register.intake.models import Batch, Row
from nahtstelle.register.people.models import Person
from tests.register.intake.making import PEOPLE, ada, as_csv, by_of, carried, checked, give, table
from tests.register.world import SignIn, World

pytestmark = pytest.mark.django_db


def upload(client: Any, content: bytes, *, key: str = "", name: str = "kontakte.csv") -> Any:
    file = io.BytesIO(content)
    file.name = name
    values = {"kind": "persons", "table": file, "purpose": "Zusammenarbeit", "submission": key or str(uuid4())}
    return client.post(reverse("intake:new"), values)


def page(client: Any, name: str, *args: Any, **query: str) -> str:
    response = client.get(reverse(f"intake:{name}", args=args), query)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


PAGES = ["imports", "new", "import", "columns", "problems", "next", "row", "confirm", "undo"]


def address(name: str, batch: Batch) -> str:
    args = {"imports": [], "new": [], "row": [batch.pk, 2]}.get(name, [batch.pk])
    return reverse(f"intake:{name}", args=args)


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_keepers_of_the_register_only(there: World, as_: SignIn, name: str) -> None:
    batch = checked(table(ada()), there.people.dilan)
    # It could leak: who may, sees the page or is told that its step is past or to come.
    assert as_(there.people.dilan).get(address(name, batch)).status_code in (200, 302, 409)
    for person in (there.people.alice, there.people.chloe, there.nora):
        assert as_(person).get(address(name, batch)).status_code == 403
    assert as_(None).get(address(name, batch)).status_code == 302


@pytest.mark.parametrize("name", ["new", "columns", "row", "confirm", "undo", "act"])
def test_nobody_else_posts(there: World, as_: SignIn, name: str) -> None:
    batch = checked(table(ada()), there.people.dilan)
    for person in (there.people.alice, there.people.chloe, there.nora):
        assert as_(person).post(address(name, batch), {"abandon": "1"}).status_code == 403
    batch.refresh_from_db()
    assert (batch.state, Batch.objects.count()) == (Batch.State.PREVIEW, 1)


def test_a_table_goes_all_the_way_and_back(there: World, as_: SignIn) -> None:
    client = as_(there.people.dilan)
    upload(client, table(ada(), ada(**{"E-Mail": "nora@example.org", "Name": "Nora Neu"})))
    batch = carried(Batch.objects.get(), at=timezone.now())
    assert "ada@example.org" in page(client, "columns", batch.pk)
    columns = {f"column-{n}": batch.columns.get(header) or "-" for n, header in enumerate(batch.headers)}
    client.post(reverse("intake:columns", args=[batch.pk]), columns)
    carried(batch, at=timezone.now())
    following = client.get(reverse("intake:next", args=[batch.pk]))
    assert following.url == reverse("intake:row", args=[batch.pk, 3])
    assert "Nora Neu" in page(client, "row", batch.pk, 3)
    client.post(following.url, {"decision": "merge", "field-name": "theirs"})
    page(client, "confirm", batch.pk)
    client.post(reverse("intake:confirm", args=[batch.pk]))
    page(client, "import", batch.pk)
    carried(batch, at=timezone.now())
    assert set(Person.objects.filter(name__in=["Ada Lang", "Nora Neu"]).values_list("name", flat=True)) == {
        "Ada Lang", "Nora Neu",
    }  # fmt: skip
    page(client, "import", batch.pk)
    page(client, "undo", batch.pk)
    client.post(reverse("intake:undo", args=[batch.pk]))
    assert "wird zurückgenommen" in page(client, "import", batch.pk)
    carried(batch, at=timezone.now())
    assert not Person.objects.filter(name__in=["Ada Lang", "Nora Neu"]).exists()
    page(client, "import", batch.pk)


def test_the_same_form_sent_twice_is_one_import(there: World, as_: SignIn) -> None:
    key, client = str(uuid4()), as_(there.people.dilan)
    first, second = upload(client, table(ada()), key=key), upload(client, table(ada()), key=key)
    assert (first.url, Batch.objects.count()) == (second.url, 1)


def test_confirming_twice_imports_once(there: World, as_: SignIn) -> None:
    batch, client = checked(table(ada()), there.people.dilan), as_(there.people.dilan)
    answers = [client.post(reverse("intake:confirm", args=[batch.pk])).status_code for _time in range(2)]
    carried(batch, at=timezone.now())
    assert (answers, Person.objects.filter(name="Ada Lang").count()) == ([302, 409], 1)


def test_a_table_that_gives_its_reader_a_role_is_for_a_colleague_to_confirm(there: World, as_: SignIn) -> None:
    batch = checked(table(ada(**{"E-Mail": "dilan@example.org"})), there.people.chloe)
    actions.decide_all(batch=batch, decision="merge", by=by_of(there.people.chloe), at=timezone.now())
    client, url = as_(there.people.dilan), reverse("intake:confirm", args=[batch.pk])
    assert "sich selbst eine Rolle" in page(client, "import", batch.pk)
    assert [client.get(url).status_code, client.post(url).status_code] == [403, 403]
    assert carried(batch, at=timezone.now()).state == Batch.State.PREVIEW
    # It could leak: another keeper of the register has it done.
    assert as_(there.people.erik).post(url).status_code == 302
    assert carried(batch, at=timezone.now()).state == Batch.State.DONE


def test_undoing_twice_undoes_once(there: World, as_: SignIn) -> None:
    batch, client = checked(table(ada()), there.people.dilan), as_(there.people.dilan)
    actions.carry_out(batch=batch, by=by_of(there.people.dilan), at=timezone.now())
    answers = [client.post(reverse("intake:undo", args=[batch.pk])).status_code for _time in range(2)]
    carried(batch, at=timezone.now())
    assert (answers, batch.state) == ([302, 409], Batch.State.UNDONE)


def test_an_undoing_that_the_register_overtakes_says_so_and_can_be_asked_for_again(there: World, as_: SignIn) -> None:
    batch, client = checked(table(ada()), there.people.dilan), as_(there.people.dilan)
    actions.carry_out(batch=batch, by=by_of(there.people.dilan), at=timezone.now())
    client.post(reverse("intake:undo", args=[batch.pk]))
    # No import writes such a record; it stands for what happens between looking and doing.
    nora = {"kind": "people.person", "object_id": there.nora.pk, "label": "Nora", "made": False}
    change = batch.changes.create(before={"name": None}, after={"name": "Nora"}, **nora)
    assert carried(batch, at=timezone.now()).state == Batch.State.DONE
    assert "nichts zurückgenommen" in page(client, "import", batch.pk)
    change.delete()
    client.post(reverse("intake:undo", args=[batch.pk]))
    carried(batch, at=timezone.now())
    assert (batch.state, batch.trouble) == (Batch.State.UNDONE, {})


def test_a_large_file_is_told_what_to_do_instead(there: World, as_: SignIn) -> None:
    response = upload(as_(there.people.dilan), b"x" * (20 * 1024 * 1024 + 1))
    assert (response.status_code, Batch.objects.count()) == (422, 0)
    assert "mehreren Dateien" in response.content.decode()


def test_columns_that_lack_a_required_one_come_back_with_the_reason(there: World, as_: SignIn) -> None:
    batch = give(table(ada()), there.people.dilan)
    response = as_(there.people.dilan).post(reverse("intake:columns", args=[batch.pk]), {"column-1": "mail"})
    assert response.status_code == 422


def test_rows_are_filtered_by_state_and_name(there: World, as_: SignIn) -> None:
    batch = checked(table(ada(), ada(**{"E-Mail": "kaputt", "Name": "Bo Berg"})), there.people.dilan)
    shown = page(as_(there.people.dilan), "import", batch.pk, state="problem")
    assert ("Bo Berg" in shown, "Ada Lang" in shown) == (True, False)
    assert "Bo Berg" not in page(as_(there.people.dilan), "import", batch.pk, q="Lang")


def test_rows_are_found_however_a_name_is_written(there: World, as_: SignIn) -> None:
    batch = checked(table(ada(Name="Ayşe Größer")), there.people.dilan)
    assert "Ayşe Größer" in page(as_(there.people.dilan), "import", batch.pk, q="GROESSER ayse")


def test_tabs_carry_words_that_mean_something_in_an_address(there: World, as_: SignIn) -> None:
    batch = checked(table(ada(Name="Lang & Söhne"), ada(**{"E-Mail": "kaputt"})), there.people.dilan)
    shown = page(as_(there.people.dilan), "import", batch.pk, q="lang & söhne")
    assert "?state=ready&amp;q=lang+%26+s%C3%B6hne" in shown


def test_what_a_spreadsheet_was_kept_from_calculating_comes_back_as_it_was(there: World, as_: SignIn) -> None:
    client, dilan = as_(there.people.dilan), there.people.dilan
    first = checked(as_csv([["Name", "+Notiz", "E-Mail"], ["-Ada-", "=x", "kaputt"]]), dilan)
    again = give(page(client, "problems", first.pk).encode(), dilan)
    assert again.headers[:3] == first.headers == ["Name", "+Notiz", "E-Mail"]
    assert again.rows.get().cells[:3] == first.rows.get().cells == ["-Ada-", "=x", "kaputt"]


def test_the_rows_with_a_problem_can_be_taken_away_with_the_reason(there: World, as_: SignIn) -> None:
    batch = checked(table(ada(**{"E-Mail": "=kaputt", "Name": "Bo; Berg"})), there.people.dilan)
    said = page(as_(there.people.dilan), "problems", batch.pk)
    assert said.startswith("\ufeffName;")
    assert '"Bo; Berg";\'=kaputt;' in said


def test_rows_do_not_cost_queries_each(there: World, as_: SignIn) -> None:
    def asked(count: int) -> int:
        rows = [ada(**{"E-Mail": "nora@example.org", "Name": f"Nora {n}"}) for n in range(count)]
        batch, client = checked(table(*rows), there.people.dilan), as_(there.people.dilan)
        with CaptureQueriesContext(connection) as queries:
            page(client, "import", batch.pk)
        return len(queries)

    assert asked(2) == asked(40)


def test_the_list_of_imports_is_searched(there: World, as_: SignIn) -> None:
    give(table(ada()), there.people.dilan, name="erste.csv")
    give(as_csv([PEOPLE, ada(Name="Bo")]), there.people.dilan, name="zweite.csv")
    shown = page(as_(there.people.dilan), "imports", q="erste")
    assert ("erste.csv" in shown, "zweite.csv" in shown) == (True, False)


def test_one_answer_for_all_open_duplicates(there: World, as_: SignIn) -> None:
    batch = checked(
        table(ada(**{"E-Mail": "nora@example.org"}), ada(**{"E-Mail": "pia@example.org"})), there.people.dilan
    )
    as_(there.people.dilan).post(reverse("intake:act", args=[batch.pk]), {"merge": "mail"})
    assert set(batch.rows.values_list("decision", flat=True)) == {Row.Decision.MERGE}


def test_a_decided_row_of_an_ended_import_cannot_be_decided_again(there: World, as_: SignIn) -> None:
    batch = checked(table(ada(**{"E-Mail": "nora@example.org"})), there.people.dilan)
    actions.abandon(batch=batch, by=by_of(there.people.dilan), at=timezone.now())
    response = as_(there.people.dilan).post(reverse("intake:row", args=[batch.pk, 2]), {"decision": "merge"})
    assert response.status_code == 404


def test_the_ground_is_shown_to_the_person_and_the_keepers(there: World, as_: SignIn) -> None:
    batch = checked(table(ada()), there.people.dilan)
    actions.carry_out(batch=batch, by=by_of(there.people.dilan), at=timezone.now())
    made = Person.objects.get(name="Ada Lang")
    url = reverse("people:person", args=[made.slug])
    assert "Zusammenarbeit im Programm" in as_(there.people.dilan).get(url).content.decode()
    assert "Zusammenarbeit im Programm" not in as_(there.people.alice).get(url).content.decode()


def test_a_register_that_changed_sends_the_import_back_with_the_rows(there: World, as_: SignIn) -> None:
    batch, client = checked(table(ada()), there.people.dilan), as_(there.people.dilan)
    client.post(reverse("intake:confirm", args=[batch.pk]))
    Person.objects.create(slug="schneller", name="Schneller", mail="ADA@example.org")
    carried(batch, at=timezone.now())
    assert batch.state == Batch.State.PREVIEW
    assert "2: Ada Lang" in page(client, "import", batch.pk)
    client.post(reverse("intake:act", args=[batch.pk]), {"again": "1"})
    assert carried(batch, at=timezone.now()).trouble == {}
