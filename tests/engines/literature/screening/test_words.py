"""Languages, bridges between them, and the words shown for and against."""

import numpy as np
import pytest

from nahtstelle.engines.literature.records import Record
from nahtstelle.engines.literature.screening.bridges import cognate, concepts_of, fold
from nahtstelle.engines.literature.screening.content.bilingual import WORDS
from nahtstelle.engines.literature.screening.features import Pool
from nahtstelle.engines.literature.screening.highlighting import WordWeights
from nahtstelle.engines.literature.screening.languages import language_of, languages_of
from nahtstelle.engines.literature.screening.machine import Machine
from nahtstelle.engines.literature.screening.values import CannotScreen
from tests.engines.literature.screening.making import pool


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Anerkennung ausländischer Berufsabschlüsse in Deutschland", "de"),
        ("The recognition of foreign qualifications in Germany", "en"),
        ("Almanya'da yabancı diplomaların tanınması ve işgücü piyasası", "tr"),
        ("12 / 2020", ""),
    ],
)
def test_the_language_of_a_title_is_told(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_language_of_a_few_records_is_not_believed() -> None:
    records, _ = pool(60)
    stray = Record(title="Die Anerkennung ausländischer Berufsabschlüsse in Deutschland")
    assert set(languages_of([*records, stray])) == {"en"}


def test_a_language_the_pool_has_is_believed_of_few_new_records() -> None:
    records, _ = pool(100, german=0.5)
    grown = Pool.of(records)
    german = [record for record in records if record.language == "de"][:2]
    english = [record for record in records if record.language == "en"][:3]
    grown.add(german + english)
    assert grown.languages[100:] == ["de", "de", "en", "en", "en"]


def test_no_records_have_no_languages() -> None:
    assert languages_of([]) == []


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Arbeitsmarkt", "labour"),
        ("Jugendarbeitslosigkeit", "unemployment"),
        ("Geflüchtete", "refugees"),
        ("Fragebogen", "questionnaire"),
        ("Krankenhäuser", "hospitals"),
    ],
)
def test_words_of_two_languages_meet_in_a_concept(german: str, english: str) -> None:
    assert set(concepts_of(fold(german), "de")) & set(concepts_of(english, "en"))


@pytest.mark.parametrize(("one", "other"), [("Epidemiologie", "epidemiology"), ("Metagenomik", "metagenomics")])
def test_words_that_look_alike_share_a_key(one: str, other: str) -> None:
    assert cognate(fold(one)) == cognate(other) != ""


def test_every_concept_has_two_sides_of_folded_words() -> None:
    for line in WORDS.splitlines():
        english, german = line.split("|")
        assert english.split() and german.split()
        assert line == fold(line)


def test_words_of_the_wanted_topic_speak_for_and_those_of_the_other_against() -> None:
    records, labels = pool(80)
    words = Pool.of(records)
    machine = Machine(words.space(), cost=0.3, ratio=30)
    machine.learn(np.arange(80), labels)
    text = "Refugees and dairy farms: the labour market"
    spans = WordWeights(words, machine.direction()).spans(text, language="en")
    shown = {text[span.start : span.end]: span.weight for span in spans}
    assert shown["labour"] > 0 > shown["dairy"]
    assert [span.start for span in spans] == sorted(span.start for span in spans)


def test_a_text_without_words_has_nothing_to_show() -> None:
    records, labels = pool(40)
    words = Pool.of(records)
    machine = Machine(words.space(), cost=0.3, ratio=30)
    machine.learn(np.arange(40), labels)
    assert WordWeights(words, machine.direction()).spans("–", language="en") == []


def test_weights_of_another_pool_are_refused() -> None:
    records, _ = pool(40)
    with pytest.raises(CannotScreen, match="other features"):
        WordWeights(Pool.of(records), np.zeros(3))
