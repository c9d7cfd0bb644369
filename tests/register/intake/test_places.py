"""Organisations, networks and projects by tables, with their days."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.register.intake import actions
from nahtstelle.register.intake.models import Batch, Row
from nahtstelle.register.intake.sentences import of_file, of_row
from nahtstelle.register.intake.undo_plan import plan_of
from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.programmes.models import FundingPeriod, Network, Project
from tests.register.intake.making import (
    NOW,
    all_rows,
    as_csv,
    by_of,
    carried,
    carry_out,
    checked,
    codes,
    decide,
    row,
    undo,
)
from tests.register.world import World

pytestmark = pytest.mark.django_db
State = Row.State


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
