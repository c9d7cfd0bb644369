"""What a row is understood to say, and which sentence it gets where it says nothing that can be kept."""

from datetime import date
from typing import Any

import pytest

from nahtstelle.register.intake.fields import FIELDS
from nahtstelle.register.intake.naming import Stock
from nahtstelle.register.intake.sentences import ROW, of_row
from nahtstelle.register.intake.understanding import Understood, day_in, understand
from tests.register.world import World

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def said(of: str = "persons", /, **cells: str) -> Understood:
    columns = {name: name for name in cells}
    return understand(of, list(cells.values()), list(cells), columns, Stock(), today=DAY)


def codes(understood: Understood) -> list[str]:
    return [problem["code"] for problem in understood.problems]


@pytest.mark.parametrize("text", ["2026-12-31", "31.12.2026", "31.12.26", "31/12/2026"])
def test_a_day_is_read_as_tables_write_it(text: str) -> None:
    assert day_in(text) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["32.12.2026", "bald", "2026", "31.12.0026", "45000"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_in(text) is None


def test_the_wider_place_follows_from_the_project(there: World) -> None:
    values = said(name="Ada Lang", role="Berater*in", project="Advice Hanover").values
    assert (values["programme"], values["network"], values["region"]) == (there.iq.pk, there.north.pk, there.saxony.pk)


def test_first_and_last_name_make_the_name(there: World) -> None:
    assert said(first_name=" Ada ", last_name="Lang").values == {"name": "Ada Lang"}


def test_an_unknown_name_is_answered_with_the_nearest(there: World) -> None:
    understood = said(name="Ada", role="adviser", project="Beratung Hanover")
    assert "Beratung Hannover" in of_row("persons", understood.problems)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"name": " "}, "missing"),
        ({"name": "Ada", "mail": "ada@"}, "no_mail"),
        ({"name": "Ada", "language": "Klingonisch"}, "no_language"),
        ({"name": "A" * 201}, "too_long"),
        ({"name": "Ada", "function": "Leitung"}, "function_without_organisation"),
        ({"name": "Ada", "programme": "IQ"}, "place_without_role"),
        ({"name": "Ada", "role_from": "01.01.2026"}, "days_without_role"),
        ({"name": "Ada", "role": "adviser"}, "role_without_place"),
        ({"name": "Ada", "role": "Zauberei", "programme": "IQ"}, "unknown"),
        ({"name": "Ada", "role": "adviser", "programme": "WIR", "network": "RIN Nord"}, "programme_elsewhere"),
        ({"name": "Ada", "role": "adviser", "network": "WIR Süd", "project": "Beratung Hannover"}, "project_elsewhere"),
        ({"name": "Ada", "role": "Koordination", "programme": "IQ"}, "coordination_needs_network"),
        ({"name": "Ada", "role": "Projektleitung", "programme": "IQ"}, "lead_needs_project"),
        ({"name": "Ada", "organisation": "Niemand e. V."}, "unknown"),
    ],
)
def test_a_person_with_a_fault_gets_its_sentence(there: World, cells: dict[str, str], code: str) -> None:
    understood = said(**cells)
    assert codes(understood) == [code]
    assert of_row("persons", understood.problems)


@pytest.mark.parametrize(
    ("kind", "cells", "code"),
    [
        ("organisations", {"name": "Neu e. V."}, "missing"),
        ("organisations", {"name": "Neu", "kind": "Träger", "website": "keine Seite"}, "no_address"),
        ("organisations", {"name": "N", "kind": "Träger", "valid_from": "2026-01-02", "valid_until": "2026-01-01"},
         "ends_before_start"),
        ("networks", {"name_de": "RIN Süd"}, "missing"),
        ("networks", {"name_de": "RIN Süd", "level": "RIN", "period": "WIR jetzt"}, "level_elsewhere"),
        ("projects", {"name_de": "P", "level": "Teilvorhaben", "carrier": "Träger e. V.", "network": "WIR Süd"},
         "other_period"),
    ],
)  # fmt: skip
def test_a_body_or_place_with_a_fault_gets_its_sentence(
    there: World, kind: str, cells: dict[str, str], code: str
) -> None:
    understood = said(kind, **cells)
    assert codes(understood) == [code]
    assert of_row(kind, understood.problems)


def test_more_cells_than_columns_are_a_problem(there: World) -> None:
    understood = understand("persons", ["Ada", "x"], ["Name"], {"Name": "name"}, Stock(), today=DAY)
    assert codes(understood) == ["too_many_cells"]


def test_empty_cells_after_the_last_column_are_none(there: World) -> None:
    understood = understand("persons", ["Ada", "", ""], ["Name"], {"Name": "name"}, Stock(), today=DAY)
    assert codes(understood) == []


def test_every_sentence_can_be_said() -> None:
    details: dict[str, Any] = {
        "number": 3, "columns": 2, "longest": 9, "said": "x", "nearest": "y", "field": "z",
    }  # fmt: skip
    assert all(str(sentence % details) for sentence in ROW.values())


def test_no_two_fields_of_a_kind_claim_one_word() -> None:
    for fields in FIELDS.values():
        words = [word for field in fields for word in field.known_as]
        assert sorted(words) == sorted(set(words))
