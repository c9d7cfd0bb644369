"""Who funds a text stands on its page and in its PDF, as on the day of the edition."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.programmes.actions import save_mark
from nahtstelle.register.programmes.models import FundingPeriod, Programme
from nahtstelle.rooms.outputs import queries
from nahtstelle.rooms.outputs.models import Output
from tests.register.programmes.pictures import png
from tests.rooms.outputs.making import Cast, published
from tests.rooms.outputs.test_printing import pdf_of, read
from tests.rooms.outputs.test_word_writing import docx_of

pytestmark = pytest.mark.django_db


def funded(cast: Cast, *, language: str = "de") -> Output:
    output = published(cast, language=language)
    programme, _new = Programme.objects.get_or_create(
        key="iq", defaults={"short_name": "IQ", "name_de": "IQ", "name_en": "IQ"}
    )
    output.programmes.add(programme)
    year = date(output.edition.published_at.year, 1, 1)
    period = FundingPeriod.objects.create(
        key="iq-p", programme=programme, name_de="P", valid_from=year, valid_until=date(2090, 12, 31),
        funding_line_de="Das Programm wird gefördert.",
    )  # fmt: skip
    common = {"period": period, "by": system("tests"), "at": datetime(2026, 11, 23, tzinfo=UTC)}
    day = output.edition.published_at.date()
    save_mark(funder_de="Bund von damals", text_de="Gefördert durch", valid_until=day, logo=png(300, 100), **common)
    save_mark(funder_de="Land von damals", position=2, valid_until=day, **common)
    save_mark(funder_de="Bund von später", valid_from=date(2089, 1, 1), **common)
    return output


def test_the_page_carries_line_and_marks_of_the_edition_s_day(cast: Cast, client: Client) -> None:
    output = funded(cast)
    for address in (
        reverse("outputs:output", args=[output.slug]),
        reverse("outputs:edition", args=[output.slug, output.edition.number]),
    ):
        said = client.get(address).content.decode()
        assert "Das Programm wird gefördert." in said
        assert 'alt="Bund von damals"' in said
        assert "Land von damals" in said
        assert "Bund von später" not in said


def test_the_pdf_carries_them_with_words_for_the_logo(cast: Cast, tmp_path: Path) -> None:
    pdf = pdf_of(funded(cast))
    said = read(pdf, tmp_path)
    assert "Das Programm wird gefördert." in said
    assert "Land von damals" in said
    assert b"/Image" in pdf


def test_the_word_file_carries_them_too(cast: Cast) -> None:
    document = Document(BytesIO(docx_of(funded(cast))))
    said = [one.text for one in document.paragraphs]
    assert [one for one in ("Das Programm wird gefördert.", "Land von damals") if one in said] == [
        "Das Programm wird gefördert.",
        "Land von damals",
    ]
    assert [one._inline.docPr.get("descr") for one in document.inline_shapes] == ["Bund von damals"]
    assert "Bund von später" not in said


def test_an_output_without_a_programme_has_no_strip(cast: Cast) -> None:
    assert not queries.funding_of(published(cast).edition)
