"""The works a text cites: found at each save, frozen with each edition, unknown keys shown with what is near to them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nahtstelle.rooms.library.models import Work
from nahtstelle.rooms.library.queries.works import families, root_of
from nahtstelle.rooms.outputs import actions, claims, work_citing
from nahtstelle.rooms.outputs.models import WorkCitation
from tests.rooms.library.stock import published_card, work
from tests.rooms.outputs.making import NOW, Cast, act_as, bring_out, draft, published, write


def cited(**which: object) -> list[tuple[str, str, str]]:
    return list(WorkCitation.objects.filter(**which).values_list("citekey", "locator", "claim"))


def test_a_save_finds_the_works_its_sentences_rest_on(cast: Cast) -> None:
    klee = work("klee2021")
    output = draft(
        cast.emre, body="Die Zahl stieg [@klee2021, S. 12]. Danach sank sie [vgl. @klee2021, Karte; @fehlt2020]."
    )
    assert cited(output=output, working=True) == [
        ("klee2021", "S. 12", "Die Zahl stieg."),
        ("klee2021", "", "Danach sank sie."),
        ("fehlt2020", "", "Danach sank sie."),
    ]
    assert set(output.work_citations.values_list("work", "means")) == {
        (klee.pk, "work"),
        (klee.pk, "card"),
        (None, "work"),
    }


def test_what_a_sentence_no_longer_cites_goes_and_what_readers_have_stays(cast: Cast) -> None:
    work("klee2021"), work("berg2020")
    output = published(cast, body="Eins [@klee2021].")
    write(output, cast.emre, body="Zwei [@berg2020].")
    rows = {row.citekey: (row.published, row.working) for row in output.work_citations.all()}
    assert rows == {"klee2021": (True, False), "berg2020": (False, True)}
    bring_out(output, cast)
    assert cited(output=output, published=True) == [("berg2020", "", "Zwei.")]


def test_an_edition_keeps_the_card_readers_had_that_day(cast: Cast) -> None:
    card = published_card(work("klee2021"), cast.rita, cast.emre)
    output = published(cast, body="Eins [@klee2021, Karte].")
    assert output.work_citations.get().card_edition == card.edition


def test_a_citation_in_code_is_none(cast: Cast) -> None:
    work("klee2021")
    output = draft(cast.emre, body="So schreibt man `[@klee2021]`.\n\n```\n[@klee2021]\n```")
    assert cited(output=output) == []


def test_a_bracket_with_an_address_is_a_link(cast: Cast) -> None:
    assert cited(output=draft(cast.emre, body="[@klee2021](https://example.org)")) == []


def test_taken_up_again_a_text_has_no_published_works(cast: Cast) -> None:
    work("klee2021")
    output = published(cast, body="Eins [@klee2021].")
    actions.withdraw(output, why="Falsch.", **act_as(cast.emre))
    actions.take_up_again(output, **act_as(cast.emre))
    assert list(output.work_citations.values_list("published", "working")) == [(False, True)]


def test_a_key_nobody_knows_is_shown_with_what_is_near_to_it(cast: Cast) -> None:
    for key in ("mueller2021arbeit", "mueller2019", "huber2020"):
        work(key)
    for typed in ("Mueller2021Arbeit", "muellr2021arbeit", "mueller2021arbeiten", "muller2021arbeit"):
        assert work_citing.suggestions_for(typed)[0].citekey == "mueller2021arbeit", typed
    assert work_citing.suggestions_for("zzz") == []


def test_works_that_come_later_are_understood(cast: Cast) -> None:
    output = published(cast, body="Eins [@spaeter2024].")
    late = work("spaeter2024")
    assert work_citing.resolve_unknown(["spaeter2024"]) == {output.pk}
    assert output.work_citations.get().work == late


def test_a_merged_work_leads_to_what_it_was_merged_into_and_moves_no_citation(cast: Cast) -> None:
    kept, absorbed, oldest = work("klee2021"), work("klee2021a"), work("klee2021b")
    output = draft(cast.emre, body="Eins [@klee2021b].")
    Work.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    Work.objects.filter(pk=oldest.pk).update(merged_into=absorbed)
    row = output.work_citations.select_related("work").get()
    assert (row.work, root_of(Work.objects.get(pk=oldest.pk))) == (oldest, kept)
    assert set(families([kept.pk])) == {kept.pk, absorbed.pk, oldest.pk}


def test_five_thousand_citations_are_as_many_statements_as_fifty(cast: Cast) -> None:
    Work.objects.bulk_create(Work(citekey=f"k{n}", title=str(n), created_at=NOW, changed_at=NOW) for n in range(1000))
    counts = []
    for number in (50, 5000):
        output = draft(cast.emre)
        output.body = "\n\n".join(f"Satz Nummer {n} [@k{n % 1000}]." for n in range(number))
        with CaptureQueriesContext(connection) as statements:
            work_citing.refresh(output)
        assert output.work_citations.exclude(work=None).count() == number
        counts.append(len(statements))
    assert counts[1] - counts[0] <= 5000 / 80  # rows go in as many at once as SQLite takes


@pytest.mark.parametrize(
    ("body", "bare"),
    [
        ("Ein Satz ohne Quelle.", ["Ein Satz ohne Quelle."]),
        ("Ein Satz mit Quelle [@klee2021].", []),
        ("Das sagt § 5 BspG.", []),
        ("## Überschrift\n\nWirkt das?", []),
        ("*[Was fehlt noch?]*", []),
        ("## Quellen\n\nEin Buch.", []),
        ("- Eins.\n- Zwei [@klee2021].", ["Eins."]),
    ],
)
def test_sentences_without_a_source_are_listed(cast: Cast, law: object, body: str, bare: list[str]) -> None:
    assert [claim.words for claim in claims.unsourced(body)] == bare
