"""Designations: ranges, order, plain form."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.designations import covered, covers, expand, normalised, order


@pytest.mark.parametrize(
    ("designation", "names"),
    [
        ("(XXXX) §§ 12 bis 14", "§ 12|§ 13|§ 14"),
        ("(XXXX) §§ 10 und 11", "§ 10|§ 11"),
        ("(XXXX) §§ 11 u. 12", "§ 11|§ 12"),
        ("(XXXX) §§ 22 u 23", "§ 22|§ 23"),
        ("(XXXX)§§ 7 und 8", "§ 7|§ 8"),
        ("(XXXX) §§ 17 - 18", "§ 17|§ 18"),
        ("(XXXX) §§ 1 bis § 3", "§ 1|§ 2|§ 3"),
        ("(XXXX) § 16", "§ 16"),
        ("(XXXX) §§ 103, 103a und 104", "§ 103|§ 103a|§ 104"),
        ("(XXXX) §§ 25a bis 25d", "§ 25a|§ 25b|§ 25c|§ 25d"),
        ("(XXXX) §§ 2 bis 3b", "§ 2|§ 3|§ 3a|§ 3b"),
        ("(XXXX) §§ 57a bis 59", "§ 57a|§ 58|§ 59"),
        ("(XXXX) §§ 1 bis 2, 5 bis 6", "§ 1|§ 2|§ 5|§ 6"),
        ("(XXXX) Art 1 bis Art 3", "Art 1|Art 2|Art 3"),
        ("(XXXX) Art I bis Art IV", "Art I|Art II|Art III|Art IV"),
        ("(XXXX) Art 3b bis 3c, 4", "Art 3b|Art 3c|Art 4"),
        ("(XXXX) Anhang I und II", "Anhang I|Anhang II"),
        ("(XXXX) Anlagen 1a bis 3", "Anlage 1a|Anlage 2|Anlage 3"),
        ("Anlagen 1 bis 2a, 4", "Anlage 1|Anlage 2|Anlage 2a|Anlage 4"),
        ("(XXXX) 1. bis 3.", "1.|2.|3."),
        ("§ 12", ""),
        ("(XXXX)", ""),
        ("(XXXX) Anlage G 1 bis M 6", ""),
        ("(XXXX) §§ 9 bis 3", ""),
        ("(XXXX) §§ 1 bis 9999", ""),
        ("§§ " + "1 bis 3000, " * 1000, ""),
    ],
)
def test_range_covers_what_its_words_count(designation: str, names: str) -> None:
    assert "|".join(covered(designation)) == names


@pytest.mark.parametrize(
    ("plain", "answer"),
    [
        ("§ 12c", True),
        ("§ 12b", True),
        ("§ 13", True),
        ("§ 14a", True),
        ("§ 12a", False),
        ("§ 14b", False),
        ("Art 13", False),
    ],
)
def test_range_answers_for_lettered_norms_between_its_ends(plain: str, answer: bool) -> None:
    assert covers("(XXXX) §§ 12b bis 14a", plain) is answer


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("§60 c", "§ 60c"),
        ("§ 60c", "§ 60c"),
        ("Artikel 1", "Art 1"),
        ("Art. 1a", "Art 1a"),
        ("Artikel III", "Art III"),
        ("Anl. 3", "Anlage 3"),
        ("Anlage 2 Teil 1", "Anlage 2 Teil 1"),
        ("§ 2.03", "§ 2.03"),
        ("Eingangsformel", "Eingangsformel"),
    ],
)
def test_plain_form_is_the_same_for_every_way_to_write_it(written: str, plain: str) -> None:
    assert normalised(written) == plain


def test_designations_sort_as_a_law_prints_them() -> None:
    printed = ["Eingangsformel", "Inhaltsübersicht", "§ 2.9", "§ 2.10", "§ 9", "§ 9a", "§ 9z", "§ 9aa", "§ 10"]
    printed += ["Anlage", "Anlage 2", "Anlage 10", "Schlussformel"]
    assert sorted(set(printed), key=order) == printed


LETTERS = st.sampled_from(["", *string.ascii_lowercase])


@given(st.integers(1, 40), LETTERS, st.integers(1, 40), LETTERS)
def test_expanded_range_is_what_counting_says(low: int, first: str, high: int, last: str) -> None:
    counted = [f"{low}{first}"]
    if low == high:
        counted += [f"{low}{letter}" for letter in string.ascii_lowercase if first < letter <= last]
        goes_up = first <= last
    else:
        counted += [str(number) for number in range(low + 1, high + 1)]
        counted += [f"{high}{letter}" for letter in string.ascii_lowercase if letter <= last]
        goes_up = low < high
    assert expand(f"{low}{first}", f"{high}{last}") == (counted if goes_up else [f"{low}{first}", f"{high}{last}"])
