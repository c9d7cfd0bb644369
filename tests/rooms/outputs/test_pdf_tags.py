"""The tags of the PDF, read by pikepdf: what a machine can check of PDF/UA-1 (ISO 14289-1) without veraPDF.

Named after the Matterhorn Protocol's checkpoints where there is one. What only a person can judge (is the alternative a good
one? is the order of reading sensible?) is not checked here; docs/reference/interfaces.md says so.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from lxml import etree

from nahtstelle.rooms.outputs import attaching, presenters
from nahtstelle.rooms.outputs.models import Output
from tests.rooms.outputs.making import Cast, act_as, bring_out, draft, published
from tests.rooms.outputs.test_printing import pdf_of, pixel
from tests.rooms.outputs.test_word_writing import BODY

pytestmark = pytest.mark.once

BANNERS = [presenters.Banner("under_review", "Das Recht hat sich geändert", "Geändert: § 5.")]
PAINTS = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "INLINE IMAGE"}


@pytest.fixture
def rich(cast: Cast) -> Output:
    output = draft(cast.emre, title="Alles & jedes", summary="Kurz gesagt.", body=BODY)
    attaching.attach(
        output, name="bild.png", content=pixel(), media_type="image/png", title="Punkt", alternative="Roter Punkt", **act_as(cast.emre)
    )  # fmt: skip
    bring_out(output, cast)
    output.refresh_from_db()
    return output


@pytest.fixture
def pdf(rich: Output) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf_of(rich, banners=BANNERS)))


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below a node, in the order of reading."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def roles(pdf: pikepdf.Pdf) -> list[str]:
    """The standard type of every element; types of one's own are mapped."""
    root = pdf.Root.StructTreeRoot
    mapped = {str(key): str(value) for key, value in root.get("/RoleMap", {}).items()}
    return [mapped.get(str(one.S), str(one.S)).lstrip("/") for one in elements(root)]


def test_06_it_says_what_it_claims_and_what_it_is_called(pdf: pikepdf.Pdf) -> None:
    metadata = etree.fromstring(pdf.Root.Metadata.read_bytes())
    assert metadata.findtext(".//{http://www.aiim.org/pdfua/ns/id/}part") == "1"
    title = metadata.findtext(
        ".//{http://purl.org/dc/elements/1.1/}title//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
    )
    assert title == "Alles & jedes"


def test_07_its_window_is_named_by_its_title(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True


def test_01_it_is_tagged(pdf: pikepdf.Pdf) -> None:
    assert bool(pdf.Root.MarkInfo.Marked) and not bool(pdf.Root.MarkInfo.get("/Suspects", False))
    assert roles(pdf)[0] == "Document"


def test_01_everything_painted_is_tagged_or_an_artifact(pdf: pikepdf.Pdf) -> None:
    loose = []
    for page in pdf.pages:
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            if name in PAINTS and not depth:
                loose.append((name, [str(one)[:30] for one in operands]))
        assert depth == 0
    assert loose == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_11_it_says_its_language(language: str, cast: Cast) -> None:
    pdf = pikepdf.open(BytesIO(pdf_of(published(cast, language=language))))
    assert str(pdf.Root.Lang) == language


def test_13_a_figure_has_its_text_alternative(pdf: pikepdf.Pdf) -> None:
    figures = [one for one in elements(pdf.Root.StructTreeRoot) if str(one.S) == "/Figure"]
    assert [str(one.Alt) for one in figures] == ["Ein roter Punkt"]


def test_14_headings_begin_at_one_and_leave_none_out(pdf: pikepdf.Pdf) -> None:
    levels = [int(role[1]) for role in roles(pdf) if role[0] == "H" and role[1:].isdigit()]
    assert levels == [1, 2, 3]


def test_15_a_table_has_rows_and_headers_that_say_what_they_head(pdf: pikepdf.Pdf) -> None:
    (table,) = (one for one in elements(pdf.Root.StructTreeRoot) if str(one.S) == "/Table")
    cells = [one for one in elements(table) if str(one.S) in ("/TH", "/TD")]
    assert [str(one.S) for one in cells] == ["/TH"] * 2 + ["/TD"] * 4
    for header in cells[:2]:
        attributes = header.A if isinstance(header.A, pikepdf.Array) else [header.A]
        assert {str(one.get("/Scope")) for one in attributes} >= {"/Column"}


def test_16_a_list_is_made_of_items(pdf: pikepdf.Pdf) -> None:
    lists = [one for one in elements(pdf.Root.StructTreeRoot) if str(one.S) == "/L"]
    assert len(lists) == 4
    for one in lists:
        kids = one.K if isinstance(one.K, pikepdf.Array) else [one.K]
        assert {str(kid.S) for kid in kids} <= {"/LI", "/Caption", "/L"}
    assert roles(pdf).count("LBody") == roles(pdf).count("LI") == 7


def test_28_a_link_is_an_element_of_the_structure(pdf: pikepdf.Pdf) -> None:
    """Links are tagged, tell where they lead, and are walked through in the order of the structure."""
    for page in pdf.pages:
        links = [one for one in page.get("/Annots", []) if str(one.Subtype) == "/Link"]
        assert all("/StructParent" in one and "/Contents" in one for one in links)
        if links:
            assert str(page.Tabs) == "/S"
    assert "Link" in roles(pdf)


def test_31_every_font_is_in_it_and_says_its_letters(pdf: pikepdf.Pdf) -> None:
    fonts = {str(font.BaseFont): font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}
    assert fonts
    for name, font in fonts.items():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        described = inner.FontDescriptor
        assert any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")), name
        assert "/ToUnicode" in font, name
