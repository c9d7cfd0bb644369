"""Terms found by their labels."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.engines.literature.classifying import Label, Matcher, Term, Text
from nahtstelle.engines.literature.classifying.matching import SHORTEST_WITHIN, Hit, entries_of
from nahtstelle.engines.literature.classifying.words import LANGUAGES, stems_of, words_of


def term(key: str, *labels: str, language: str = "de", kind: str = "preferred") -> Term:
    return Term(key, tuple(Label(text, language, kind) for text in labels))


DULDUNG, AUSBILDUNG = term("duldung", "Duldung"), term("ausbduldung", "Ausbildungsduldung")
RECOGNITION = Term("anerkennung", (Label("Anerkennung", "de"), Label("recognition of qualifications", "en")))
WOMEN = Term("frauen", (Label("Frauen", "de"), Label("women", "en"), Label("Migrantinnen", "de", "alternative")))
ALL = Matcher([DULDUNG, AUSBILDUNG, RECOGNITION, WOMEN])


def keys(title: str, **more: object) -> list[str]:
    return sorted(ALL.find(Text(title, **more)))  # type: ignore[arg-type] # as a test may


def test_a_label_is_found_in_any_of_its_forms() -> None:
    assert keys("Die Anerkennungen der Frau") == ["anerkennung", "frauen"]


def test_labels_of_both_languages_are_found() -> None:
    assert keys("Women and the recognition of qualifications") == ["anerkennung", "frauen"]


def test_a_run_of_words_must_stand_together() -> None:
    assert keys("recognition of women's qualifications") == ["frauen"]


def test_a_german_word_is_found_in_compounds() -> None:
    found = ALL.find(Text("Anerkennungsberatung"))["anerkennung"]
    assert found.words == ("anerkennungsberatung",)
    assert found.score < ALL.find(Text("Anerkennung"))["anerkennung"].score


def test_a_compound_that_is_a_term_itself_is_that_term_only() -> None:
    assert keys("Ausbildungsduldung") == ["ausbduldung"]
    assert keys("Ausbildungsduldung und Duldung") == ["ausbduldung", "duldung"]


def test_gender_marks_and_umlauts_written_out_do_not_matter() -> None:
    assert keys("Migrant*innen") == keys("Migrantinnen") == ["frauen"]
    assert Matcher([term("x", "Geflüchtete")]).find(Text("Gefluechtete")).keys() == {"x"}


def test_what_stands_in_the_title_says_more_than_in_the_abstract() -> None:
    title, abstract = ALL.find(Text("Duldung"))["duldung"], ALL.find(Text("", abstract="Duldung"))["duldung"]
    assert title.score > abstract.score


def test_words_that_are_everywhere_and_letters_are_no_labels() -> None:
    assert Matcher([term("bund", "Bund"), term("b1", "B1")]).find(Text("Der Bund und B1")) == {}


WORDS = [
    "duldung",
    "ausbildung",
    "ausbildungsduldung",
    "frauen",
    "arbeit",
    "sprache",
    "kurse",
    "sprachkurse",
    "work",
    "women",
]
LABELS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)
TERMS = st.lists(
    st.tuples(LABELS, st.sampled_from(sorted(LANGUAGES)), st.sampled_from(["preferred", "hidden"])), max_size=6
)


def slow_hits(terms: list[Term], words: list[str]) -> list[Hit]:
    """Each label at each place, each word letter by letter."""
    found = set()
    for language, entry in entries_of(terms):
        stems = stems_of(words, language)
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                if tuple(stems[start:end]) == entry.stems:
                    found.add(Hit(entry.key, start, end, entry.weight, False))
            if entry.bare and entry.bare in words[start] and len(words[start]) > len(entry.bare) + 2:
                assert len(entry.bare) >= SHORTEST_WITHIN
                found.add(Hit(entry.key, start, start + 1, entry.weight, True))
    return sorted(found)


@settings(max_examples=150, deadline=None)
@given(TERMS, st.lists(st.sampled_from([*WORDS, "deutschsprachkurse", "duldungen"]), max_size=8))
def test_the_fast_way_finds_what_the_slow_one_finds(given_terms: list[tuple[str, str, str]], words: list[str]) -> None:
    terms = [Term(f"t{n}", (Label(text, language, kind),)) for n, (text, language, kind) in enumerate(given_terms)]
    words = words_of(" ".join(words))
    assert Matcher(terms).hits(words) == slow_hits(terms, words)
