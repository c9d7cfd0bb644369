"""The pages about what a text rests on: sources found and put in, styles brought in, bibliographies taken away."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nahtstelle.engines.literature.formats import fields
from nahtstelle.rooms.library.models import Notice
from nahtstelle.rooms.library.questions import cited_in
from nahtstelle.rooms.outputs import styling, work_sweep
from nahtstelle.rooms.outputs.models import Output, Style, Wave
from tests.cast import come_in
from tests.rooms.library.stock import work
from tests.rooms.outputs.making import BY, NOW, Cast, draft, published, write

Visit = Callable[[str], Client]


@pytest.fixture
def visit(cast: Cast) -> Visit:
    """A browser of one person of the cast; "" is somebody who is not signed in."""

    def open_(who: str = "") -> Client:
        client = Client(headers={"accept-language": "en"})
        return come_in(client, cast.everybody()[who]) if who else client

    return open_


def page(name: str, output: Output, *more: str) -> str:
    return reverse(f"outputs:{name}", args=[output.slug, *more])


def said(response: Any) -> str:
    return response.content.decode()


def fresh(output: Output) -> Output:
    return Output.objects.get(pk=output.pk)


def test_each_claim_stands_with_its_sources_and_what_is_missing(visit: Visit, cast: Cast) -> None:
    work("klee2021", standing="retracted")
    output = draft(cast.emre, body="## Befund\n\nEins [@klee2021, S. 3]. Zwei. Drei sagt § 5 BspG.")
    shown = said(visit("emre").get(page("sources", output)))
    assert "Klee 2021: Title of klee2021" in shown and "S. 3" in shown and "retracted" in shown
    assert shown.count("no source") == 1  # "Zwei": the third names a provision
    assert (
        "Eins"
        not in said(visit("emre").get(page("sources", output) + "?nur=fehlt")).split("<tbody")[1].split("</tbody>")[0]
    )


def test_many_claims_have_pages_and_as_many_queries(
    visit: Visit, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for n in range(60):
        work(f"klee{n}")
    output = draft(cast.emre, body="\n\n".join(f"Satz {n} [@klee{n}]." for n in range(60)))
    client = visit("emre")
    client.get(page("sources", output))
    with django_assert_max_num_queries(40):
        assert "page=2" in said(client.get(page("sources", output)))


def test_a_source_is_found_by_author_year_title_or_doi(visit: Visit, cast: Cast) -> None:
    (
        work("klee2021", doi="10.5555/abc", folded="wege in arbeit klee anna"),
        work("berg2020", authors=[["Berg", "B"]], year=2020),
    )
    output = draft(cast.emre)
    for words in ("klee 2021", "https://doi.org/10.5555/ABC", "title of klee"):
        shown = said(visit("emre").get(page("find-sources", output), {"q": words}))
        assert "[@klee2021]" in shown and "[@berg2020]" not in shown, words
    assert "No work fits" in said(visit("emre").get(page("find-sources", output), {"q": "nichts\0dergleichen"}))


def test_a_source_is_put_behind_a_sentence_without_script(visit: Visit, cast: Cast) -> None:
    work("klee2021")
    output = draft(cast.emre, body="- **Eins** und *zwei*. Drei.\n- Vier.")
    client = visit("emre")
    given = {"revision": output.revision, "claim": 1, "key": "klee2021", "locator": "S. 4", "card": "on"}
    assert client.post(page("sources", output), given).status_code == 302
    assert fresh(output).body == "- **Eins** und *zwei*. Drei [@klee2021, Karte, S. 4].\n- Vier."
    row = fresh(output).work_citations.get()
    assert (row.claim, row.locator, row.means) == ("Drei.", "S. 4", "card")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"key": "fehlt2020"}, "No work has this key"),
        ({"key": "klee 2021]"}, "cannot be written as a citation"),
        ({"key": "klee2021", "locator": "irgendwo"}, "Please name the place"),
        ({"key": "klee2021", "claim": "7"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_cited_is_said_in_a_sentence(
    visit: Visit, cast: Cast, given: dict[str, str], words: str
) -> None:
    work("klee2021")
    output = draft(cast.emre, body="Eins.")
    answer = visit("emre").post(page("sources", output), {"revision": output.revision, "claim": 0, **given})
    assert answer.status_code == 422 and words in said(answer)
    assert fresh(output).body == "Eins."


def test_a_source_for_a_text_that_changed_meanwhile_comes_back(visit: Visit, cast: Cast) -> None:
    work("klee2021")
    output = draft(cast.emre, body="Eins.")
    write(output, cast.emre, body="Zwei.")
    answer = visit("emre").post(
        page("sources", output), {"revision": 1, "claim": 0, "key": "klee2021", "locator": "S. 9"}
    )
    assert answer.status_code == 409 and 'value="S. 9"' in said(answer)
    assert fresh(output).body == "Zwei."


def test_a_key_nobody_knows_is_written_right_with_one_press(visit: Visit, cast: Cast) -> None:
    work("mueller2021arbeit")
    output = draft(cast.emre, body="Eins [vgl. @muller2021arbeit, S. 3]. An mail@muller2021arbeit.de.")
    client = visit("emre")
    assert 'value="muller2021arbeit mueller2021arbeit"' in said(client.get(page("sources", output)))
    client.post(page("sources", output), {"instead": "muller2021arbeit mueller2021arbeit"})
    assert fresh(output).body == "Eins [vgl. @mueller2021arbeit, S. 3]. An mail@muller2021arbeit.de."


def test_the_editor_and_its_preview_show_the_works(visit: Visit, cast: Cast) -> None:
    work("klee2021")
    output = draft(cast.emre, body="Eins [@klee2021].")
    client = visit("emre")
    assert "Klee 2021: Title of klee2021" in said(client.get(page("edit", output)))
    shown = said(client.post(page("preview", output), {"title": "T", "body": "Eins [@klee2021; @fehlt]."}))
    assert "no work has this key" in shown and ">Klee, 2021</a>" in shown


def test_sources_are_for_those_who_may_see_the_working_text(visit: Visit, cast: Cast) -> None:
    work("klee2021")
    output = draft(cast.emre, body="Geheimes Wort [@klee2021].")
    given = {"revision": output.revision, "claim": 0, "key": "klee2021"}
    assert "Geheimes Wort" in said(visit("rita").get(page("sources", output)))  # staff see it
    assert visit("rita").post(page("sources", output), given).status_code == 403  # and do not write it
    for name in ("sources", "find-sources"):
        for who in ("tariq", "stranger"):
            answer = visit(who).get(page(name, output))
            assert answer.status_code == 403 and "Geheimes Wort" not in said(answer)
        assert visit("").get(page(name, output)).status_code == 302


# --- what readers take away ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "begins"), [("ris", "TY  - JOUR"), ("bibtex", "@"), ("csl", "["), ("csv", ""), ("endnote", "<?xml")]
)
def test_readers_get_the_sources_in_every_form(visit: Visit, cast: Cast, form: str, begins: str) -> None:
    work("klee2021", doi="10.5555/abc"), work("berg2020", title="Zweites")
    output = published(cast, body="Eins [@klee2021, S. 2]. Zwei [@berg2020; @klee2021].")
    answer = visit("").get(page("bibliography", output, form))
    assert answer.status_code == 200 and said(answer).startswith(begins)
    assert said(answer).count("Title of klee2021") == 1 and "Zweites" in said(answer)
    assert page("bibliography", output, form) in said(visit("").get(page("output", output)))
    if form == "csl":
        assert [fields.doi_of(one.get("DOI", "")) for one in json.loads(said(answer))] == ["10.5555/abc", ""]


def test_nobody_gets_the_sources_of_what_they_may_not_read(visit: Visit, cast: Cast) -> None:
    work("klee2021")
    output = published(cast, body="Eins [@klee2021].")
    Output.objects.filter(pk=output.pk).update(audience="staff")
    assert "klee2021" in said(visit("rita").get(page("bibliography", output, "ris")))
    assert visit("").get(page("bibliography", output, "ris")).status_code == 404
    assert visit("rita").get(page("bibliography", output, "docx")).status_code == 404


def test_a_work_knows_which_texts_cite_it_of_those_its_reader_may_see(cast: Cast) -> None:
    klee = work("klee2021")
    open_to_all, hidden = (published(cast, body="Eins [@klee2021, S. 2].") for _n in range(2))
    Output.objects.filter(pk=hidden.pk).update(audience="staff")
    found, number = cited_in(klee, cast.stranger)
    assert ([one.title for one in found], number, found[0].locator) == ([open_to_all.title], 1, "S. 2")
    assert cited_in(klee, cast.rita)[1] == 2


# --- waves ---------------------------------------------------------------------------------------------------------------


def test_wave_and_answer_show_the_study_and_the_sentence(visit: Visit, cast: Cast, client: Client) -> None:
    klee = work("klee2021")
    output = published(cast, body="Die Zahl stieg [@klee2021].", owner=cast.rita.person)
    notice = Notice.objects.create(work=klee, kind="retraction", words="Daten fehlerhaft.", noted_at=NOW)
    wave = work_sweep.sweep_notice(notice, by=BY, at=NOW)
    assert wave is not None
    for address in (reverse("outputs:wave", args=[wave.pk]), reverse("outputs:settle", args=[wave.pk, output.pk])):
        shown = said(visit("rita").get(address))
        assert "Daten fehlerhaft." in shown and "Die Zahl stieg." in shown and "Title of klee2021" in shown
    assert "A study was retracted" in said(visit("rita").get(reverse("outputs:waves")))
    assert "A study was retracted" in said(visit("rita").get(reverse("desk:start")))
    assert visit("rita").post(reverse("outputs:wave-bulletin", args=[wave.pk])).status_code == 404
    assert visit("stranger").get(reverse("outputs:wave", args=[wave.pk])).status_code == 403
    assert "Die Zahl stieg.”" in said(client.get(page("output", output), headers={"accept-language": "en"}))
    visit("rita").post(
        reverse("outputs:settle", args=[wave.pk, output.pk]), {"answer": "valid", "words": "Nur ein Beispiel."}
    )
    assert "A study was retracted" not in said(client.get(page("output", output), headers={"accept-language": "en"}))
    assert Wave.objects.get().impacts.get().outcome == "valid"


# --- styles --------------------------------------------------------------------------------------------------------------


def another_style() -> bytes:
    return styling.csl_of("ieee").replace(b"/styles/ieee<", b"/styles/probe<")


def test_a_style_is_brought_in_once_and_chosen(visit: Visit, cast: Cast) -> None:
    client, address = visit("emre"), reverse("outputs:styles")
    for _again in range(2):
        client.post(address, {"file": SimpleUploadedFile("probe.csl", another_style())})
    style = Style.objects.get()
    assert (style.key, style.added_by) == ("probe", cast.emre)
    output = draft(cast.emre)
    assert f'<option value="probe">{style.title}' in said(client.get(page("particulars", output)))


def test_a_style_that_is_none_comes_back_with_its_reason(visit: Visit, cast: Cast) -> None:
    answer = visit("emre").post(reverse("outputs:styles"), {"file": SimpleUploadedFile("probe.csl", b"kein XML")})
    assert answer.status_code == 422 and "not well-formed XML" in said(answer)
    assert not Style.objects.exists()


def test_a_style_that_a_text_uses_is_not_removed(visit: Visit, cast: Cast) -> None:
    style = Style.objects.create(key="probe", title="Probe", csl=another_style().decode(), added_at=NOW)
    output = draft(cast.emre, title="Mein Text")
    Output.objects.filter(pk=output.pk).update(style="probe")
    client = visit("emre")
    assert "“Mein Text” is written in this style" in said(client.post(reverse("outputs:styles"), {"remove": style.pk}))
    Output.objects.filter(pk=output.pk).update(style="")
    client.post(reverse("outputs:styles"), {"remove": style.pk})
    assert not Style.objects.exists()


def test_styles_are_kept_by_those_who_sign_off(visit: Visit, cast: Cast) -> None:
    address = reverse("outputs:styles")
    assert [visit(who).get(address).status_code for who in ("emre", "jana", "ruth")] == [200, 200, 200]
    for who in ("rita", "tariq", "stranger"):
        client = visit(who)
        assert client.get(address).status_code == 403
        assert client.post(address, {"file": SimpleUploadedFile("p.csl", another_style())}).status_code == 403
    assert not Style.objects.exists()
