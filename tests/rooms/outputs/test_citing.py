"""Citations: found while one writes, confirmed or added by hand, frozen with the edition, carried along by the law."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nahtstelle.plumbing.kit.refusals import NotYours, Refusal
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.rooms.law.actions import add_name
from nahtstelle.rooms.law.models import Law, Provision
from nahtstelle.rooms.outputs import citing
from nahtstelle.rooms.outputs.models import Citation, Output
from nahtstelle.rooms.outputs.understanding import telling_words
from tests.rooms.outputs.making import NOW, Cast, act_as, bring_out, draft, published, take_in, write

MARCH, JULY = date(2026, 3, 2), date(2026, 7, 6)
NORMS = {
    "§ 1": ["Zweck des Gesetzes ist die Probe."],
    "§ 2": ["(1) Wer will, kann. Wer nicht will, muss nicht.", "(2) Das Nähere regelt eine Verordnung."],
    "§ 3": ["(1) Die Behörde entscheidet innerhalb von drei Wochen über den Antrag."],
}


def rows(output: Output) -> list[tuple[str, str, str, bool, bool]]:
    """(section, path, law, published, working), in order."""
    found = output.citations.order_by("law_name", "section", "path")
    return [(c.section, c.path, c.law_name, c.published, c.working) for c in found]


def test_citations_are_found_in_title_summary_and_text(cast: Cast) -> None:
    output = draft(cast.emre, title="Zu § 1 TestG", summary="Und § 2 Absatz 1 TestG.", body="Nicht: § 5.")
    take_in("TestG", NORMS, on=MARCH)
    write(output, cast.emre, body="Auch § 3 Abs. 1 Satz 1 TestG, aber nicht § 5.")
    assert [row[:3] for row in rows(output)] == [("1", "/", "TestG"), ("2", "/A1/", "TestG"), ("3", "/A1/S1/", "TestG")]


def test_they_point_at_provision_and_newest_reading(cast: Cast) -> None:
    reading = take_in("TestG", NORMS, on=MARCH)
    output = draft(cast.emre, body="§ 2 Absatz 1 TestG")
    row = output.citations.get()
    assert (row.provision, row.reading) == (Provision.objects.get(designation="§ 2"), reading)


def test_a_part_the_law_does_not_have_counts_as_what_is_around_it(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    output = draft(cast.emre, body="§ 2 Absatz 7 TestG")
    assert rows(output)[0][:2] == ("2", "/")


def test_what_is_no_longer_in_the_text_is_gone(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    output = draft(cast.emre, body="§ 1 TestG und § 2 TestG")
    write(output, cast.emre, body="§ 2 TestG")
    assert [row[0] for row in rows(output)] == ["2"]


def test_what_readers_have_stays_until_the_next_edition(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    output = published(cast, body="§ 1 TestG")
    write(output, cast.emre, body="§ 2 TestG")
    assert [(section, pub, work) for section, _p, _l, pub, work in rows(output)] == [
        ("1", True, False),
        ("2", False, True),
    ]
    write(output, cast.emre, body="§ 1 TestG und § 2 TestG")
    assert [(section, pub, work) for section, _p, _l, pub, work in rows(output)] == [
        ("1", True, True),
        ("2", False, True),
    ]


def test_old_and_new_wording_are_two_citations(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    output = draft(cast.emre, body="§ 1 TestG a.F. und § 1 TestG")
    assert sorted(output.citations.values_list("version_note", flat=True)) == ["", "a.F."]


def test_added_by_hand_it_stays_though_the_text_does_not_name_it(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    output = draft(cast.emre)
    made = citing.declare(output, "§§ 1, 2 TestG", role="basis", **act_as(cast.emre))
    write(output, cast.emre, body="Anderer Satz.")
    assert [(c.section, c.role, c.confirmed, c.origin) for c in made] == [
        ("1", "basis", True, "declared"), ("2", "basis", True, "declared"),
    ]  # fmt: skip
    assert [row[0] for row in rows(output)] == ["1", "2"]


def test_half_of_an_enumeration_removed_stays_removed_when_published(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    output = draft(cast.emre)
    made = citing.declare(output, "§§ 1, 2 TestG", role="basis", **act_as(cast.emre))
    citing.remove(made[1], **act_as(cast.emre))
    bring_out(output, cast)
    assert rows(output) == [("1", "/", "TestG", True, True)]


@pytest.mark.parametrize("words", ["", "§ 5", "etwas anderes", "§"])
def test_what_names_no_provision_is_refused(cast: Cast, words: str) -> None:
    with pytest.raises(Refusal, match="names no provision"):
        citing.declare(draft(cast.emre), words, role="basis", **act_as(cast.emre))


def test_a_citation_in_the_text_is_not_removed_by_hand(cast: Cast) -> None:
    output = draft(cast.emre, body="§ 1 TestG")
    take_in("TestG", NORMS, on=MARCH)
    write(output, cast.emre, body="§ 1 TestG!")
    with pytest.raises(Refusal, match="stands in the text"):
        citing.remove(output.citations.get(), **act_as(cast.emre))


def test_removing_what_readers_have_waits_for_the_next_edition(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    output = draft(cast.emre)
    citing.declare(output, "§ 1 TestG", role="basis", **act_as(cast.emre))
    bring_out(output, cast)
    citing.remove(Citation.objects.get(output=output), **act_as(cast.emre))
    assert rows(output) == [("1", "/", "TestG", True, False)]


def test_confirming_is_for_those_who_write(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    row = draft(cast.emre, body="§ 1 TestG").citations.get()
    with pytest.raises(NotYours):
        citing.judge(row, role="basis", **act_as(cast.rita))
    citing.judge(row, role="basis", **act_as(cast.emre))
    row.refresh_from_db()
    assert (row.role, row.confirmed) == ("basis", True)


# --- the law moves -------------------------------------------------------------------------------------------------------


def renumbered() -> dict[str, list[str]]:
    """§ 3 becomes § 3a, and a new § 3 comes."""
    return {**NORMS, "§ 3": ["(1) Über Beschwerden wacht ein Beirat aus sieben Personen."], "§ 3a": NORMS["§ 3"]}


def test_readers_text_goes_on_meaning_what_it_meant(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    output = published(cast, body="§ 3 TestG")
    meant = output.citations.get().provision
    take_in("TestG", renumbered(), on=JULY)
    assert Provision.objects.get(designation="§ 3a") == meant
    write(output, cast.emre, body="§ 3 TestG. Ein Tippfehler ist berichtigt.")
    assert output.citations.get().provision == meant


def test_the_next_edition_means_the_law_of_its_day(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    output = published(cast, body="§ 3 TestG")
    reading = take_in("TestG", renumbered(), on=JULY)
    write(output, cast.emre, body="§ 3 TestG, neu gelesen.")
    bring_out(Output.objects.get(pk=output.pk), cast)
    row = output.citations.get()
    assert (row.provision, row.reading) == (Provision.objects.get(designation="§ 3"), reading)


def test_a_former_number_is_understood(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    take_in("TestG", {"§ 1": NORMS["§ 1"], "§ 2": NORMS["§ 2"], "§ 9": NORMS["§ 3"]}, on=JULY)
    output = draft(cast.emre, body="§ 3 TestG")
    assert output.citations.get().provision == Provision.objects.get(designation="§ 9")


def test_a_law_that_comes_later_is_understood_then(cast: Cast) -> None:
    # A law nobody has heard of is not seen in a text; this one is known by name and not in stock yet.
    output = published(cast, body="§ 60c Absatz 2 AufenthG und § 60c Absatz 3 AufenthG.")
    assert [row[:2] for row in rows(output)] == [("60c", "/A2/"), ("60c", "/A3/")]
    take_in("AufenthG", {"§ 60c": ["(1) Eins.", "(2) Zwei.", "(3) Drei."]}, on=MARCH)
    assert [(c.path, c.provision.designation) for c in output.citations.order_by("path")] == [
        ("/A2/", "§ 60c"), ("/A3/", "§ 60c"),
    ]  # fmt: skip


def test_two_citations_that_turn_out_to_be_one_keep_what_was_said_of_them(cast: Cast) -> None:
    output = published(cast, body="§ 60c Absatz 8 AufenthG und § 60c Absatz 9 AufenthG.")
    Citation.objects.filter(output=output, path="/A9/").update(role="basis", confirmed=True)
    take_in("AufenthG", {"§ 60c": ["Ohne Absätze."]}, on=MARCH)
    assert rows(output) == [("60c", "/", "AufenthG", True, True)]
    row = output.citations.get()
    assert (row.role, row.confirmed) == ("basis", True)


# --- a law nobody knew by that name when the text was written -----------------------------------------------------------


NEW = {"§ 5": ["(1) Eins.", "(2) Zwei."], "§ 6": ["Drei."]}


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("§ 5 NeuG", "Gesetz NeuG"),
        ("§ 5 des Neuerungsgesetzes", "Neuerungsgesetz"),
        ("§ 5 des Bleibekodex", "Bleibekodex"),
        ("§ 5 des Zweiten Kodex der Bleibe", "Zweiter Kodex der Bleibe"),
        ("§ 5 der Übergangsbestimmungen", "Übergangsbestimmung"),
        ("§ 5 des Ehrenkodex\nder Ämter", "Ehrenkodex der Ämter"),
    ],
)
def test_a_text_is_read_again_when_the_law_it_names_arrives(cast: Cast, words: str, title: str) -> None:
    output = published(cast, body=f"Das steht in {words}, seit langem.")
    assert not output.citations.exclude(provision=None).exists()
    take_in("NeuG", NEW, on=MARCH, title=title)
    row = output.citations.get()
    assert (row.provision.designation, row.law_name, row.published, row.working) == ("§ 5", "NeuG", True, True)
    assert row.reading is not None


def test_a_text_is_read_again_when_its_law_gets_a_name(cast: Cast) -> None:
    take_in("NeuG", NEW, on=MARCH)
    output = published(cast, body="Siehe § 5 Absatz 2 des Chancenpakets.")
    add_name(Law.objects.get(), "Chancenpaket", **act_as(cast.jana))
    deliver_all(at=NOW)
    assert [row[:2] for row in rows(output)] == [("5", "/A2/")]


def test_a_text_is_read_again_when_a_newer_file_gives_the_law_a_name(cast: Cast) -> None:
    take_in("NeuG", NEW, on=MARCH)
    output = published(cast, body="Siehe § 5 Absatz 2 des Chancenpakets.")
    take_in("NeuG", NEW, on=JULY, title="Chancenpaket")
    assert [row[:2] for row in rows(output)] == [("5", "/A2/")]


def test_what_changed_since_a_text_was_published_reaches_it_when_its_law_gets_the_name(cast: Cast) -> None:
    take_in("NeuG", NEW, on=MARCH)
    output = published(cast, body="Siehe § 6 des Chancenpakets.")
    later = NOW + timedelta(days=1)
    take_in("NeuG", NEW | {"§ 6": ["Etwas ganz anderes gilt seit heute."]}, on=JULY, at=later)
    assert not output.impacts.exists()
    add_name(Law.objects.get(), "Chancenpaket", **act_as(cast.jana, at=later))
    deliver_all(at=later)
    output.refresh_from_db()
    assert (output.state, output.impacts.get().verdict) == (Output.State.UNDER_REVIEW, "touched")


def test_readers_citations_are_those_of_the_edition_and_not_of_the_working_text(cast: Cast) -> None:
    output = published(cast, body="Siehe § 5 des Bleibekodex.")
    write(output, cast.emre, body="Siehe § 6 des Bleibekodex.")
    take_in("NeuG", NEW, on=MARCH, title="Bleibekodex")
    assert list(output.citations.order_by("section").values_list("section", "published", "working")) == [
        ("5", True, False), ("6", False, True),
    ]  # fmt: skip


def test_only_texts_with_the_words_of_a_name_are_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    published(cast, body="Siehe § 5 des Bleibekodex.")
    for _ in range(3):
        published(cast, body="Von etwas ganz anderem, § 5 AufenthG.")
    read: list[str] = []
    find = citing.find_in

    def listen(text: str, **more: Any) -> Any:
        read.append(text)
        return find(text, **more)

    monkeypatch.setattr(citing, "find_in", listen)
    take_in("NeuG", NEW, on=MARCH, title="Bleibekodex")
    assert len(read) == 2  # the working text and the edition of the one that has the word
    assert all("Bleibekodex" in text for text in read)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("NeuG", ["neug"]),
        ("Neues Gesetz", ["gese", "neu"]),
        ("Übergangsbestimmung", ["bergangsbestimmu"]),
        ("Gesetz zur Förderung der Bleibe in Ausbildung", ["ausbildu", "rderu", "blei", "gese"]),
        ("§", []),
    ],
)
def test_the_telling_words_of_a_name(name: str, words: list[str]) -> None:
    assert telling_words(name) == words


# --- very many -----------------------------------------------------------------------------------------------------------


def test_three_hundred_citations_take_as_many_statements_as_three(cast: Cast) -> None:
    take_in("TestG", {f"§ {n}": [f"Satz {n} der Probe."] for n in range(1, 301)}, on=MARCH)
    numbers = []
    for amount in (3, 300):
        output = draft(cast.emre)
        body = "\n\n".join(f"Siehe § {n} TestG." for n in range(1, amount + 1))
        with CaptureQueriesContext(connection) as caught:
            write(output, cast.emre, body=body)
        numbers.append(len(caught))
        assert output.citations.exclude(provision=None).count() == amount
    # Rows are written in lots; SQLite takes fewer values in one statement.
    assert numbers[1] - numbers[0] <= 4


def test_the_preview_writes_nothing(cast: Cast) -> None:
    take_in("TestG", NORMS, on=MARCH)
    output = draft(cast.emre, body="§ 1 TestG")
    shown = citing.preview(output, "§ 2 Absatz 1 TestG und § 3 TestG")
    assert [(c.section, c.path) for c in shown] == [("2", "/A1/"), ("3", "/")]
    assert [row[0] for row in rows(output)] == ["1"]
