"""Passages show what was searched, and never change the text."""

from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.wording import Analyser, Field, Lexicon, levels_of, marked, snippet
from nahtstelle.engines.wording.snippets import spans_of

ANALYSER = Analyser(Lexicon.learned_from({"anerkennung": 9, "beratung": 9}))


def test_inflected_words_and_compounds_are_marked() -> None:
    text = "Die Anerkennungen und die Anerkennungsberatung."
    assert [piece.text for piece in marked(text, spans_of(text, {"anerkenn"}, ANALYSER)) if piece.hit] == [
        "Anerkennungen",
        "Anerkennungsberatung",
    ]


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=6))
def test_pieces_are_the_text(text: str, places: list[tuple[int, int]]) -> None:
    spans = [(a, b) for a, b in places if a < b <= len(text)]
    assert "".join(piece.text for piece in marked(text, spans)) == text


def test_the_passage_with_most_different_words_is_shown() -> None:
    text = "Beratung. " + "x " * 300 + "Die Beratung zur Anerkennung hilft. " + "y " * 300
    shown = "".join(piece.text for piece in snippet(text, spans_of(text, {"berat", "anerkenn"}, ANALYSER)))
    assert "Beratung zur Anerkennung" in shown
    assert shown.startswith("… ") and shown.endswith(" …")


def test_a_short_text_is_shown_whole() -> None:
    assert [piece.text for piece in snippet("Kurz.", [])] == ["Kurz."]


def test_a_word_in_the_title_has_a_higher_level_than_in_a_long_text() -> None:
    title = levels_of([Field.of("Anerkennung", 5.0)], ANALYSER)
    text = levels_of([Field.of("Anerkennung " + "wort " * 400)], ANALYSER)
    assert title["anerkenn"] > text["anerkenn"] >= 1


def test_levels_lie_between_one_and_the_most() -> None:
    levels = levels_of([Field.of("a b c Anerkennung " * 50, 9.0), Field({}, 9.0, ("s:1:x",))], ANALYSER)
    assert set(levels.values()) <= set(range(1, 7))
