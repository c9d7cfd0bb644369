"""The programme structure that comes with the platform, and how it stood on a day."""

from datetime import UTC, date, datetime

import pytest

from nahtstelle.plumbing.ledger.actors import Actor, system
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.programmes import actions, queries
from nahtstelle.register.programmes.models import FundingPeriod, Level, Network, Programme, Project
from nahtstelle.register.vocabulary.actions import load_vocabulary

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
BY = system("tests")


@pytest.fixture
def loaded(db: None) -> None:
    load_vocabulary(by=BY, at=AT)
    actions.load_structure(by=BY, at=AT)


def networks(key: str, day: date) -> list[str]:
    periods = queries.structure_on(Programme.objects.get(key=key), on=day)
    return [network.key for period in periods for level in period.levels for network in level.networks]


def planned(key: str, day: date) -> dict[str, int | None]:
    periods = queries.structure_on(Programme.objects.get(key=key), on=day)
    return {level.level.key: level.level.planned for period in periods for level in period.levels}


def test_the_programmes_are_there_in_their_order(loaded: None) -> None:
    assert [(p.key, p.successor.key if p.successor else "") for p in queries.programmes()] == [
        ("iq", ""), ("mobipro-eu", ""), ("ivaf", "wir"), ("wir", ""),
    ]  # fmt: skip


def test_loading_twice_changes_nothing(loaded: None) -> None:
    entries = Entry.objects.count()
    report = actions.load_structure(by=BY, at=AT)
    assert (report.created, report.changed) == (0, 0)
    assert Entry.objects.count() == entries


def test_loading_without_the_vocabulary_says_what_is_missing(db: None) -> None:
    with pytest.raises(LookupError, match="load the vocabulary first"):
        actions.load_structure(by=BY, at=AT)


def test_wording_of_people_stays(loaded: None, by: Actor) -> None:
    period = FundingPeriod.objects.get(key="iq-2023-2025")
    actions.change_period(period=period, funding_line_de="Wie im Bescheid.", by=by, at=AT)
    actions.load_structure(by=BY, at=AT)
    period.refresh_from_db()
    assert period.funding_line_de == "Wie im Bescheid."


def test_loading_corrects_what_nobody_changed_by_hand(loaded: None) -> None:
    Level.objects.filter(key="rin").update(planned=99)
    FundingPeriod.objects.filter(key="iq-2023-2025").update(name_de="falsch")
    report = actions.load_structure(by=BY, at=AT)
    assert report.changed == 3
    assert set(Level.objects.filter(key="rin").values_list("planned", flat=True)) == {23}


def test_each_land_had_its_network_until_2022(loaded: None) -> None:
    for day in (date(2012, 6, 1), date(2018, 6, 1), date(2022, 12, 31)):
        assert len([key for key in networks("iq", day) if "-ln-" in key]) == 16
    assert [key for key in networks("iq", date(2023, 1, 1)) if "-ln-" in key] == []


def test_land_networks_follow_each_other_from_period_to_period(loaded: None) -> None:
    last = Network.objects.get(key="iq-2019-2022-ln-ni")
    before = last.predecessors.get()
    assert (before.key, before.predecessors.get().key) == ("iq-2015-2018-ln-ni", "iq-2011-2014-ln-ni")
    assert [region.key for region in last.regions.all()] == ["DE-NI"]


@pytest.mark.parametrize(
    ("day", "numbers"),
    [
        (date(2012, 6, 1), {"fachstelle": 5, "landesnetzwerk": 16, "koordinierung": 1}),
        (date(2018, 6, 1), {"landesnetzwerk": 16, "teilprojekt": 380}),
        (date(2020, 6, 1), {"fachstelle": 5, "landesnetzwerk": 16, "teilprojekt": 400, "koordinierung": 1}),
        (date(2024, 6, 1), {"rin": 23, "teilvorhaben": 270, "beratungsstelle": 60, "faire-integration": 16,
                            "fachstelle": 3, "koordinierung": 1, "administration": 1}),
    ],
)  # fmt: skip
def test_planned_numbers_are_those_of_the_period(day: date, numbers: dict[str, int], loaded: None) -> None:
    assert {key: number for key, number in planned("iq", day).items() if number} == numbers


def test_the_mobipro_desk_changed_hands_in_2017(loaded: None) -> None:
    assert networks("mobipro-eu", date(2017, 3, 31)) == ["mobipro-eu-vernetzung-2016"]
    assert networks("mobipro-eu", date(2017, 4, 1)) == ["mobipro-eu-vernetzung-2017"]
    assert networks("mobipro-eu", date(2019, 10, 1)) == []


def test_a_day_without_a_period_has_no_structure(loaded: None) -> None:
    assert queries.structure_on(Programme.objects.get(key="ivaf"), on=date(2024, 1, 1)) == []


def test_every_programme_says_what_is_not_verified(loaded: None) -> None:
    assert [p.key for p in Programme.objects.all() if "nicht verifiziert" not in p.note_de] == []
    assert [p.key for p in Programme.objects.all() if "not verified" not in p.note_en] == []


def test_the_structure_costs_the_same_however_large_it_is(loaded: None, django_assert_num_queries) -> None:
    iq = Programme.objects.get(key="iq")
    with django_assert_num_queries(6):
        queries.structure_on(iq, on=date(2018, 6, 1))


def test_projects_are_counted_on_their_level(there, django_assert_num_queries) -> None:
    assert Project.objects.count() == 1
    (period,) = queries.structure_on(there.iq, on=date(2026, 1, 1))
    assert {level.level.key: (len(level.networks), level.projects) for level in period.levels} == {
        "rin": (1, 0), "tv": (0, 1),
    }  # fmt: skip
