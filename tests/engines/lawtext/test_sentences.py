"""Where sentences end."""

import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.archives import open_law_archive
from nahtstelle.engines.lawtext.reading import numbered_sentences, read_law
from nahtstelle.engines.lawtext.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Das Gesetz vom 1. Januar 2005 (BGBl. I S. 1950) gilt.",
        "Nach Abs. 2 Nr. 3 i.V.m. § 5 gilt dies.",
        "Dies gilt z. B. für Kinder, d. h. für alle, die bzw. deren Eltern es wollen.",
        "Nach Vollendung des 18. Lebensjahres, spätestens zum 250. Geburtstag.",
        "Im 2. Halbsatz steht Art. 4 Abs. 1 Buchst. a der Verordnung.",
        "Dies ist der Fall; die Behörde entscheidet. ",
        "Es gilt Folgendes: Die Frist beginnt mit dem Antrag.",
        "Er ersetzt die Angabe „§ 5. Die Frist beginnt.“ durch eine andere.",
        "Wer (vgl. § 5. Abs. 2 gilt nicht) handelt, haftet.",
        "Der Betrag nach Nr. Absatz gilt.",
        "Herr Prof. Dr. Müller u. a. haben zugestimmt.",
        "Art. 5 gilt in dem Gebiet der Fa. Beispiel.",
        "1. Besteht der Bewerber nicht, so kann er warten.",
        "Gem. § 5 und vgl. § 6 i. S. d. Gesetzes.",
    ],
)
def test_text_is_one_sentence_when_its_stops_mean_something_else(text: str) -> None:
    assert split(text) == [text.strip()]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Dies gilt nach Absatz 1.", "Bescheide sind zuzustellen."),
        ("Dies gilt nach § 5.", "§ 6 gilt entsprechend."),
        ("Dies gilt nach Nummer 1 Buchstabe b.", "Satz 1 gilt nicht."),
        ("Dies gilt bis zum 31. Dezember 2005.", "Anträge sind vorher zu stellen."),
        ("Er steht in Anlage II.", "Dort ist er zu finden."),
        ("Er heißt so (Antragsteller).", "Er ist frei."),
        ("Er lautet „Ich schwöre.“", "Ein Zusatz ist möglich."),
        ("Einrichtungen jeder Art.", "Träger ist der Bund."),
        ("Gilt das?", "Ja."),
        ("Er zahlt an die GmbH.", "Beamte zahlen nichts."),
        ("Die Frist ist zu wahren.", "24 Stunden genügen."),
        ("Die Frist ist zu wahren.", "2. Die Behörde entscheidet."),
        ("Dies gilt für Möbel usw.", "Die Behörde entscheidet."),
    ],
)
def test_text_is_two_sentences_when_the_stop_ends_the_first(first: str, second: str) -> None:
    assert split(f"{first} {second}") == [first, second]


def test_list_belongs_to_its_sentence_and_the_text_after_it_is_another() -> None:
    text = "Wer\n1. eines tut. Das gilt,\n2. anderes tut.\na) so\n– so.\nDie Behörde entscheidet."
    assert split(text) == [text[: text.index("\nDie")], "Die Behörde entscheidet."]


@pytest.mark.parametrize("tail", ["handelt ordnungswidrig.", "und Folgendes."])
def test_text_after_a_list_goes_on_when_it_begins_small(tail: str) -> None:
    text = f"Wer\n1. eines,\n2. anderes tut,\n{tail}"
    assert split(text) == [text]


def test_text_after_a_list_goes_on_when_the_list_has_no_stop() -> None:
    text = "Vorzulegen sind\n1. Pass und\n2. Antrag,\nBelege nur auf Verlangen."
    assert split(text) == [text]


def test_sentence_ends_at_a_list_whose_last_item_was_repealed() -> None:
    assert len(split("Es gilt\n1. dies.\n2. (weggefallen)\nDies gilt nicht für Kinder.")) == 2


def test_empty_text_has_no_sentences() -> None:
    assert (split_sentences(""), split_sentences(" \n ")) == ((), ())


def test_spans_leave_out_white_space() -> None:
    assert split_sentences("  Eins.  Zwei. ") == ((2, 7), (9, 14))


PLAIN = st.sampled_from(
    [
        "Die Behörde entscheidet.",
        "§ 5 Abs. 2 Satz 1 Nr. 3 gilt entsprechend.",
        "Der Antrag ist bis zum 1. Januar 2025 zu stellen; die Frist ist zu wahren.",
        "Wer z. B. im 3. Jahr (vgl. § 2) fehlt, ist ausgeschlossen.",
        "Ist dies der Fall?",
        "Liegt der Betrag unter 5,50 Euro, entfällt er nach Absatz 2.",
        "Wer\n1. eines tut oder\n2. anderes tut,\nhandelt ordnungswidrig.",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PLAIN, min_size=1, max_size=8))
def test_sentences_put_together_come_apart_again(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB1 .\n„“()§:;!?-"), max_size=80))
def test_sentences_cover_all_that_is_not_white_space_in_order(text: str) -> None:
    left, last = list(text), 0
    for start, end in split_sentences(text):
        assert last <= start < end
        assert not text[start].isspace() and not text[end - 1].isspace()
        left[start:end] = " " * (end - start)
        last = end
    assert "".join(left).strip() == ""


def test_sentences_of_tax_law_are_those_its_editors_numbered(shared_data: Path) -> None:
    lines = gzip.decompress((shared_data / "laws" / "sentence_numbers.jsonl.gz").read_bytes()).splitlines()
    exact = 0
    for line in lines:
        sentences = json.loads(line)["sentences"]
        text = sentences[0]
        for before, sentence in pairwise(sentences):
            text += ("\n" if "\n" in before else " ") + sentence  # what follows a list begins a line
        exact += split(text) == sentences
    assert len(lines) == 273
    assert exact / len(lines) >= 0.97


def test_sentences_are_those_numbered_in_the_files_themselves(shared_data: Path) -> None:
    exact = total = 0
    for path in (shared_data / "laws" / "scale").glob("*.tar.xz"):
        with path.open("rb") as stream:
            for _, data in open_law_archive(stream):
                if not isinstance(data, bytes) or b'class="Rec"' not in data:
                    continue
                numbered = numbered_sentences(data)
                for norm in read_law(data).norms:
                    marked = numbered.get(norm.key, ())
                    starts = {part.start for part in norm.parts if part.path[-1].startswith("S")}
                    absaetze = [part for part in norm.parts if len(part.path) == 1 and part.path[0].startswith("A")]
                    for start, end in [(part.start, part.end) for part in absaetze] or [(0, len(norm.text))]:
                        wanted = {mark for mark in marked if start <= mark < end}
                        if wanted:
                            total += 1
                            exact += wanted == {found for found in starts if start <= found < end}
    assert total == 98
    assert exact / total >= 0.97
