"""What the evidence map counts: each study once in a cell, broader concepts with their narrower ones, retracted ones not."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from nahtstelle.register.people.models import Account
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.library.models import CardEdition, Work
from nahtstelle.rooms.library.queries.evidence import Cell, Map, axis, evidence_map
from nahtstelle.rooms.library.queries.studies import Choice, chosen, counts, published, study
from tests.cast import account, programme
from tests.rooms.library import cards as making
from tests.rooms.library.cards import concept

ON = date(2026, 11, 23)


def drawn(choice: Choice | None = None, rows: str = "theme", columns: str = "group") -> Map:
    return evidence_map(rows, columns, choice or Choice(), on=ON)


def cell(row: Concept, column: Concept, choice: Choice | None = None) -> Cell:
    return drawn(choice).at(row, column)


def test_a_cell_counts_studies_by_strength(rita: Account, ruth: Account) -> None:
    theme, group = concept("th-a"), concept("gr-a", "group")
    for number, strength in enumerate((4, 2, 2)):
        making.study(rita, ruth, f"s{number}", theme, group, strength=strength)
    found = cell(theme, group)
    assert (dict(found.by_strength), found.number, found.best, found.is_weak) == ({4: 1, 2: 2}, 3, 4, False)


def test_a_cell_with_weak_studies_only_says_so(rita: Account, ruth: Account) -> None:
    theme, group = concept("th-a"), concept("gr-a", "group")
    making.study(rita, ruth, "s", theme, group, strength=2)
    assert cell(theme, group).is_weak


def test_a_cell_without_a_study_is_a_gap(rita: Account, ruth: Account) -> None:
    theme, group, other = concept("th-a"), concept("gr-a", "group"), concept("gr-b", "group")
    making.study(rita, ruth, "s", theme, group)
    found = drawn()
    assert (found.at(theme, other).is_gap, found.gaps) == (True, 1)


def test_a_broader_concept_counts_narrower_ones_and_each_study_once(rita: Account, ruth: Account) -> None:
    broad = concept("th-broad")
    narrow, deep = concept("th-narrow", broader=broad), concept("th-deep", broader=concept("th-narrow"))
    group = concept("gr-a", "group")
    making.study(rita, ruth, "s", narrow, deep, broad, group)
    making.study(rita, ruth, "t", deep, group)
    assert cell(broad, group).number == 2


def test_only_the_broadest_concepts_in_use_are_rows(db: None) -> None:
    broad = concept("th-broad")
    concept("th-narrow", broader=broad)
    concept("th-gone", valid_until=date(2020, 1, 1))
    assert axis("theme", on=ON) == [broad]


def test_of_regions_germany_and_its_laender_are_rows(db: None) -> None:
    whole = concept("DE", "region", level="bund")
    land = concept("DE-NI", "region", level="land", broader=whole)
    concept("co-SY", "region", level="country")
    assert set(axis("region", on=ON)) == {whole, land}


def test_what_was_retracted_is_listed_and_not_counted(rita: Account, ruth: Account) -> None:
    theme, group = concept("th-a"), concept("gr-a", "group")
    making.study(rita, ruth, "s", theme, group, standing=Work.Standing.RETRACTED)
    assert (cell(theme, group).number, published().count()) == (0, 1)


def test_a_merged_work_counts_only_where_the_other_has_no_card(rita: Account, ruth: Account) -> None:
    theme, group = concept("th-a"), concept("gr-a", "group")
    kept = making.study(rita, ruth, "kept", theme, group)
    absorbed = making.study(rita, ruth, "absorbed", theme, group)
    assert cell(theme, group).number == 2
    Work.objects.filter(citekey="absorbed").update(merged_into=kept.card.work)
    assert (cell(theme, group).number, study("absorbed")) == (1, kept)
    kept.card.edition = None
    kept.card.state = "withdrawn"
    kept.card.save()
    assert (cell(theme, group).number, study("absorbed")) == (1, absorbed)


def test_a_study_without_a_concept_of_one_facet_is_counted_beside_the_map(rita: Account, ruth: Account) -> None:
    making.study(rita, ruth, "s", concept("th-a"))
    concept("gr-a", "group")
    found = drawn()
    assert (found.total.number, found.placed) == (1, 0)


@pytest.mark.parametrize(
    ("choice", "number"),
    [
        (Choice(kinds=("survey",)), 1), (Choice(kinds=("legal",)), 0), (Choice(strengths=(3, 4)), 1), (Choice(strengths=(1,)), 0),
        (Choice(programmes=("iq",)), 1), (Choice(programmes=("esf",)), 0), (Choice(concepts=("DE-NI",)), 1),
        (Choice(concepts=("DE-BY",)), 0), (Choice(since=2018, until=2019), 1), (Choice(since=2021), 0),
        (Choice(until=2014), 0), (Choice(concepts=("nobody-knows",)), 0),
    ],
)  # fmt: skip
def test_filters_narrow_the_map(choice: Choice, number: int, rita: Account, ruth: Account) -> None:
    theme, group = concept("th-a"), concept("gr-a", "group")
    land = concept("DE-NI", "region", level="land")
    concept("DE-BY", "region", level="land")
    making.study(
        rita, ruth, "s", theme, group, land, programmes=[programme("iq", "IQ")], template="survey", strength=3,
        data_from=2015, data_until=2018,
    )  # fmt: skip
    assert cell(theme, group, choice).number == number


def test_without_years_of_its_data_a_study_stands_for_its_year(rita: Account, ruth: Account) -> None:
    making.study(rita, ruth, "s", concept("th-a"), year=2021)
    assert chosen(Choice(since=2021, until=2021)).count() == 1
    assert chosen(Choice(since=2022)).count() == 0


@pytest.mark.parametrize("number", [1, 8])
def test_the_number_of_statements_does_not_grow_with_the_studies(number: int, rita: Account, ruth: Account) -> None:
    theme, group = concept("th-a"), concept("gr-a", "group")
    for one in range(number):
        making.study(rita, ruth, f"s{one}", theme, group)
    with CaptureQueriesContext(connection) as statements:
        drawn()
    assert len(statements) == 3  # the concepts of both facets, and one that counts


def test_the_number_behind_a_value_is_what_choosing_it_finds(rita: Account, ruth: Account) -> None:
    broad = concept("th-broad")
    narrow, other = concept("th-narrow", broader=broad), concept("th-other")
    making.study(rita, ruth, "s", narrow, template="survey", strength=3)
    making.study(rita, ruth, "t", other, template="legal", strength=1)
    making.study(rita, ruth, "u", narrow, other, template="legal", strength=3)
    choice = Choice(kinds=("legal",), concepts=("th-other",))
    found = counts(choice)
    assert found.number == 2
    for one in (broad, narrow, other):
        assert found.concepts.get(one.pk, 0) == chosen(Choice(kinds=("legal",), concepts=(one.key,))).count()
    assert found.kinds == {"legal": 2}
    assert found.strengths == {1: 1, 3: 1}


class TestAgainstTheSlowWay(TestCase):
    """The one statement says what counting one by one says."""

    @settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=15)
    @given(
        st.lists(
            st.tuples(st.sets(st.integers(0, 3)), st.sets(st.integers(0, 2)), st.integers(0, 4), st.booleans()),
            max_size=6,
        ),
        st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda pair: pair[0] > pair[1]), max_size=3),
    )
    def test_every_cell(self, studies: list, broader: set) -> None:
        one, two = account("Eins", role="researcher"), account("Zwei", role="editor")
        themes = [concept(f"th-{n}") for n in range(4)]
        groups = [concept(f"gr-{n}", "group") for n in range(3)]
        for narrow, broad in broader:
            themes[narrow].broader.add(themes[broad])
        for number, (has_themes, has_groups, strength, retracted) in enumerate(studies):
            making.study(
                one, two, f"s{number}", *(themes[n] for n in has_themes), *(groups[n] for n in has_groups),
                strength=strength, standing="retracted" if retracted else "sound",
            )  # fmt: skip
        found = drawn()
        for row in found.rows:
            for column in found.columns:
                expected: dict[int, int] = {}
                for edition in CardEdition.objects.exclude(card__work__standing="retracted"):
                    about = set(edition.concepts.all())
                    if _under(row) & about and column in about:
                        expected[edition.strength] = expected.get(edition.strength, 0) + 1
                assert dict(found.at(row, column).by_strength) == expected


def _under(one: Concept) -> set[Concept]:
    found, todo = {one}, [one]
    while todo:
        for narrower in todo.pop().narrower.all():
            if narrower not in found:
                found.add(narrower)
                todo.append(narrower)
    return found
