import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.register.vocabulary.folding import fold, matching


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Länder", "laender"),
        ("Länder", "LANDER"),
        ("Straße", "STRASSE"),
        ("Asylbewerber*innen", "asylbewerberinnen"),
        ("Asylbewerber:innen", "Asylbewerber_innen"),
        ("Kosovë", "kosove"),
        ("EU-/EWR-Bürger*innen, Schweiz", "eu ewr buergerinnen schweiz"),
        ("3+2-Regelung", "3 2 regelung"),
    ],
)
def test_spellings_meet_when_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_words_stay_apart_when_folded() -> None:
    assert fold("neue Quelle, Steuer") == "neue quelle steuer"


@given(st.text())
@settings(deadline=None)
def test_folding_does_not_see_how_signs_are_composed(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
@settings(deadline=None)
def test_folded_text_is_made_of_words_and_single_spaces(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


def test_matching_wants_every_word_however_written() -> None:
    rows = [(1, "Jörg Müller"), (2, "Jana Mueller"), (3, "Jörg Maier")]
    assert matching(rows, "mueller jorg") == [1]
    assert matching(rows, "") == [1, 2, 3]
