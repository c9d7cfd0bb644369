"""Works drawn into a text in a style: in the page, the PDF and the Word file alike, and kept for readers."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.rooms.library.models import Work
from nahtstelle.rooms.outputs import drawing, printing, references, styling
from nahtstelle.rooms.outputs.models import Output, Reference, Style
from nahtstelle.rooms.outputs.word_writing import as_docx
from tests.rooms.library.stock import published_card, work
from tests.rooms.outputs.making import BY, NOW, Cast, published
from tests.rooms.outputs.test_printing import read


def study(key: str = "klee2021", **more: Any) -> Work:
    given = {
        "title": "Wege in Arbeit",
        "container": "Zeitschrift",
        "language": "de",
        "doi": "10.5555/x",
        "authors": [["Klee", "Anna"]],
    }
    return work(key, **given | more)


def drawn(output: Output, *, style: str = "apa") -> str:
    Output.objects.filter(pk=output.pk).update(style=style)
    output.refresh_from_db()
    references.draw_of(output, by=BY, at=NOW)
    assert output.edition is not None
    output.edition.output = output
    return drawing.drawn_edition(output.edition, []).html


@pytest.mark.parametrize(
    ("style", "cite", "entry"),
    [
        ("apa", '(<a href="#quelle-1" class="work-citation" rel="noopener">Klee, 2021</a>, S. 3)', "Klee, A. (2021). Wege in Arbeit. <em>Zeitschrift</em>."),
        ("ieee", '[<a href="#quelle-1" class="work-citation" rel="noopener">1</a>, S. 3]', "A. Klee, „Wege in Arbeit“"),
        ("iso690-author-date-de", ">Klee 2021</a>, S. 3)", "KLEE, Anna, 2021. Wege in Arbeit."),
        ("harvard-cite-them-right", ">Klee, 2021</a>, S. 3)", "Klee, A. (2021)"),
        ("chicago-author-date-17th-edition", ">Klee 2021</a>, S. 3)", "Klee, A. 2021."),
    ],
)  # fmt: skip
def test_each_style_writes_author_and_year_or_a_number(cast: Cast, style: str, cite: str, entry: str) -> None:
    study()
    html = drawn(published(cast, body="Die Zahl stieg [@klee2021, S. 3]."), style=style)
    assert cite in html
    assert entry in html and 'id="quelle-1"' in html


def test_the_list_stands_below_the_heading_the_text_has_for_it(cast: Cast) -> None:
    study()
    html = drawn(published(cast, body="## Was wir wissen\n\nEins [@klee2021].\n\n## Quellen\n"))
    assert html.count("Quellen</h2>") == 1 and html.index("Quellen</h2>") < html.index('quelle-1">')
    assert drawn(published(cast, body="Eins [@klee2021].")).count("Quellen</h2>") == 1


def test_two_works_of_one_author_and_year_get_letters(cast: Cast) -> None:
    study("klee2021a", title="Anfang"), study("klee2021b", title="Ende")
    html = drawn(published(cast, body="Eins [@klee2021b; -@klee2021a]."))
    assert ">Klee, 2021b</a>; " in html and ">2021a</a>" in html
    assert "(2021a). Anfang" in html and "(2021b). Ende" in html


def test_two_keys_of_a_merged_work_are_one_source(cast: Cast) -> None:
    kept, absorbed = study("klee2021"), study("klee2021a")
    output = published(cast, body="Eins [@klee2021a]. Zwei [@klee2021].")
    Work.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    assert drawn(output).count('id="quelle-') == 1


def test_what_is_unknown_stays_as_it_was_typed(cast: Cast) -> None:
    study()
    html = drawn(published(cast, body="Eins [@fehlt2020]. Zwei [@klee2021; vgl. @fehlt2020, S. 3]."))
    assert "[@fehlt2020]" in html and "vgl. @fehlt2020, S. 3)" in html


def test_a_retracted_work_says_so_in_the_list_and_an_assessed_one_leads_to_the_card(cast: Cast) -> None:
    published_card(study(standing="retracted"), cast.rita, cast.emre)
    html = drawn(published(cast, body="Eins [@klee2021]."))
    assert "<strong> [zurückgezogen]</strong>" in html


def test_a_hostile_title_stays_words(cast: Cast) -> None:
    study(title="<script>alert(1)</script> & <b>so</b>", authors=[["<i>Klee</i>", "A"]])
    html = drawn(published(cast, body="Eins [@klee2021]."))
    assert "<script" not in html and "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;so" in html


def test_readers_never_wait_for_the_processor(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    study()
    output = published(cast, body="Eins [@klee2021].")
    monkeypatch.setattr(styling.Drawer, "draw", lambda *_given: pytest.fail("drawn in a reader's request"))
    assert output.edition is not None
    html = drawing.drawn_edition(output.edition, []).html
    assert ">Klee, 2021</a>" in html and "Klee, Anna (2021). Wege in Arbeit. Zeitschrift." in html
    assert not Reference.objects.exists()


def test_a_work_that_was_corrected_is_drawn_anew_and_one_that_was_not_is_not(cast: Cast) -> None:
    klee = study()
    output = published(cast, body="Eins [@klee2021].")
    assert (references.draw_of(output, by=BY, at=NOW), references.draw_of(output, by=BY, at=NOW)) == (1, 0)
    Work.objects.filter(pk=klee.pk).update(
        title="Wege aus der Arbeit", changed_at=timezone.now() + timedelta(minutes=1)
    )
    assert references.draw_all(by=BY, at=NOW) == 1
    assert "Wege aus der Arbeit" in str(Reference.objects.get().entry)


def test_a_page_with_many_works_asks_as_often_as_one_with_few(cast: Cast) -> None:
    counts = []
    for number in (2, 60):
        keys = [f"k{number}-{n}" for n in range(number)]
        Work.objects.bulk_create(Work(citekey=key, title=key, created_at=NOW, changed_at=NOW) for key in keys)
        output = published(cast, body="\n\n".join(f"Eins [@{key}]." for key in keys))
        assert output.edition is not None
        with CaptureQueriesContext(connection) as statements:
            drawing.drawn_edition(output.edition, [])
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 3


def test_pdf_and_word_file_have_citation_and_list(cast: Cast, tmp_path: Path) -> None:
    study()
    output = published(cast, body="Die Zahl stieg [vgl. @klee2021, S. 3].")
    references.draw_of(output, by=BY, at=NOW)
    assert output.edition is not None
    text = " ".join(read(printing.as_pdf(output, output.edition, banners=[], at=NOW), tmp_path).split())
    assert "Die Zahl stieg (vgl. Klee, 2021, S. 3)." in text and "Quellen" in text and "Wege in Arbeit" in text
    document = Document(BytesIO(as_docx(output, output.edition, banners=[], citations=[], at=NOW)))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "Die Zahl stieg (vgl. Klee, 2021, S. 3)." in said
    assert any(words.startswith("Klee, A. (2021). Wege in Arbeit.") for words in said)
    assert 'w:anchor="quelle-1"' in document.element.xml and 'w:name="quelle-1"' in document.element.xml


DEPENDENT = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>Kind</title><id>x</id>'
    '<link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info></style>'
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"kein XML", "not well-formed"),
        (b"<html/>", "begins with the element"),
        (DEPENDENT.encode(), "only points to another style"),
        (b'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>T</title></info></style>', "cannot be drawn"),
        (b'<style xmlns="http://purl.org/net/xbiblio/csl" version="0.8"><info><title>T</title></info></style>', "another version"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><style/>', "declares entities"),
        (b" " * 500_001, "500 kB"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_style_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        styling.check_style(content)


@pytest.mark.parametrize("key", styling.SHIPPED)
def test_every_style_that_comes_with_the_software_passes_the_check(key: str) -> None:
    assert styling.check_style(styling.csl_of(key))[0]


def test_a_style_that_is_gone_is_the_house_style(db: None) -> None:
    Style.objects.create(key="eigen", title="Eigen", csl=styling.csl_of("ieee").decode(), added_at=NOW)
    assert (styling.known("eigen"), styling.known("weg"), styling.known("")) == ("eigen", "apa", "apa")
    assert styling.look_of("eigen").numbered
