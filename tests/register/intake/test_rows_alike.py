"""Rows that are like earlier rows: what they are about, and that nobody gives themselves a role by them."""

import pytest

from nahtstelle.plumbing.kit.refusals import NotYours
from nahtstelle.register.intake import actions
from nahtstelle.register.intake.models import Batch, Row
from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Engagement
from tests.register.intake.making import (
    NOW,
    ada,
    as_csv,
    by_of,
    carried,
    carry_out,
    checked,
    codes,
    decide,
    numbers,
    row,
    table,
)
from tests.register.world import World

pytestmark = pytest.mark.django_db
State = Row.State


def test_nobody_gives_themselves_a_role_by_a_table(there: World) -> None:
    batch = checked(table(ada(**{"E-Mail": "dilan@example.org"})), there.people.dilan)
    assert codes(batch, 2) == ["own_role"]


def own_twice(there: World) -> bytes:
    """Dilan's row under another name, and a row that is like that one only, with a role."""
    first = ["Dilan Demir", "dilan@example.org", "Träger e. V.", "", "", "", "", "", ""]
    return table(first, ada(**{"Name": "Dilan Demir", "E-Mail": ""}))


def roles_of(person: Person) -> list[str]:
    return list(person.engagements.values_list("role", flat=True))


def test_a_row_that_is_like_ones_own_row_gives_no_role_either(there: World) -> None:
    dilan, chloe = there.people.dilan, there.people.chloe
    # It could leak: the same rows, given by a colleague, lead to Dilan's role.
    given = checked(own_twice(there), chloe)
    assert (row(given, 3).twin, row(given, 3).target) == (row(given, 2), None)
    actions.decide_all(batch=given, decision="merge", by=by_of(chloe), at=NOW)
    carry_out(given, chloe)
    assert roles_of(dilan) == ["adviser"]
    Engagement.objects.filter(person=dilan).delete()
    Person.objects.filter(pk=dilan.pk).update(name="Dilan")
    own = checked(own_twice(there), dilan)
    assert codes(own, 3) == ["own_role"]
    actions.decide_all(batch=own, decision="merge", by=by_of(dilan), at=NOW)
    carry_out(own, dilan)
    assert roles_of(dilan) == []


@pytest.mark.parametrize("rows", ["direct", "twin"])
def test_nobody_confirms_a_role_of_their_own(there: World, rows: str) -> None:
    dilan, chloe = there.people.dilan, there.people.chloe
    content = own_twice(there) if rows == "twin" else table(ada(**{"E-Mail": "dilan@example.org"}))
    batch = checked(content, chloe)
    actions.decide_all(batch=batch, decision="merge", by=by_of(chloe), at=NOW)
    with pytest.raises(NotYours, match="3: Dilan Demir" if rows == "twin" else "2: Ada Lang"):
        actions.confirm(batch=batch, by=by_of(dilan), at=NOW)
    # It could leak: a colleague may confirm what is not their own.
    actions.confirm(batch=batch, by=by_of(chloe), at=NOW)
    carried(batch)
    assert roles_of(dilan) == ["adviser"]


def test_a_row_without_an_account_behind_it_may_bring_roles(there: World) -> None:
    batch = checked(table(ada(), ada(Rolle="Finanzen")), there.people.dilan)
    Batch.objects.filter(pk=batch.pk).update(given_by=None)
    actions.choose_columns(batch=batch, columns=batch.columns, by=by_of(there.people.dilan), at=NOW)
    assert numbers(carried(batch), State.DUPLICATE) == [3]


def test_a_row_like_one_that_says_nothing_new_is_compared_with_what_that_one_is(there: World) -> None:
    dilan = there.people.dilan
    rows = [["Name", "Art", "Land"], ["Träger e. V.", "Träger", ""], ["Träger e.V.", "Träger", "Bayern"]]
    batch = checked(as_csv(rows), dilan, kind="organisations")
    assert (row(batch, 2).state, row(batch, 3).target) == (State.SAME, there.carrier.pk)
    decide(batch, 3, "merge", dilan, region="theirs")
    carry_out(batch, dilan)
    assert Organisation.objects.get() == there.carrier
    assert Organisation.objects.get().region == there.bavaria


def test_rows_like_one_that_was_left_out_become_one_entry(there: World) -> None:
    dilan = there.people.dilan
    before = Person.objects.count()
    first = ["Nora Nagel", "nora@example.org", "Träger e. V.", "", "", "", "", "", ""]
    like = [
        ada(**{"Name": "Nora Nagel", "E-Mail": "", "Rolle": role}) for role in ("Finanzen", "Öffentlichkeitsarbeit")
    ]
    batch = checked(table(first, *like), dilan)
    assert [row(batch, n).twin for n in (3, 4)] == [row(batch, 2)] * 2
    decide(batch, 2, "skip", dilan)
    actions.decide_all(batch=batch, decision="merge", by=by_of(dilan), at=NOW)
    carry_out(batch, dilan)
    assert Person.objects.count() == before + 1
    assert sorted(roles_of(Person.objects.get(name="Nora Nagel"))) == ["finance", "pr"]
