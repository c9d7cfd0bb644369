"""From a citation to the provision and part it means."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nahtstelle.engines.lawtext.citations import Citation, find_citations
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import actions
from nahtstelle.rooms.law.naming import law_called, names_in_stock
from nahtstelle.rooms.law.resolving import Target, resolve_all
from tests.rooms.law.making import NOW, OTHER, SENTENCE, THIRD, Section, bring, law_xml, probe, section, the_law

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 5)


def targets(text: str) -> list[Target]:
    return resolve_all(find_citations(text, names=names_in_stock()))


def test_a_citation_is_resolved_to_the_part_it_names() -> None:
    bring(probe(), MARCH)
    (found,) = targets("Das folgt aus § 2 Absatz 2 Satz 1 ProbeG.")
    assert (found.provision, found.path) == (section("§ 2"), "/A2/S1/")


def test_a_part_that_does_not_exist_falls_back_to_the_one_around_it() -> None:
    bring(probe(), MARCH)
    (found,) = targets("Das folgt aus § 2 Absatz 2 Satz 7 ProbeG.")
    assert found.path == "/A2/"


def test_a_law_that_is_not_in_stock_leaves_everything_open() -> None:
    bring(probe(), MARCH)
    assert targets("Das folgt aus § 2 BGB.") == [Target()]


def test_a_provision_that_does_not_exist_leaves_the_law() -> None:
    bring(probe(), MARCH)
    (found,) = targets("Das folgt aus § 99 ProbeG.")
    assert found == Target(law=the_law())


def test_an_old_number_leads_to_the_provision_that_bore_it() -> None:
    bring(probe(), MARCH)
    moved = probe(build="20240601000000").replace(b"<enbez>\xc2\xa7 3</enbez>", b"<enbez>\xc2\xa7 3b</enbez>")
    bring(moved, JUNE)
    (old,) = targets("Das folgt aus § 3 ProbeG.")
    assert old.provision == section("§ 3b")


def test_a_number_in_use_goes_before_one_that_was_given_up() -> None:
    bring(probe(), MARCH)
    fresh = "Verstöße gegen dieses Gesetz werden mit einer Geldbuße bis zu fünftausend Euro geahndet, wenn sie schwer wiegen."
    swapped = probe(Section("§ 3", fresh, "Bußgeld"), Section("§ 4", THIRD, "Gebühren"), build="20240601000000")
    bring(swapped, JUNE)
    (found,) = targets("Das folgt aus § 3 ProbeG.")
    assert found.provision == section("§ 3")
    assert found.provision is not None
    assert found.provision.title == "Bußgeld"


def test_of_two_provisions_of_one_name_the_first_is_meant() -> None:
    bring(
        law_xml(Section("§ 1", SENTENCE), Section("Anlage", OTHER, "Erste"), Section("Anlage", OTHER, "Zweite")), MARCH
    )
    citation = Citation(start=0, end=1, text="Anlage", law="ProbeG", section="", unit="Anlage")
    (found,) = resolve_all([citation])
    assert found.provision is not None
    assert found.provision.title == "Erste"


def test_a_name_that_staff_taught_is_understood(jana: Account) -> None:
    bring(probe(), MARCH)
    assert targets("Das folgt aus § 2 des Probiergesetzes.") in ([], [Target()])
    actions.add_name(the_law(), "Probiergesetz", account=jana, by=jana.actor, at=NOW)
    (found,) = targets("Das folgt aus § 2 Probiergesetz.")
    assert found.provision == section("§ 2")


@pytest.mark.parametrize("name", ["SGB II", "SGB 2", "sgb ii"])
def test_a_book_of_the_social_code_is_found_by_either_number(name: str) -> None:
    bring(law_xml(Section("§ 1", SENTENCE), name="SGB 2"), MARCH)
    assert law_called(name) == the_law("SGB II")


def test_what_a_law_is_cited_as_goes_before_what_another_is_called(jana: Account) -> None:
    bring(probe(), MARCH)
    other = law_xml(Section("§ 1", OTHER), name="AnderG", long_title="ProbeG", number="BJNR2")
    bring(other, MARCH, name="anderg.xml")
    assert law_called("ProbeG") == the_law("ProbeG")


def test_a_law_that_is_missing_stands_behind_one_that_is_not() -> None:
    bring(probe(), MARCH, name="alt.xml")
    other = law_xml(Section("§ 1", OTHER), name="ProbeG", long_title="Neues Probegesetz", number="BJNR2")
    bring({"neu.xml": other}, JUNE, complete=True)
    found = law_called("ProbeG")
    assert found is not None
    assert (found.slug, found.missing_since) == ("neu", None)


def test_queries_do_not_grow_with_the_citations() -> None:
    bring(probe(), MARCH)
    names_in_stock()

    def queries(text: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            targets(text)
        return len(seen)

    assert queries("§ 1 ProbeG. " + "§ 2 Absatz 1 ProbeG, § 3 ProbeG, § 99 ProbeG. " * 20) == queries(
        "§ 2 ProbeG, § 99 ProbeG."
    )
