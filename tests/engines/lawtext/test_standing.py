"""What the editors' sentences on the state of a text say."""

import json
from datetime import date
from pathlib import Path

import pytest

from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.standing import read_stand
from tests.engines.lawtext.law_files import real_law


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Zuletzt geändert durch Art. 3 G v. 25.10.2024 I Nr. 332", date(2024, 10, 25)),
        ("zuletzt geändert durch Art. 3 G v 25.10.2024 I Nr. 332", date(2024, 10, 25)),
        ("Zuletzt geändert durch Art. 106 G v.29.3.2017 I 626", date(2017, 3, 29)),
        ("Berichtigung vom 28.3.2025 I Nr. 98 ist berücksichtigt", date(2025, 3, 28)),
        ("Neugefasst durch Bek. 19.2.1987 I 640;", date(1987, 2, 19)),
        ("Geändert durch Art. 1 G v. 5. Mai 2020 I 1", date(2020, 5, 5)),
        (
            "Zuletzt geändert durch Art. 1 Vertrag v. 6.7.2018 I 2236 iVm Art. 1 G v. 29.11.2018 I 2235",
            date(2018, 7, 6),
        ),
        ("Änderung durch BAnz AT 30.12.2024 V1 mWv 1.1.2025", None),
        ("V aufgeh. durch § 3 Abs. 2 dieser V mWv 7.8.2023", None),
        ("Geändert durch Art. 1 G v. 31.2.2020 I 1", None),
    ],
)
def test_date_of_the_act_is_the_one_after_its_v(text: str, act: date | None) -> None:
    assert read_stand("Stand", text).act_date == act


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("… mWv 1.3.2024 bzw. 2.6.2024 noch nicht berücksichtigt", [(2024, 3, 1), (2024, 6, 2)]),
        ("… mWv 21.3.2024 u. 1.6.2024", [(2024, 3, 21), (2024, 6, 1)]),
        ("… mWv 1.1.2025, 1.7.2025 und 1.1.2026", [(2025, 1, 1), (2025, 7, 1), (2026, 1, 1)]),
        ("… mWv 1.10.2021; Art. 4 aufgeh. durch Art. 3 G v. 3.6.2021 I 1465 mWv 1.10.2021", [(2021, 10, 1)]),
        ("… mWv 1.1.2024, dadurch gilt § 13 über den 25.11.2021 hinaus", [(2024, 1, 1)]),
        ("… v. 1.3.2024 I Nr. 5", []),
    ],
)
def test_dates_in_force_are_those_after_mwv(text: str, days: list[tuple[int, int, int]]) -> None:
    assert read_stand("Hinweis", text).in_force == tuple(date(*day) for day in days)


@pytest.mark.parametrize(
    ("text", "pending"),
    [
        ("Änderung durch Art. 2 G v. 16.8.2023 I Nr. 217 mWv 1.3.2024 noch nicht berücksichtigt", True),
        ("Änderung durch Art. 2 G v. 16.8.2023 I Nr. 217 noch nicht berücksichtig", True),
        (
            "G v. 16.8.2023 textlich nachgewiesen, dokumentarisch noch nicht abschließend bearbeitet",
            False,
        ),
        ("Mittelbare Änderung durch Art. 8 G v. 7.11.2022 I 1982 ist berücksichtigt", False),
    ],
)
def test_entry_is_pending_only_when_the_text_lacks_the_amendment(text: str, pending: bool) -> None:
    assert read_stand("Hinweis", text).pending is pending


def test_announced_dates_of_migration_law_are_read(shared_data: Path) -> None:
    announced = {
        slug: {
            day
            for entry in read_law(real_law(shared_data, "2026-04-29", slug)).stand
            if entry.pending
            for day in entry.in_force
        }
        for slug in ("aufenthg_2004", "aufenthv", "asylvfg_1992", "azrg", "azrg-dv")
    }
    assert all(announced.values())
    assert set().union(*announced.values()) == {date(2026, 6, 12), date(2029, 6, 12), date(2026, 11, 1)}


def test_every_stand_entry_of_the_timeline_names_its_act(shared_data: Path) -> None:
    timeline = json.loads((shared_data / "laws" / "announcements_timeline.json").read_text(encoding="utf-8"))
    texts: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, dict):
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)
        elif isinstance(value, str) and "geändert durch" in value:
            texts.add(value)

    collect(timeline)
    assert len(texts) > 50
    assert {text for text in texts if read_stand("Stand", text).act_date is None} == set()
