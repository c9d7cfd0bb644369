"""The Word file: read back by programs that are not ours, it says what page and PDF say, with real structure."""

import itertools
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import lxml.html
import mammoth
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from nahtstelle.rooms.outputs import attaching, presenters, queries
from nahtstelle.rooms.outputs.models import Authorship, Output
from nahtstelle.rooms.outputs.word_writing import as_docx
from nahtstelle.site.demo.content_files import output_files
from tests.rooms.outputs.making import NOW, TODAY, Cast, act_as, bring_out, concept, draft, published, take_in
from tests.rooms.outputs.test_printing import pdf_of, pixel

BODY = """## Erstes Kapitel

Ein *schräger*, **fetter** und ~~gestrichener~~ Satz mit `Zeichen` und [Verweis](https://example.org/a?b=1&c=2).
Zweite Zeile nach § 1 ProbeG.

1. Eins
   - innen
   - noch eins
2. Zwei

   Gehört zu zwei.

Dazwischen.

4. Vier
5. Fünf

| Kopf A | Kopf B |
|---|---|
| a1 | **b1** |
| a2 | b2 |

:::achtung Frist
Bis **Montag**.

- im Kasten
:::

> Ein Zitat.

### Unterkapitel

```
roh  <b>
```

![Ein roter Punkt](bild.png "Bild 1: Punkt")

---

Ende.
"""


def docx_of(output: Output) -> bytes:
    assert output.edition is not None
    banners = presenters.banners(output, queries.open_impacts(output), today=TODAY)
    citations = list(output.citations.filter(published=True).select_related("law", "provision"))
    return as_docx(output, output.edition, banners=banners, citations=citations, at=NOW)


@pytest.fixture
def rich(cast: Cast) -> Output:
    take_in("ProbeG", {"§ 1": ["(1) Drei Monate."]}, on=TODAY)
    output = draft(cast.emre, title="Alles & jedes", summary="Kurz gesagt.", body=BODY)
    attaching.attach(
        output, name="bild.png", content=pixel(), media_type="image/png", title="Punkt", alternative="Roter Punkt", **act_as(cast.emre)
    )  # fmt: skip
    bring_out(output, cast)
    output.refresh_from_db()
    return output


def as_html(content: bytes) -> lxml.html.HtmlElement:
    """As Mammoth reads it."""
    read = mammoth.convert_to_html(BytesIO(content))
    told = [one.message for one in read.messages if "Unrecognised" not in one.message]
    assert told == []
    return lxml.html.fragment_fromstring(read.value, create_parent="div")


def words_of(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_its_structure_is_real(rich: Output) -> None:
    read = as_html(docx_of(rich))
    assert [(one.tag, words_of(one)) for one in read.iter("h1", "h2", "h3")] == [
        ("h1", "Alles & jedes"), ("h2", "Erstes Kapitel"), ("h3", "Unterkapitel"), ("h2", "Recht, auf dem dieser Text beruht"),
    ]  # fmt: skip
    first, *_rest = read.iter("ol")
    assert [one.tag for one in first[0]] == ["ul"] and len(first) == 2
    assert [words_of(one) for one in first[0][0]] == ["innen", "noch eins"]
    assert next(read.iter("a")).get("href") == "https://example.org/a?b=1&c=2"
    assert [one.get("alt") for one in read.iter("img")] == ["Ein roter Punkt"]
    assert [words_of(one) for one in read.iter("em")] == ["schräger"]
    assert {"fetter", "Montag", "Frist"} <= {words_of(one) for one in read.iter("strong")}


def test_a_table_has_a_header_row(rich: Output) -> None:
    (table,) = as_html(docx_of(rich)).iter("table")
    assert [words_of(one) for one in table.findall("thead/tr/th")] == ["Kopf A", "Kopf B"]
    assert [words_of(one) for one in table.findall("tbody/tr/td")] == ["a1", "b1", "a2", "b2"]


def test_a_list_counts_from_where_it_says(rich: Output) -> None:
    """Each list has a numbering of its own with its own start."""
    document = Document(BytesIO(docx_of(rich)))
    numbers = document.part.numbering_part.element
    starts = [
        int(one.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"))
        for one in numbers.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}startOverride")
    ]
    assert starts == [1, 4]


@pytest.mark.parametrize(("language", "code"), [("de", "de-DE"), ("en", "en-GB"), ("de-x-leicht", "de-DE")])
def test_it_says_its_language_and_whose_it_is(language: str, code: str, cast: Cast) -> None:
    document = Document(BytesIO(docx_of(published(cast, title="Probe", language=language))))
    assert f'w:lang w:val="{code}"' in document.styles.element.xml
    told = document.core_properties
    assert (told.title, told.author, told.language, told.created) == (
        "Probe",
        "Emre",
        language,
        NOW.replace(tzinfo=told.created.tzinfo),
    )
    assert told.comments.startswith("Stand:") and "2026" in told.comments


def test_the_banner_comes_before_the_text(cast: Cast) -> None:
    take_in("ProbeG", {"§ 1": ["(1) Drei Monate."]}, on=TODAY.replace(month=1))
    output = published(cast, body="Nach § 1 ProbeG zuerst.")
    take_in("ProbeG", {"§ 1": ["(1) Zwei Monate."]}, on=TODAY)
    output.refresh_from_db()
    said = words_of(as_html(docx_of(output)))
    assert 0 < said.index("The law has changed") < said.index("Changed: § 1 ProbeG") < said.index("zuerst")


def test_it_lists_the_law_it_rests_on(rich: Output) -> None:
    read = as_html(docx_of(rich))
    (link,) = [one for one in read.iter("a") if "/recht/" in one.get("href")]
    assert (words_of(link), link.get("href")[:43]) == ("§ 1 ProbeG", "http://localhost:8000/recht/gesetze/probeg/")


def spoken(text: str) -> list[str]:
    """Words, without the signs that only one form has."""
    return re.findall(r"\w+", text.replace("\u00ad", ""))


def test_page_pdf_and_word_file_say_the_same(rich: Output, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext (Debian's package poppler-utils)")
    page = lxml.html.fromstring(Client().get(reverse("outputs:output", args=[rich.slug])).content.decode())
    (prose,) = page.xpath("//div[@class='n-prose']")
    wanted = spoken(prose.text_content())
    assert len(wanted) > 40
    file = tmp_path / "text.pdf"
    file.write_bytes(pdf_of(rich))
    pdf = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    word = mammoth.extract_raw_text(BytesIO(docx_of(rich))).value
    for name, text in (("PDF", re.sub(r"^\d+\.|•|‣", "", pdf, flags=re.MULTILINE)), ("Word", word)):
        got = iter(spoken(text))
        missing = [one for one in wanted if one not in got]  # in this order
        assert missing == [], name


@pytest.mark.once
@pytest.mark.parametrize("file", output_files(), ids=lambda file: file.slug)
def test_every_text_of_the_demo_becomes_a_word_file(cast: Cast, file: object) -> None:
    output = published(cast, title=file.title, body=file.body, summary=file.summary, language=file.language)
    read = as_html(docx_of(output))
    assert words_of(read).count(file.title) >= 1
    levels = [int(one.tag[1]) for one in read.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_signs_that_xml_cannot_hold_are_left_out(cast: Cast) -> None:
    said = words_of(as_html(docx_of(published(cast, title="A\x0bB", body="Vor\x0bher \x07 <b>&amp;</b>"))))
    assert "AB" in said and "Vorher" in said


def test_a_picture_that_is_none_is_named_in_words(cast: Cast) -> None:
    output = draft(cast.emre, body="![Ein Punkt](bild.png)")
    attaching.attach(
        output, name="bild.png", content=b"\x89PNG kaputt", media_type="image/png", title="Punkt", alternative="x", **act_as(cast.emre)
    )  # fmt: skip
    bring_out(output, cast)
    output.refresh_from_db()
    assert "[Abbildung: Ein Punkt]" in words_of(as_html(docx_of(output)))


@pytest.mark.parametrize(("audience", "status"), [("public", 200), ("network", 404), ("staff", 404)])
def test_only_readers_of_the_text_get_the_file(audience: str, status: int, cast: Cast) -> None:
    output = published(cast, title="Probe")
    Output.objects.update(audience=audience, title="geheim", body="geheim")
    answer = Client().get(reverse("outputs:docx", args=[output.slug]))
    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Disposition"] == 'attachment; filename="probe.docx"'
        assert "geheim" not in words_of(as_html(answer.content))


def test_it_names_authors_as_the_page_does(cast: Cast) -> None:
    output = published(cast)
    Authorship.objects.update_or_create(output=output, person=cast.emre.person, defaults={"credit": "E. aus Hannover"})
    assert "E. aus Hannover" in [one.text for one in Document(BytesIO(docx_of(output))).paragraphs]


def test_signs_no_file_can_hold_are_left_out_of_its_properties(cast: Cast) -> None:
    output = published(cast)
    output.concepts.add(concept("th-a\x0b", "theme"))
    Authorship.objects.update_or_create(output=output, person=cast.emre.person, defaults={"credit": "Em\x0bre"})
    told = Document(BytesIO(docx_of(output))).core_properties
    assert (told.author, told.keywords) == ("Emre", "th-a")
