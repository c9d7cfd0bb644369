"""Compounds are split at the words of the corpus, as the slow twin does it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.engines.wording import Lexicon, fold
from tests.engines.wording import twins

WORDS = {
    "anerkennung": 40, "beratung": 60, "pflege": 30, "kräfte": 10, "kraft": 8, "asyl": 20, "bewerber": 15, "leistung": 30,
    "gesetz": 50, "aufenthalt": 40, "erlaubnis": 25, "kinder": 20, "betreuung": 12, "ausbildung": 50, "duldung": 30,
    "land": 30, "wissen": 9, "arbeit": 60, "markt": 12, "zugang": 9,
}  # fmt: skip
LEXICON = Lexicon.learned_from({fold(word): number for word, number in WORDS.items()})


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("Anerkennungsberatung", ("anerkennung", "beratung")),
        ("Anerkennungsberatungen", ("anerkennung", "beratungen")),
        ("Pflegekräfte", ("pflege", "krafte")),
        ("Asylbewerberleistungsgesetz", ("asyl", "bewerber", "leistung", "gesetz")),
        ("Aufenthaltserlaubnis", ("aufenthalt", "erlaubnis")),
        ("Kinderbetreuung", ("kinder", "betreuung")),
        ("Arbeitsmarktzugang", ("arbeit", "markt", "zugang")),
    ],
)
def test_a_compound_is_split_into_the_words_of_the_corpus(compound: str, parts: tuple[str, ...]) -> None:
    assert LEXICON.split(fold(compound)) == parts


@pytest.mark.parametrize("word", ["Landschaft", "Wissenschaft", "Anerkennung", "Beratungen", "Arbeit", "", "§ 60c"])
def test_what_is_no_compound_stays_whole(word: str) -> None:
    assert LEXICON.split(fold(word)) == ()


def test_a_far_more_frequent_whole_word_stays_whole() -> None:
    lexicon = Lexicon.learned_from({"grund": 1, "lage": 1, "grundlage": 100_000})
    assert lexicon.split("grundlage") == ()


def test_an_empty_lexicon_splits_nothing() -> None:
    assert Lexicon().split("anerkennungsberatung") == ()


_parts = st.sampled_from(
    ["amt", "arbeit", "arbeits", "markt", "pflege", "kraft", "krafte", "haus", "hause", "schul", "schule", "s"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_parts, min_size=1, max_size=4), st.dictionaries(_parts, st.integers(1, 500), min_size=1))
def test_splits_as_the_slow_twin(pieces: list[str], frequencies: dict[str, int]) -> None:
    lexicon = Lexicon.learned_from(frequencies)
    word = "".join(pieces)
    assert lexicon.split(word) == twins.split(word, lexicon.frequencies, lexicon.forms)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_split(text: str) -> None:
    parts = LEXICON.split(text)
    assert parts == () or len(parts) > 1
