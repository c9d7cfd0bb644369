"""What we know on two pages: held by PDF and Word file, strongest evidence first, the rest counted; a dossier begun from it."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from nahtstelle.rooms.library.models import CardEdition, OpenQuestion
from nahtstelle.rooms.outputs import brief_printing, briefs, claims, styling
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outputs.queries import Choice
from tests.cast import come_in
from tests.rooms.library.stock import published_card, work
from tests.rooms.outputs.making import NOW, TODAY, Cast, concept, kind, published
from tests.rooms.outputs.test_printing import read

WOMEN, LAND = "gr-frauen", "th-mobil"


def shelve(cast: Cast, number: int, *, strength: Any = lambda n: n % 5) -> list[CardEdition]:
    """Studies on women in rural areas, with findings as long as they are in life."""
    women, land = concept(WOMEN, "group"), concept(LAND, "theme")
    made = []
    for n in range(number):
        finding = f"Befund {n}: Frauen in Landkreisen mit eigenem Angebot fanden im ersten Jahr um {n} Prozent häufiger Arbeit."
        card = published_card(
            work(f"studie{n}", title=f"Geflüchtete Frauen auf dem Land, Teil {n}", year=2000 + n % 25, container="Zeitschrift", language="de"),
            cast.rita, cast.emre, finding_de=finding, finding_en=f"Finding {n}.", strength=strength(n),
        )  # fmt: skip
        assert card.edition is not None
        card.edition.concepts.set([women, land])
        made.append(card.edition)
    return made


def choice() -> Choice:
    return Choice(concepts=(WOMEN, LAND))


def brief(language: str = "de", **more: Any) -> briefs.Brief:
    return briefs.of_choice(choice(), language=language, stand=TODAY, **more)


def test_findings_stand_by_strength_then_by_year_each_with_its_source(cast: Cast) -> None:
    shelve(cast, 3, strength=lambda n: (2, 4, 4)[n])
    said = brief()
    assert [one.strength for one in said.findings] == [4, 4, 2]
    assert said.findings[0].cites == "[@studie2]"
    body = said.body(3)
    assert (
        body.index("stark")
        < body.index("Befund 2")
        < body.index("Befund 1")
        < body.index("begrenzt")
        < body.index("Befund 0")
    )


def test_only_what_fits_every_facet_is_in(cast: Cast) -> None:
    _one, other = shelve(cast, 2)
    other.concepts.remove(concept(LAND, "theme"))
    assert [found.cites for found in brief().findings] == ["[@studie0]"]
    assert briefs.of_choice(Choice(concepts=("nirgends",)), language="de", stand=TODAY).findings == ()


@pytest.mark.parametrize("number", [0, 3, 80])
def test_two_pages_are_held(cast: Cast, tmp_path: Path, number: int) -> None:
    shelve(cast, number)
    content = brief_printing.as_pdf(brief(question="Was wissen wir?"), draw=True, at=NOW)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) <= 2
        assert bool(pdf.Root.MarkInfo.Marked)
    text = " ".join(read(content, tmp_path).split())
    assert "Was wissen wir?" in text and "Stand: 23. November 2026" in text
    assert ("Quellen" in text) == (number > 0)
    printed = len(re.findall(r"Befund \d+:", text))
    if number == 80:
        assert 5 < printed < 80
        assert re.search(rf"{80 - printed} weitere Befunde", text)
    else:
        assert printed == number


def test_the_next_finding_would_not_have_fitted(cast: Cast) -> None:
    shelve(cast, 60)
    said = brief()
    cited = brief_printing.finder_in("", "de", draw=True)
    given: dict[str, Any] = {"at": NOW, "cited": cited, "size": brief_printing.PDF_SIZE}
    number = brief_printing.fitting(said, **given)
    pages = [brief_printing.pages_of(brief_printing._source(said, n, **given)) for n in (number, number + 1)]
    assert pages == [2, 3]


def test_the_word_file_has_the_same_parts_and_fewer_words(cast: Cast) -> None:
    shelve(cast, 60)
    document = Document(BytesIO(brief_printing.as_docx(brief(question="Was wissen wir?"), draw=True, at=NOW)))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "Was wissen wir?" in said and "Quellen" in said
    cited = brief_printing.finder_in("", "de", draw=True)
    fits = brief_printing.fitting(brief(question="Was wissen wir?"), at=NOW, cited=cited, size=brief_printing.PDF_SIZE)
    assert 0 < sum(words.startswith("Befund") for words in said) < fits


def test_gaps_are_open_questions_and_the_lack_of_strong_evidence(cast: Cast) -> None:
    shelve(cast, 1, strength=lambda n: 1)
    asked = OpenQuestion.objects.create(
        kind="research", words="Was hilft [nach] zwei Jahren?", owner=cast.rita.person, due=TODAY, asked_at=NOW
    )
    asked.concepts.set([concept(WOMEN, "group"), concept(LAND, "theme")])
    assert brief().gaps[1] == r"Was hilft \[nach\] zwei Jahren?"
    assert "begrenzte" in brief().gaps[0]


def test_a_finding_that_looks_like_markup_stays_words(cast: Cast) -> None:
    shelve(cast, 1)
    CardEdition.objects.update(finding_de="[@studie0] *fett* <b>")
    assert brief().findings[0].words == r"\[\@studie0\] \*fett\* \<b>"


def test_a_dossier_has_its_own_two_pages(cast: Cast, client: Client, tmp_path: Path) -> None:
    shelve(cast, 2, strength=lambda n: 4 - n)
    output = published(
        cast, of="out-dossier", title="Frauen auf dem Land",
        body="## Was wir wissen\n\nSchwächer [@studie1]. Stärker [@studie0, S. 3]. Ohne Quelle.\n\n## Was offen ist\n\nDer Winter.",
    )  # fmt: skip
    said = briefs.of_dossier(Output.objects.select_related("edition").get(pk=output.pk))
    assert [(one.words, one.cites) for one in said.findings] == [
        ("Stärker.", "[@studie0, S. 3]"),
        ("Schwächer.", "[@studie1]"),
    ]
    assert said.gaps == ("Der Winter.",)
    answer = client.get(reverse("outputs:short-pdf", args=[output.slug]))
    assert "Frauen auf dem Land" in read(answer.content, tmp_path)
    assert client.get(reverse("outputs:short-docx", args=[output.slug])).status_code == 200


def test_what_is_no_dossier_or_not_readable_has_no_two_pages(cast: Cast, client: Client) -> None:
    guidance, hidden = published(cast), published(cast, of="out-dossier")
    Output.objects.filter(pk=hidden.pk).update(audience="staff")
    for output in (guidance, hidden):
        assert client.get(reverse("outputs:short-pdf", args=[output.slug])).status_code == 404
    come_in(client, cast.rita)
    assert client.get(reverse("outputs:short-pdf", args=[hidden.slug])).status_code == 200


def test_the_page_is_for_staff_only(cast: Cast, client: Client) -> None:
    shelve(cast, 1)
    pages = [reverse(f"outputs:{name}") + f"?f={WOMEN}" for name in ("brief", "brief-pdf", "brief-docx")]
    come_in(client, cast.rita)
    assert b"Befund 0" in client.get(pages[0]).content or b"Finding 0" in client.get(pages[0]).content
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    for account in (cast.tariq, cast.stranger):
        come_in(client, account)
        assert [client.get(page).status_code for page in pages] == [403, 403, 403]
    client.logout()
    assert all(client.get(page).status_code in (302, 403) for page in pages)


def test_a_dossier_is_begun_with_its_claims_cited_once(cast: Cast, client: Client) -> None:
    shelve(cast, 3), kind("out-dossier")
    come_in(client, cast.rita)
    address = reverse("outputs:brief-begin") + f"?f={WOMEN}&f={LAND}&frage=Was+wissen+wir%3F"
    key = client.get(reverse("outputs:brief") + f"?f={WOMEN}").context["begin"]["submission"].value()
    for _again in range(2):
        answer = client.post(address, {"submission": key})
    made = Output.objects.get()
    assert answer.url == reverse("outputs:edit", args=[made.slug])
    assert (made.title, made.kind.key, made.owner) == ("Was wissen wir?", "out-dossier", cast.rita.person)
    assert set(made.concepts.values_list("key", flat=True)) == {WOMEN, LAND}
    assert set(made.work_citations.values_list("citekey", flat=True)) == {"studie0", "studie1", "studie2"}
    assert claims.unsourced(made.body.split("## Was offen ist")[0].split("## Was wir wissen")[-1]) == []
    come_in(client, cast.tariq)
    assert client.post(address).status_code == 403


def test_a_reader_of_the_two_pages_never_waits_for_the_processor(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(cast, 1)
    output = published(cast, of="out-dossier", body="Eins [@studie0].")
    monkeypatch.setattr(styling.Drawer, "draw", lambda *_given: pytest.fail("drawn in a reader's request"))
    assert client.get(reverse("outputs:short-pdf", args=[output.slug])).status_code == 200
