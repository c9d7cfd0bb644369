"""Undone as a whole, and forgotten when the time for it is over."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from nahtstelle.plumbing.files.actions import absolute
from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.register.intake import actions
from nahtstelle.register.intake.models import Batch, Change, Ground, Row
from nahtstelle.register.intake.presenters.undoing import why
from nahtstelle.register.intake.undo_plan import plan_of
from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people import actions as people
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.programmes.models import Engagement, Network, Project
from tests.register.intake.making import (
    NOW,
    ada,
    all_rows,
    as_csv,
    by_of,
    carried,
    carry_out,
    checked,
    decide,
    give,
    table,
    undo,
)
from tests.register.world import World

pytestmark = pytest.mark.django_db
State = Row.State


def test_undoing_puts_back_what_was_changed(there: World) -> None:
    dilan = there.people.dilan
    before = all_rows()
    batch = checked(table(ada(), ada(**{"E-Mail": "nora@example.org", "Name": "Nora Neu"})), dilan)
    decide(batch, 3, "merge", dilan, name="theirs")
    carry_out(batch, dilan)
    assert all_rows() != before
    undo(batch, dilan)
    assert (all_rows(), Ground.objects.count()) == (before, 0)


def test_undoing_leaves_what_others_built_on_and_says_so_before(there: World) -> None:
    dilan = there.people.dilan
    batch = carry_out(checked(table(ada(), ada(Name="Bo Berg", **{"E-Mail": "bo@example.org"})), dilan), dilan)
    made = Person.objects.get(name="Ada Lang")
    Account.objects.create(mail="ada@accounts.example.org", person=made)
    stayed = plan_of(batch).stayed
    assert [(one.label, one.reason) for one in stayed] == [("Ada Lang", "used")]
    undo(batch, dilan)
    assert list(Person.objects.filter(name__in=["Ada Lang", "Bo Berg"])) == [made]


def test_undoing_leaves_fields_that_were_changed_since(there: World) -> None:
    dilan = there.people.dilan
    batch = checked(table(ada(**{"E-Mail": "nora@example.org", "Name": "Nora Neu"})), dilan)
    decide(batch, 2, "merge", dilan, name="theirs")
    carry_out(batch, dilan)
    people.change_person(person=Person.objects.get(pk=there.nora.pk), name="Nora Später", by=by_of(dilan), at=NOW)
    assert [(one.reason, one.details) for one in plan_of(batch).stayed] == [("changed", ("name",))]
    undo(batch, dilan)
    assert Person.objects.get(pk=there.nora.pk).name == "Nora Später"


def test_a_role_that_was_ended_since_stays_with_its_person(there: World) -> None:
    dilan = there.people.dilan
    batch = carry_out(checked(table(ada()), dilan), dilan)
    Engagement.objects.filter(person__name="Ada Lang").update(valid_until=date(2026, 12, 31))
    reasons = {one.kind: one.reason for one in plan_of(batch).stayed}
    assert reasons == {"programmes.engagement": "changed", "people.person": "needed"}


def renamed(there: World) -> Batch:
    """Nora's address was changed by a table."""
    dilan = there.people.dilan
    Person.objects.filter(pk=there.nora.pk).update(name="Ada Lang", mail="alt@example.org")
    Membership.objects.create(person=there.nora, organisation=there.carrier)
    batch = checked(table(ada(Rolle="", Projekt="", von="")), dilan)
    decide(batch, 2, "merge", dilan, mail="theirs")
    return carry_out(batch, dilan)


def test_an_address_that_is_somebody_elses_by_now_is_not_put_back(there: World) -> None:
    batch = renamed(there)
    people.add_person(name="Andere", mail="ALT@example.org", by=by_of(there.people.dilan), at=NOW)
    assert [(one.reason, one.details) for one in plan_of(batch).stayed] == [("taken", ("mail",))]
    assert undo(batch, there.people.dilan).figures["stayed"] == 1
    there.nora.refresh_from_db()
    assert there.nora.mail == "ada@example.org"


def test_an_address_that_is_free_is_put_back(there: World) -> None:
    undo(renamed(there), there.people.dilan)
    there.nora.refresh_from_db()
    assert there.nora.mail == "alt@example.org"


def moved_on(there: World) -> Batch:
    """The carrier's first day was changed by a table, and its last one by a person since."""
    dilan = there.people.dilan
    Organisation.objects.filter(pk=there.carrier.pk).update(valid_from=date(2020, 1, 1))
    content = as_csv([["Name", "Art", "von"], ["Träger e. V.", "Träger", "01.01.2010"]])
    batch = checked(content, dilan, kind="organisations")
    decide(batch, 2, "merge", dilan, valid_from="theirs")
    carry_out(batch, dilan)
    Organisation.objects.filter(pk=there.carrier.pk).update(valid_until=date(2015, 12, 31))
    return batch


def test_days_that_would_be_turned_round_are_not_put_back(there: World) -> None:
    batch = moved_on(there)
    assert [(one.reason, one.details) for one in plan_of(batch).stayed] == [("days", ("valid_from",))]
    assert undo(batch, there.people.dilan).figures["stayed"] == 1
    there.carrier.refresh_from_db()
    assert there.carrier.valid_from == date(2010, 1, 1)


def test_what_the_database_refuses_to_put_back_leaves_all_as_it_is(there: World) -> None:
    batch = renamed(there)
    # No import writes such a record; it stands for what happens between looking and doing.
    Change.objects.filter(batch=batch, kind="people.person").update(before={"name": None}, after={"name": "Ada Lang"})
    with pytest.raises(NotNow):
        undo(batch, there.people.dilan)
    there.nora.refresh_from_db()
    assert there.nora.mail == "ada@example.org"


def moved(there: World) -> tuple[Batch, Network]:
    """A table made a network, a person put the project into it, and a second table moved the project to another."""
    dilan = there.people.dilan
    networks = as_csv([["Name", "Ebene"], ["RIN Weser", "RIN"], ["RIN Ems", "RIN"]])
    first = carry_out(checked(networks, dilan, kind="networks"), dilan)
    weser = Network.objects.get(name_de="RIN Weser")
    Project.objects.filter(pk=there.advice.pk).update(network=weser)
    head = ["Titel", "Ebene", "Träger", "Netzwerk", "Ort"]
    projects = as_csv([head, ["Beratung Hannover", "Teilvorhaben", "Träger e. V.", "RIN Ems", "Celle"]])
    second = checked(projects, dilan, kind="projects")
    decide(second, 2, "merge", dilan, network="theirs", place="theirs")
    carry_out(second, dilan)
    undo(first, dilan)
    return second, weser


def test_a_network_that_is_gone_is_not_put_back_and_the_rest_is(there: World) -> None:
    batch, weser = moved(there)
    assert not Network.objects.filter(pk=weser.pk).exists()
    stayed = plan_of(batch).stayed
    assert [(one.reason, one.details) for one in stayed] == [("gone", ("network",))]
    with translation.override("de"):
        assert why(stayed[0]) == "was vorher dort stand, gibt es nicht mehr: Netzwerk"
    actions.confirm_undoing(batch=batch, by=by_of(there.people.dilan), at=NOW)
    assert carried(batch).state == Batch.State.UNDONE
    there.advice.refresh_from_db()
    assert (there.advice.network, there.advice.place) == (Network.objects.get(name_de="RIN Ems"), "Hannover")


def test_a_network_that_goes_just_then_puts_the_undoing_back(there: World) -> None:
    dilan = there.people.dilan
    networks = as_csv([["Name", "Ebene"], ["RIN Weser", "RIN"]])
    batch = carry_out(checked(networks, dilan, kind="networks"), dilan)
    # No import writes such a record; it stands for what happens between looking and doing.
    Change.objects.create(
        batch=batch, kind="programmes.project", object_id=there.advice.pk, made=False, label="Beratung Hannover",
        before={"network_id": Network.objects.get(name_de="RIN Weser").pk}, after={"network_id": there.north.pk},
    )  # fmt: skip
    actions.confirm_undoing(batch=batch, by=by_of(dilan), at=NOW)
    assert (carried(batch).state, batch.trouble) == (Batch.State.DONE, {"code": "undoing", "details": {}})
    there.advice.refresh_from_db()
    assert (there.advice.network, Network.objects.filter(name_de="RIN Weser").count()) == (there.north, 1)


def test_an_import_can_be_undone_for_thirty_days(there: World) -> None:
    dilan = there.people.dilan
    batch = carry_out(checked(table(ada()), dilan), dilan)
    with pytest.raises(NotNow):
        undo(batch, dilan, at=NOW + timedelta(days=30))
    undo(batch, dilan, at=NOW + timedelta(days=29, hours=23))
    with pytest.raises(NotNow):
        undo(batch, dilan)


def test_an_undoing_that_was_asked_for_in_time_is_not_forgotten_before_it_is_done(there: World) -> None:
    dilan = there.people.dilan
    batch = carry_out(checked(table(ada()), dilan), dilan)
    actions.confirm_undoing(batch=batch, by=by_of(dilan), at=NOW + timedelta(days=29, hours=23))
    later = NOW + timedelta(days=31)
    assert actions.forget_old(by=by_of(dilan), at=later) == 0
    assert carried(batch, at=later).state == Batch.State.UNDONE
    assert not Person.objects.filter(name="Ada Lang").exists()


def test_file_rows_and_records_end_with_the_time_for_undoing(there: World) -> None:
    dilan = there.people.dilan
    batch = carry_out(checked(table(ada()), dilan), dilan)
    kept = KeptFile.objects.get()
    at = NOW + timedelta(days=30)
    assert (actions.forget_old(by=by_of(dilan), at=at - timedelta(seconds=1)), absolute(kept).exists()) == (0, True)
    assert actions.forget_old(by=by_of(dilan), at=at) == 1
    batch.refresh_from_db()
    assert (batch.file, batch.forgotten_at, Row.objects.count(), Change.objects.count()) == (None, at, 0, 0)
    assert (KeptFile.objects.count(), Person.objects.filter(name="Ada Lang").count()) == (0, 1)
    assert actions.forget_old(by=by_of(dilan), at=at) == 0


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_a_forgotten_file_leave_the_disk(there: World) -> None:
    batch = give(table(ada()), there.people.dilan)
    path = absolute(KeptFile.objects.get())
    assert path.exists()
    actions.abandon(batch=batch, by=by_of(there.people.dilan), at=NOW)
    assert not path.exists()


def test_a_file_given_twice_stays_until_both_are_forgotten(there: World) -> None:
    first, _second = give(table(ada()), there.people.dilan), give(table(ada()), there.people.dilan)
    actions.abandon(batch=first, by=by_of(there.people.dilan), at=NOW)
    assert KeptFile.objects.count() == 1
