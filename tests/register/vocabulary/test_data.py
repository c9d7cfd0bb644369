"""The data files that come with the platform."""

import re

import pytest

from nahtstelle.register.vocabulary.ours import our_vocabulary
from nahtstelle.register.vocabulary.values import Vocabulary

THEMES = (
    "anerkennung quali kompetenz sprache amzugang aufenthalt identitaet verfahren ausbildung abbruch vermittlung betrieb "
    "fair diskr ikoe lohn fachkraefte vorint wohnen mobil kinder gesundheit sozial familie digital netzwerk partizip "
    "gruendung einbuerg daten"
)
LANDS = {
    "DE-SH": "01", "DE-HH": "02", "DE-NI": "03", "DE-HB": "04", "DE-NW": "05", "DE-HE": "06", "DE-RP": "07",
    "DE-BW": "08", "DE-BY": "09", "DE-SL": "10", "DE-BE": "11", "DE-BB": "12", "DE-MV": "13", "DE-SN": "14",
    "DE-ST": "15", "DE-TH": "16",
}  # fmt: skip


@pytest.fixture(scope="module")
def ours() -> Vocabulary:
    return our_vocabulary()


def keys(ours: Vocabulary, facet: str) -> set[str]:
    return {value.key for value in ours.concepts if value.facet == facet}


def test_every_facet_is_there(ours: Vocabulary) -> None:
    assert {facet.key for facet in ours.facets} == {
        "status", "group", "qual", "theme", "stakeholder", "output", "region", "sector", "cefr", "isced", "phase",
        "language",
    }  # fmt: skip


def test_facets_have_places_of_their_own(ours: Vocabulary) -> None:
    assert sorted(facet.position for facet in ours.facets) == list(range(1, 13))


def test_themes_are_those_of_the_field(ours: Vocabulary) -> None:
    assert keys(ours, "theme") == {f"th-{name}" for name in THEMES.split()}


def test_lands_have_iso_and_ags(ours: Vocabulary) -> None:
    lands = {value.iso_code: value.ags for value in ours.concepts if value.level == "land"}
    assert lands == LANDS


def test_every_land_lies_in_one_regional_directorate(ours: Vocabulary) -> None:
    directorates = {value.key for value in ours.concepts if value.level == "ba-regionaldirektion"}
    assert len(directorates) == 10
    assert {len(v.broader & directorates) for v in ours.concepts if v.level == "land"} == {1}


def test_disputed_words_are_only_for_search(ours: Vocabulary) -> None:
    disputed = re.compile(r"\b(Asylant(en)?|Flüchtlinge?|Zigeuner|Gastarbeiter|Ausländeramt)\b")
    named = {v.key: v.name_de for v in ours.concepts if disputed.search(v.name_de)}
    # Terms of law stay terms of law.
    assert named == {
        "st-fluechtling": "Anerkannte Flüchtlinge (GFK)",
        "sh-bamf": "Bundesamt für Migration und Flüchtlinge (BAMF)",
    }
    offered = {
        label.text
        for v in ours.concepts
        for label in v.labels
        if label.kind == "alternative" and "Asylant" in label.text
    }
    assert offered == {"Asylantragstellende"}


def test_the_sunset_of_the_opportunity_right_is_known(ours: Vocabulary) -> None:
    chancen = next(value for value in ours.concepts if value.key == "st-chancen")
    assert chancen.valid_until is not None
    assert chancen.valid_until.isoformat() == "2025-12-31"


def test_everything_has_both_names(ours: Vocabulary) -> None:
    assert [value.key for value in ours.concepts if not (value.name_de and value.name_en)] == []
