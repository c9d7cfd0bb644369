"""Given, assigned, looked at, decided, carried out, undone, forgotten."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from nahtstelle.plumbing.files.actions import absolute
from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.register.intake import actions
from nahtstelle.register.intake.guessing import guess
from nahtstelle.register.intake.models import Batch, Change, Ground, Row
from nahtstelle.register.intake.sentences import of_file, of_row
from nahtstelle.register.intake.undo_plan import plan_of
from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people import actions as people
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.programmes.models import Engagement, FundingPeriod, Network, Project
from tests.register.intake.making import (
    NOW,
    all_rows,
    as_csv,
    as_xlsx,
    by_of,
    carried,
    carry_out,
    checked,
    codes,
    give,
    numbers,
    row,
    undo,
)
from tests.register.world import World

pytestmark = pytest.mark.django_db
State = Row.State
PEOPLE = ["Name", "E-Mail", "Organisation", "Funktion", "Rolle", "Projekt", "von", "bis", "Einwilligung am"]
ADA = ["Ada Lang", "ada@example.org", "Träger e. V.", "Leitung", "Berater*in", "Beratung Hannover", "1.3.2026", "", ""]


def ada(**changes: str) -> list[str]:
    return [changes.get(header, cell) for header, cell in zip(PEOPLE, ADA, strict=True)]


def table(*rows: list[str]) -> bytes:
    return as_csv([PEOPLE, *rows])


def decide(batch: Batch, number: int, decision: str, by: Person, **choices: str) -> Row:
    return actions.decide(row=row(batch, number), decision=decision, choices=choices, by=by_of(by), at=NOW)


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


def ends_early(there: World, **row: str) -> Batch:
    """A table of networks whose only day lies after the end of their funding period."""
    FundingPeriod.objects.filter(pk=there.period.pk).update(valid_until=date(2028, 12, 31))
    values = {"Name": "RIN Weser", "Ebene": "RIN", "von": "01.01.2029"} | row
    return checked(as_csv([list(values), list(values.values())]), there.people.dilan, kind="networks")


def test_a_span_that_the_period_would_turn_round_is_a_problem_of_its_row(there: World) -> None:
    batch = ends_early(there)
    assert codes(batch, 2) == ["ends_before_start"]
    assert "Von" in of_row("networks", row(batch, 2).problems)


def test_a_span_within_its_period_is_completed_by_it(there: World) -> None:
    batch = carry_out(ends_early(there, von="01.01.2026"), there.people.dilan)
    assert Network.objects.get(name_de="RIN Weser").valid_until == date(2028, 12, 31)
    assert batch.state == Batch.State.DONE


def founded_late(there: World) -> Batch:
    """The carrier of the register is said to have ended before it began."""
    Organisation.objects.filter(pk=there.carrier.pk).update(valid_from=date(2020, 1, 1))
    table = as_csv([["Name", "Art", "bis"], ["Träger e. V.", "Träger", "31.12.2019"]])
    return checked(table, there.people.dilan, kind="organisations")


def test_a_merge_that_would_end_before_it_begins_is_refused(there: World) -> None:
    batch = founded_late(there)
    with pytest.raises(Refusal, match="Ende"):
        decide(batch, 2, "merge", there.people.dilan)
    assert decide(batch, 2, "skip", there.people.dilan).decision == "skip"


def test_merged_days_in_the_wrong_order_send_the_import_back_with_their_rows(there: World) -> None:
    batch, by = founded_late(there), by_of(there.people.dilan)
    actions.decide_all(batch=batch, decision="merge", by=by, at=NOW)
    actions.confirm(batch=batch, by=by, at=NOW)
    assert carried(batch).trouble == {"code": "days", "details": {"rows": "2: Träger e. V."}}
    assert batch.state == Batch.State.PREVIEW
    assert "2: Träger e. V." in of_file(batch.trouble)


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


def test_organisations_networks_and_projects_come_in_by_tables(there: World) -> None:
    dilan = there.people.dilan
    before = all_rows()
    bodies = as_csv(
        [
            ["Name", "Art", "Bundesland", "Webseite"],
            ["Caritas Nord e. V.", "Träger", "Niedersachsen", "caritas.example"],
        ]
    )
    first = carry_out(checked(bodies, dilan, kind="organisations"), dilan)
    nets = as_csv(
        [
            ["Name", "Ebene", "Länder", "Vorgänger", "von"],
            ["RIN Weser", "RIN", "Niedersachsen; Bayern", "RIN Nord", "01.01.2026"],
        ]
    )
    second = carry_out(checked(nets, dilan, kind="networks"), dilan)
    projects = as_csv(
        [
            ["Titel", "Ebene", "Träger", "Netzwerk", "Ort"],
            ["Beratung Bremen", "Teilvorhaben", "Caritas Nord e.V.", "RIN Weser", "Bremen"],
        ]
    )
    third = carry_out(checked(projects, dilan, kind="projects"), dilan)
    network, project = Network.objects.get(name_de="RIN Weser"), Project.objects.get(name_de="Beratung Bremen")
    assert {region.key for region in network.regions.all()} == {"DE-NI", "DE-BY"}
    assert (list(network.predecessors.all()), network.valid_from) == ([there.north], date(2026, 1, 1))
    assert (project.network, project.carrier.website, project.valid_from) == (
        network, "https://caritas.example", date(2023, 1, 1),
    )  # fmt: skip
    for batch in (third, second, first):
        undo(batch, dilan)
    assert all_rows() == before


def test_an_imported_network_has_the_address_it_would_have_if_typed_in(there: World) -> None:
    rows = [["Name", "Ebene"], ["RIN Weser", "RIN"]]
    carry_out(checked(as_csv(rows), there.people.dilan, kind="networks"), there.people.dilan)
    assert Network.objects.get(name_de="RIN Weser").key == "iq-now-rin-weser"


@pytest.mark.parametrize(
    ("kind", "rest"),
    [
        ("networks", {"Ebene": "RIN", "Länder": "Niedersachsen; Bayern", "Vorgänger": "RIN Nord"}),
        ("projects", {"Ebene": "Teilvorhaben", "Träger": "Träger e. V.", "Netzwerk": "RIN Nord"}),
    ],
)
def test_places_do_not_cost_statements_each(there: World, kind: str, rest: dict[str, str]) -> None:
    def asked(words: str) -> int:
        rows = [["Name", *rest], *([f"{word} in {word}burg", *rest.values()] for word in words.split())]
        batch = checked(as_csv(rows), there.people.dilan, kind=kind)
        with CaptureQueriesContext(connection) as queries:
            carry_out(batch, there.people.dilan)
        return len(queries)

    assert asked("Asow Bern") == asked("Celle Dinklage Emden Fulda Goslar Hameln Ilmenau Jena")


def test_an_organisation_somebody_joined_since_stays(there: World) -> None:
    dilan = there.people.dilan
    batch = carry_out(
        checked(as_csv([["Name", "Art"], ["Caritas Nord", "Träger"]]), dilan, kind="organisations"), dilan
    )
    Membership.objects.create(person=there.nora, organisation=Organisation.objects.get(name="Caritas Nord"))
    assert [one.reason for one in plan_of(batch).stayed] == ["used"]


def test_legal_forms_do_not_tell_organisations_apart(there: World) -> None:
    batch = checked(as_csv([["Name", "Art"], ["Träger eV", "Träger"]]), there.people.dilan, kind="organisations")
    assert row(batch, 2).target == there.carrier.pk


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
    assert (batch.state, batch.headers, batch.form["encoding"]) == (
        Batch.State.MAPPING,
        ["Straße", "E-Mail"],
        "windows-1252",
    )
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
