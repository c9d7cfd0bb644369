"""Whatever is typed is understood somehow; there is no syntax error."""

from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.wording import Analyser, Kind, Lexicon, Phrase, nearest, parse_query
from nahtstelle.engines.wording.clauses import clause_of
from nahtstelle.engines.wording.spelling import edits_allowed
from tests.engines.wording import twins

ANALYSER = Analyser(Lexicon.learned_from({"anerkennung": 9, "beratung": 9}))


def test_small_words_are_left_out() -> None:
    assert parse_query("die Beratung zur Anerkennung").words == ("Beratung", "Anerkennung")


def test_nothing_but_small_words_is_still_a_question() -> None:
    assert parse_query("was ist das").words == ("was", "ist", "das")


def test_quotes_keep_words_together_and_a_minus_leaves_out() -> None:
    parsed = parse_query("„drei Monate“ -Gebühr Antrag")
    assert parsed.phrases == (Phrase(("drei", "monate"), "drei Monate"),)
    assert (parsed.words, parsed.without) == (("drei", "Monate", "Antrag"), ("Gebühr",))


def test_a_hyphen_inside_a_word_excludes_nothing() -> None:
    assert parse_query("Au-pair 2024-2025").without == ()


def test_ten_thousand_characters_are_cut() -> None:
    parsed = parse_query("Anerkennung " * 1000)
    assert parsed.cut
    assert len(parsed.words) <= 16


@given(st.text(max_size=500))
def test_anything_typed_is_parsed(text: str) -> None:
    parsed = parse_query(text)
    assert all(word for word in parsed.words)


def test_a_compound_is_also_answered_by_its_parts() -> None:
    ways = clause_of("Anerkennungsberatung", ANALYSER).alternatives
    assert [(way.kind, way.all_of) for way in ways if way.near and way.kind is Kind.PARTS] == [
        (Kind.PARTS, ("anerkenn", "berat"))
    ]


def test_one_part_alone_leads_only_near() -> None:
    ways = clause_of("Anerkennungsberatung", ANALYSER).alternatives
    assert {way.all_of for way in ways if not way.near} == {("anerkenn",), ("berat",)}


@given(st.text("abcde", min_size=1, max_size=10), st.lists(st.text("abcde", min_size=1, max_size=10), max_size=8))
def test_nearest_words_are_those_with_the_fewest_edits(word: str, known: list[str]) -> None:
    allowed = edits_allowed(len(word))
    near = sorted((twins.edits(word, other), -1, other) for other in set(known))
    wanted = [other for distance, _number, other in near if allowed and distance <= allowed][:3]
    assert nearest(word, [(other, 1) for other in set(known)]) == wanted
