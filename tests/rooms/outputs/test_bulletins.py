"""The law bulletin drafted from an act or a reading: what is known is filled in, the rest is asked for."""

from datetime import date

from nahtstelle.rooms.law.models import Act, PlannedChange
from nahtstelle.rooms.outputs import bulletins, sweep, text
from nahtstelle.rooms.outputs.asking import open_questions
from nahtstelle.rooms.outputs.models import Output
from tests.rooms.outputs.making import BY, NOW, Cast, Shelf, act_as, cite, concept, ready


def act(**more: object) -> Act:
    values = {"slug": "g1", "title": "Gesetz zur Probe", "short_title": "ProbeG", "stage": "promulgated",
              "promulgated": date(2026, 11, 10), "gazette": "BGBl. 2026 I Nr. 1", "sources": "Drucksache 21/1"}  # fmt: skip
    return Act.objects.create(created_at=NOW, **(values | more))


def plan(of: Act, law: Shelf, number: int = 0, **more: object) -> PlannedChange:
    values = {"kind": "amended", "old_citation": law.provisions[number].designation, "new_citation": "§ 9",
              "in_force": date(2027, 3, 1), "summary": "Die Frist wird kürzer."}  # fmt: skip
    return PlannedChange.objects.create(act=of, law=law.law, provision=law.provisions[number], **(values | more))


def draft(cast: Cast, of: Act, language: str = "en") -> Output:
    concept("out-law-bulletin", "output")
    return bulletins.draft_from_act(of, language=language, **act_as(cast.emre))


def test_what_the_act_says_stands_in_the_bulletin(cast: Cast, law: Shelf) -> None:
    of = act()
    group = concept("st-duldung", "status")
    plan(
        of, law, until=date(2029, 12, 31), transition="Alte Fälle | bleiben.", land_deviation="In BE anders."
    ).status_groups.add(group)
    output = draft(cast, of)
    assert output.title == "Change of law: ProbeG"
    assert "| § 1 BspG | § 9 BspG | amended | 1 March 2027 | 31 December 2029 | Alte Fälle / bleiben. |" in output.body
    for said in (
        "**promulgated**",
        "BGBl. 2026 I Nr. 1",
        "- st-duldung",
        "Die Frist wird kürzer.",
        "In BE anders.",
        "- Drucksache 21/1",
    ):
        assert said in output.body
    assert (output.about_act, output.kind.key, list(output.concepts.all())) == (of, "out-law-bulletin", [group])


def test_what_is_not_law_yet_says_so(cast: Cast, law: Shelf) -> None:
    of = act(stage="cabinet", promulgated=None)
    plan(of, law)
    assert ":::achtung Not yet law" in draft(cast, of).body


def test_what_was_taken_back_is_struck_through(cast: Cast, law: Shelf) -> None:
    of = act()
    plan(of, law, reversed_on=date(2026, 11, 20))
    assert "~~amended~~ taken back on 20 November 2026" in draft(cast, of).body


def test_what_only_a_person_knows_is_asked(cast: Cast, law: Shelf) -> None:
    of = act()
    plan(of, law, summary="")
    questions = [str(question) for question in open_questions(draft(cast, of).body)]
    assert questions[:2] == [
        "Who is affected: Which groups, by legal status? Who is not affected?",
        "What changes: Before and after, in three lines.",
    ]
    assert questions[2:4] == ["Advisers: What, until when?", "Job centres and employment agencies: What, until when?"]
    assert len(questions) == 7


def test_the_texts_concerned_are_named_to_everybody_only_if_everybody_may_read_them(cast: Cast, law: Shelf) -> None:
    of = act()
    plan(of, law)
    outputs = [ready(audience=audience) for audience in ("public", "network", "staff")]
    Output.objects.filter(pk=outputs[0].pk).update(title="Neuer Arbeitstitel")
    for output in outputs:
        cite(output, law.provisions[0])
    sweep.sweep_act(of, law.law, revision=1, by=BY, at=NOW)
    body = draft(cast, of).body
    assert f"- [{outputs[0].title}](/veroeffentlichungen/{outputs[0].slug}/) – change announced" in body
    assert outputs[1].title not in body and outputs[2].title not in body and "Neuer Arbeitstitel" not in body


def test_a_title_cannot_break_the_list(cast: Cast, law: Shelf) -> None:
    of = act()
    plan(of, law)
    output = ready()
    edition = output.edition
    assert edition is not None
    type(edition).objects.filter(pk=edition.pk).update(title="Frist](https://evil.example) [*]")
    cite(output, law.provisions[0])
    sweep.sweep_act(of, law.law, revision=1, by=BY, at=NOW)
    html = text.draw(draft(cast, of).body).html
    assert "https://evil.example" not in [part.split('"')[0] for part in html.split('href="')[1:]]


def test_from_a_reading_where_no_act_was_recorded(cast: Cast, law: Shelf) -> None:
    concept("out-law-bulletin", "output")
    law.change(0, "repealed")
    law.change(1)
    output = ready()
    cite(output, law.provisions[0])
    wave = sweep.sweep_reading(law.readings[-1], by=BY, at=NOW)
    drafted = bulletins.draft_from_reading(law.readings[-1], wave=wave, language="de", **act_as(cast.emre))
    assert drafted.drafted_for == wave
    assert drafted.body.count("\n| § ") == 2


def test_the_provisions_of_a_reading_are_cited_with_their_law(cast: Cast, law: Shelf) -> None:
    """So that the bulletin is found by the sweep when they change again."""
    concept("out-law-bulletin", "output")
    law.change(1)
    drafted = bulletins.draft_from_reading(law.readings[-1], language="de", **act_as(cast.emre))
    assert f"| § 2 BspG | § 2 BspG | geändert | {law.provisions[1].title} |" in drafted.body
    assert list(drafted.citations.values_list("provision", flat=True)) == [law.provisions[1].pk]


def test_a_german_bulletin_asks_and_ends_in_german(cast: Cast, law: Shelf) -> None:
    concept("out-law-bulletin", "output")
    law.change(1)
    body = bulletins.draft_from_reading(law.readings[-1], language="de", **act_as(cast.emre)).body
    assert body.count("*[Was, bis wann?]*") == 5
    assert "| alt | neu | Art | Überschrift |" in body
    assert "<em>Dies ist eine Information für Multiplikator*innen, " in text.draw(body).html


def test_both_languages_are_written_whole(cast: Cast, law: Shelf) -> None:
    of = act()
    plan(of, law)
    german, english = draft(cast, of, "de"), draft(cast, of, "en")
    headings = [[line for line in text.body.splitlines() if line.startswith("#")] for text in (german, english)]
    assert len(headings[0]) == len(headings[1]) == 12
    assert set(headings[0]) & set(headings[1]) == set()
    assert (german.language, english.language) == ("de", "en")
