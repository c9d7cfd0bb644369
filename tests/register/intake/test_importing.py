"""Given, assigned, looked at, decided, carried out."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.register.intake import actions
from nahtstelle.register.intake.guessing import guess
from nahtstelle.register.intake.models import Batch, Row
from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people import actions as people
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Engagement
from tests.register.intake.making import (
    NOW,
    PEOPLE,
    ada,
    as_csv,
    as_xlsx,
    by_of,
    carried,
    carry_out,
    checked,
    decide,
    give,
    numbers,
    row,
    table,
)
from tests.register.world import World

pytestmark = pytest.mark.django_db
State = Row.State


def test_a_person_comes_with_organisation_role_and_ground(there: World) -> None:
    dilan = there.people.dilan
    carry_out(checked(table(ada(**{"Einwilligung am": "02.03.2026"})), dilan), dilan)
    made = Person.objects.get(name="Ada Lang")
    assert (made.slug, made.mail, made.language) == ("ada-lang", "ada@example.org", "de")
    membership, engagement, ground = made.memberships.get(), made.engagements.get(), made.grounds.get()
    assert (membership.organisation, membership.function) == (there.carrier, "Leitung")
    assert (engagement.project, engagement.network, engagement.programme) == (there.advice, there.north, there.iq)
    assert (engagement.role, engagement.region, engagement.valid_from) == ("adviser", there.saxony, date(2026, 3, 1))
    assert (ground.purpose, ground.consent_on) == ("Zusammenarbeit im Programm", date(2026, 3, 2))


def test_the_same_table_again_says_nothing_new(there: World) -> None:
    dilan = there.people.dilan
    carry_out(checked(table(ada()), dilan), dilan)
    again = checked(table(ada()), dilan)
    assert numbers(again, State.SAME) == [2]
    with pytest.raises(NotNow):
        carry_out(again, dilan)


def test_an_address_known_otherwise_written_is_a_possible_duplicate(there: World) -> None:
    batch = checked(table(ada(**{"E-Mail": "NORA@Example.org", "Name": "Nora Neu"})), there.people.dilan)
    found = row(batch, 2)
    assert (found.state, found.target, found.reason) == (State.DUPLICATE, there.nora.pk, "mail")


def test_two_persons_of_one_address_cannot_be_kept_apart(there: World) -> None:
    batch = checked(table(ada(**{"E-Mail": "nora@example.org"})), there.people.dilan)
    with pytest.raises(Refusal):
        decide(batch, 2, "create", there.people.dilan)


def test_merging_keeps_ours_unless_theirs_was_chosen(there: World) -> None:
    dilan = there.people.dilan
    Person.objects.filter(pk=there.nora.pk).update(language="en")
    batch = checked(table(ada(**{"E-Mail": "nora@example.org", "Name": "Nora Neu"})), dilan)
    decide(batch, 2, "merge", dilan)
    carry_out(batch, dilan)
    there.nora.refresh_from_db()
    assert (there.nora.name, there.nora.language) == ("Nora", "en")


def test_merging_takes_theirs_where_chosen_and_keeps_both_dated_roles(there: World) -> None:
    dilan = there.people.dilan
    batch = checked(table(ada(**{"E-Mail": "nora@example.org", "Name": "Nora Neu"})), dilan)
    decide(batch, 2, "merge", dilan, name="theirs")
    carry_out(batch, dilan)
    there.nora.refresh_from_db()
    assert there.nora.name == "Nora Neu"
    assert sorted(there.nora.engagements.values_list("role", flat=True)) == ["adviser", "network-coordinator"]


def test_a_slip_in_the_name_at_one_organisation_is_a_possible_duplicate(there: World) -> None:
    carry_out(checked(table(ada()), there.people.dilan), there.people.dilan)
    batch = checked(table(ada(**{"Name": "Ada Lange", "E-Mail": ""})), there.people.dilan)
    assert (row(batch, 2).state, row(batch, 2).reason) == (State.DUPLICATE, "name")


def test_one_name_with_another_address_elsewhere_is_somebody_else(there: World) -> None:
    carry_out(checked(table(ada()), there.people.dilan), there.people.dilan)
    other = ["Ada Lang", "lang@example.net", "", "", "", "", "", "", ""]
    assert numbers(checked(table(other), there.people.dilan), State.READY) == [2]


def test_a_person_in_four_rows_becomes_one_with_their_roles(there: World) -> None:
    dilan = there.people.dilan
    batch = checked(
        table(ada(), ada(Rolle="Öffentlichkeitsarbeit"), ada(Rolle="Finanzen"), ada(von="1.3.2020", bis="1.3.2021")),
        dilan,
    )
    assert numbers(batch, State.DUPLICATE) == [3, 4, 5]
    actions.decide_all(batch=batch, decision="merge", by=by_of(dilan), at=NOW)
    carry_out(batch, dilan)
    assert (
        Person.objects.filter(mail="ada@example.org").count(),
        Membership.objects.filter(function="Leitung").count(),
    ) == (1, 1)
    assert Engagement.objects.filter(person__mail="ada@example.org").count() == 4


def test_a_row_that_was_left_out_is_not_imported(there: World) -> None:
    dilan = there.people.dilan
    batch = checked(table(ada(), ada(**{"E-Mail": "nora@example.org"})), dilan)
    decide(batch, 3, "skip", dilan)
    carry_out(batch, dilan)
    assert not there.nora.engagements.filter(role="adviser").exists()


def test_what_changed_since_the_preview_stops_the_import_whole(there: World) -> None:
    dilan = there.people.dilan
    batch = checked(table(ada(), ada(**{"E-Mail": "nora@example.org"})), dilan)
    decide(batch, 3, "merge", dilan)
    people.change_person(person=there.nora, name="Nora Anders", by=by_of(dilan), at=NOW)
    with pytest.raises(NotNow, match="3: Ada Lang"):
        carry_out(batch, dilan)
    assert not Person.objects.filter(name="Ada Lang").exists()
    actions.choose_columns(batch=batch, columns=batch.columns, by=by_of(dilan), at=NOW)
    assert row(carried(batch), 3).decision == "merge"
    carry_out(batch, dilan)


def test_an_address_taken_since_the_preview_stops_the_import(there: World) -> None:
    batch = checked(table(ada()), there.people.dilan)
    people.add_person(name="Schneller", mail="ADA@example.org", by=by_of(there.people.dilan), at=NOW)
    with pytest.raises(NotNow, match="2: Ada Lang"):
        carry_out(batch, there.people.dilan)


def test_an_organisation_gone_since_the_preview_stops_the_import(there: World) -> None:
    gone = Organisation.objects.create(slug="weg", name="Weg", kind=there.carrier_kind)
    batch = checked(table(ada(Organisation="Weg")), there.people.dilan)
    gone.delete()
    with pytest.raises(NotNow):
        carry_out(batch, there.people.dilan)


def test_columns_are_guessed_from_their_names() -> None:
    guessed = guess("persons", ["Vorname", "Familien-Name", "E-Mail-Adresse", "Trager", "Lieblingsfarbe"])
    assert guessed == {
        "Vorname": "first_name", "Familien-Name": "last_name", "E-Mail-Adresse": "mail", "Trager": "organisation",
    }  # fmt: skip


def test_columns_are_remembered_however_ordered(there: World) -> None:
    dilan = there.people.dilan
    checked(as_csv([["Wer", "Adresse"], ["Ada", "ada@example.org"]]), dilan, Wer="name", Adresse="mail")
    again = give(as_csv([["Adresse", "Wer"], ["bo@example.org", "Bo"]]), dilan)
    assert (again.columns, again.form["remembered"]) == ({"Adresse": "mail", "Wer": "name"}, True)


@pytest.mark.parametrize("columns", [{"E-Mail": "mail"}, {"Name": "name", "E-Mail": "name"}, {"Name": "kind"}])
def test_columns_that_cannot_do_are_refused(there: World, columns: dict[str, str]) -> None:
    batch = give(table(ada()), there.people.dilan)
    with pytest.raises(Refusal):
        actions.choose_columns(batch=batch, columns=columns, by=by_of(there.people.dilan), at=NOW)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><table></table></html>", "web_page"),
        (b"PK\x03\x04 no archive", "damaged"),
        (b"Name;E-Mail\n", "only_headers"),
        (b'Name;E-Mail\n"Ada;1\n', "broken_quotes"),
    ],
)
def test_what_is_no_table_is_refused_and_not_kept(there: World, content: bytes, code: str) -> None:
    batch = give(content, there.people.dilan, name="kontakte.xls")
    assert (batch.state, batch.trouble["code"], KeptFile.objects.count()) == (Batch.State.REFUSED, code, 0)


def test_a_table_in_latin_1_without_a_required_column_waits_for_it(there: World) -> None:
    batch = give(as_csv([["Straße", "E-Mail"], ["Größe", "ada@example.org"]], encoding="cp1252"), there.people.dilan)
    assert (batch.state, batch.headers) == (Batch.State.MAPPING, ["Straße", "E-Mail"])
    with pytest.raises(Refusal):
        actions.choose_columns(batch=batch, columns=batch.columns, by=by_of(there.people.dilan), at=NOW)


def test_a_long_table_is_read_and_checked_in_steps(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.giving, "READ_AT_ONCE", 3)
    monkeypatch.setattr(actions.checking, "CHECKED_AT_ONCE", 4)
    rows = [ada(Name=f"Person {word}", **{"E-Mail": f"{word}@example.org"}) for word in "abcdefghij"]
    batch = checked(as_xlsx([PEOPLE, *rows]), there.people.dilan)
    assert (batch.rows_read, batch.rows_checked, numbers(batch, State.READY)) == (10, 10, list(range(2, 12)))


def test_a_step_brought_twice_is_done_once(there: World) -> None:
    batch = give(table(ada()), there.people.dilan)
    actions.read_rows(batch, offset=0, by=by_of(there.people.dilan), at=NOW)
    assert batch.rows.count() == 1


def test_a_duplicate_of_nothing_cannot_be_stored(there: World) -> None:
    batch = checked(table(ada()), there.people.dilan)
    with pytest.raises(IntegrityError), transaction.atomic():
        batch.rows.update(state=State.DUPLICATE)
