"""Which sentence rests on which citation."""

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.sentences import split_sentences
from nahtstelle.engines.literature.citing.claims import claims_of, without_citations
from nahtstelle.engines.literature.citing.keys import find_groups


def said(text: str) -> list[tuple[str, list[str]]]:
    claims = claims_of(text, split_sentences)
    return [(claim.words, [cite.key for group in claim.groups for cite in group.cites]) for claim in claims]


def test_a_citation_belongs_to_the_sentence_it_stands_in() -> None:
    text = "Die Zahl stieg auf 40 % [@a, S. 3]. Danach sank sie [@b]."
    assert said(text) == [("Die Zahl stieg auf 40 %.", ["a"]), ("Danach sank sie.", ["b"])]


def test_a_citation_behind_the_full_stop_belongs_to_the_sentence_before() -> None:
    assert said("Die Zahl stieg. [@a] Danach sank sie.") == [("Die Zahl stieg.", ["a"]), ("Danach sank sie.", [])]
    assert said("Die Zahl stieg. [@a][@b]") == [("Die Zahl stieg.", ["a", "b"])]


def test_a_citation_that_begins_a_sentence_belongs_to_it() -> None:
    assert said("Die Zahl stieg. [@a] zeigt warum.") == [("Die Zahl stieg.", []), ("zeigt warum.", ["a"])]


def test_a_full_stop_inside_a_citation_ends_no_sentence() -> None:
    assert said("Es gilt [vgl. @a, S. 12 f. Das dort] auch hier.") == [("Es gilt auch hier.", ["a"])]


def test_a_paragraph_of_nothing_but_citations_loses_none() -> None:
    assert said("[@a; @b]") == [("", ["a", "b"])]


def by_full_stops(text: str) -> Sequence[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\S(?:[^.]*\.)?(?:[^.]*$)?", text)]


@given(
    st.lists(st.sampled_from(["Ein Satz.", "[@a]", " ", "[@b, S. 3; @c]", "noch", "Mehr. ", "\n"]), max_size=25).map(
        "".join
    )
)
def test_every_citation_belongs_to_exactly_one_claim(text: str) -> None:
    for split in (split_sentences, by_full_stops):
        claimed = [group for claim in claims_of(text, split) for group in claim.groups]
        assert claimed == find_groups(text)


def test_a_paragraph_reads_without_its_citations() -> None:
    assert without_citations("Eins [@a], zwei [vgl. @b, S. 3; @c]. [@d]") == "Eins, zwei."
    assert without_citations("Ohne  Zitat.") == "Ohne  Zitat."
