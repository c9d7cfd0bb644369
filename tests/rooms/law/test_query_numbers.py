"""Pages need as many queries for much as for little."""

from datetime import date

import pytest
from django.urls import reverse

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import acts, questions
from nahtstelle.rooms.law.models import Law, Reading
from nahtstelle.rooms.law.questions import Citing
from tests.rooms.law.asking import As, act_with_line, number_of_queries
from tests.rooms.law.making import (
    NOW,
    OTHER,
    SENTENCE,
    Section,
    bring,
    give,
    law_xml,
    reading_of,
    section,
)

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 5)
LATER = "20240601000000"


def test_the_list_of_laws_needs_as_many_queries_for_many_as_for_few(as_: As) -> None:
    def bring_laws(numbers: range) -> None:
        for n in numbers:
            remark = [("Hinweis", f"Änderung mWv 1.12.20{n + 27} noch nicht berücksichtigt")]
            bring(
                law_xml(Section("§ 1", f"{OTHER} {n}"), name=f"G{n}", number=f"BJNR9{n}", stand=remark),
                MARCH,
                name=f"g{n}.xml",
            )

    bring_laws(range(2))
    few = number_of_queries(as_(None), reverse("law:laws"))
    bring_laws(range(2, 12))
    assert number_of_queries(as_(None), reverse("law:laws")) == few


def test_a_law_needs_as_many_queries_for_many_provisions_as_for_few(as_: As) -> None:
    for name, number in (("KleinG", 3), ("GrossG", 60)):
        old = [Section(f"§ {n}", f"{SENTENCE} {n}", f"Titel {n}") for n in range(1, number)]
        new = [Section(f"§ {n}", f"{OTHER} {n}", f"Titel {n}") for n in range(1, number)]
        bring(law_xml(*old, name=name, number=f"BJNR{name}"), MARCH, name=f"{name}.xml")
        bring(law_xml(*new, name=name, number=f"BJNR{name}", build=LATER), JUNE, name=f"{name}.xml")
    addresses = [reverse("law:law", args=[slug]) for slug in ("kleing", "grossg")]
    small, large = (number_of_queries(as_(None), address) for address in addresses)
    assert small == large


def test_a_provision_needs_as_many_queries_however_much_it_cites(as_: As) -> None:
    many = " ".join(f"Es gilt § {n} entsprechend, auch § {n} Absatz 1 und § {n} Satz 1." for n in range(3, 30))
    sections = [Section(f"§ {n}", f"{SENTENCE} {n}") for n in range(3, 30)]
    bring(law_xml(Section("§ 1", "Es gilt § 3 entsprechend."), Section("§ 2", many), *sections), MARCH)
    addresses = [reverse("law:provision", args=["probeg", section(f"§ {n}").pk]) for n in (1, 2)]
    few, lots = (number_of_queries(as_(None), address) for address in addresses)
    assert few == lots


def test_a_provision_needs_as_many_queries_however_much_cites_it(
    law: Law, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("law:provision", args=[law.slug, section("§ 3").pk])

    def cited(number: int) -> int:
        cards = [Citing(title=str(n), address="/", kind="k", words="w", part="/") for n in range(number)]
        monkeypatch.setattr(questions, "citing", [lambda provision, reader: (cards, number)])
        return number_of_queries(as_(None), address)

    assert cited(1) == cited(50)


def test_a_reading_needs_as_many_queries_for_many_changes_as_for_few(as_: As) -> None:
    def reading(name: str, number: int) -> Reading:
        old = [Section(f"§ {n}", f"{SENTENCE} {n}") for n in range(1, number)]
        new = [Section(f"§ {n}", f"{OTHER} {n}") for n in range(1, number)]
        bring(law_xml(*old, name=name, number=f"BJNR{name}"), MARCH, name=f"{name}.xml")
        return reading_of(bring(law_xml(*new, name=name, number=f"BJNR{name}", build=LATER), JUNE, name=f"{name}.xml"))

    readings = [reading("KleinG", 3), reading("GrossG", 60)]
    small, large = (number_of_queries(as_(None), reverse("law:reading", args=[r.law.slug, r.pk])) for r in readings)
    assert small == large


def test_an_act_needs_as_many_queries_for_many_lines_as_for_few(law: Law, as_: As, jana: Account) -> None:
    act, _plan = act_with_line(jana)
    few = number_of_queries(as_(jana), reverse("law:act", args=[act.slug]))
    for designation in ("§ 1", "§ 2", "§ 2 Absatz 1", "§ 2 Absatz 2"):
        act.refresh_from_db()
        acts.plan_change(
            act, revision=act.revision, law=law, old_citation=designation, kind="amended", account=jana, by=jana.actor,
            at=NOW,
        )  # fmt: skip
    assert number_of_queries(as_(jana), reverse("law:act", args=[act.slug])) == few


def test_an_import_needs_as_many_queries_for_many_files_as_for_few(as_: As, jana: Account) -> None:
    def address(number: int) -> str:
        files = {
            f"g{n}.xml": law_xml(Section("§ 1", f"{OTHER} {n}"), name=f"G{n}", number=f"BJNR7{n}")
            for n in range(number)
        }
        return reverse("law:import", args=[give(files, MARCH).pk])

    assert number_of_queries(as_(jana), address(2)) == number_of_queries(as_(jana), address(20))
