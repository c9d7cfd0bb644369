"""One form for the ways in which people write one word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.wording import fold, tokens


@pytest.mark.parametrize(
    "spellings",
    [
        ("Übergänge", "Uebergaenge", "UBERGANGE", "übergänge"),
        ("Straße", "Strasse", "STRASSE"),
        (
            "Berater*innen",
            "Berater:innen",
            "Berater_innen",
            "BeraterInnen",
            "Berater/-innen",
            "Beraterinnen",
            "Berater",
        ),
        ("Ausländerin", "Ausländer"),
        ("Café", "Cafe"),
        ("selbstständig", "selbständig"),
    ],
)
def test_spellings_of_one_word_are_one(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Berlin", "Berl"), ("darin", "dar"), ("Termin", "Term"), ("Quelle", "Qulle")]
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_ue_of_no_umlaut_stays() -> None:
    assert (fold("neue"), fold("Steuer"), fold("Quelle")) == ("neue", "steuer", "quelle")


@given(st.text())
def test_case_never_matters(text: str) -> None:
    for token in tokens(text):
        if token.text.isascii() and token.text.isalpha():
            assert fold(token.text.upper()) == fold(token.text.lower())


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.end].replace("\u00ad", "").replace("-", "") == token.text.replace("-", "")


def test_a_word_with_hyphen_is_also_one_word() -> None:
    assert [token.text for token in tokens("Au-pair-Kräfte")] == ["Au", "pair", "Kräfte", "AupairKräfte"]
