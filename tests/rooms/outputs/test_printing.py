"""The PDF: tagged, in the text's language, with the banners of the page, whatever is typed."""

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from django.utils import timezone

from nahtstelle.rooms.outputs import attaching, presenters, queries
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outputs.printing import as_pdf
from nahtstelle.rooms.outputs.typesetting import set_body, string, words
from nahtstelle.site.demo.content_files import output_files
from tests.rooms.outputs.making import NOW, TODAY, Cast, act_as, bring_out, draft, published


def pdf_of(output: Output, *, banners: list[presenters.Banner] | None = None) -> bytes:
    assert output.edition is not None
    shown = presenters.banners(output, queries.open_impacts(output), today=TODAY) if banners is None else banners
    return as_pdf(output, output.edition, banners=shown, at=NOW)


def read(pdf: bytes, folder: Path) -> str:
    """The words of a PDF in their order, as one line."""
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext (Debian's package poppler-utils)")
    file = folder / "text.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def pixel() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head, row = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0), zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


@pytest.mark.parametrize("language", ["de", "en", "de-x-leicht"])
def test_it_is_tagged_and_says_its_language(cast: Cast, language: str) -> None:
    pdf = pdf_of(published(cast, language=language))
    assert pdf.startswith(b"%PDF-1.")
    assert b"/StructTreeRoot" in pdf and b"/MarkInfo" in pdf
    assert f"/Lang({language[:2]})".encode() in pdf.replace(b"/Lang (", b"/Lang(")


def test_the_banner_comes_before_the_text(cast: Cast, tmp_path: Path) -> None:
    output = published(cast, body="Der erste Satz.")
    said = read(
        pdf_of(output, banners=[presenters.Banner("under_review", "Das Recht hat sich geändert", "Geändert: § 5.")]),
        tmp_path,
    )
    assert 0 <= said.index("Das Recht hat sich geändert") < said.index("Geändert: § 5.") < said.index("Der erste Satz.")


def test_it_says_when_it_was_printed_and_where_the_current_state_stands(cast: Cast, tmp_path: Path) -> None:
    output = published(cast, language="en")
    said = read(pdf_of(output), tmp_path)
    printed = timezone.localtime(NOW)
    assert f"{printed.day} November {printed.year}" in said
    assert f"/veroeffentlichungen/{output.slug}/" in said.replace(" ", "")


SIGNS = r"""1. keine Liste #heading #import "x" *kein* _x_ $1+1$ `roh` @ref <marke> ~ \ // weg /* weg */ -- --- ' " % { } [ ]"""


def test_signs_of_the_typesetter_stay_signs(cast: Cast, tmp_path: Path) -> None:
    output = published(
        cast,
        title='Titel #mit "Zeichen" \\ $x$',
        body="Absatz: " + SIGNS.replace("*", "\\*").replace("`", "\\`").replace("_", "\\_"),
    )
    said = read(pdf_of(output), tmp_path)
    assert 'Titel #mit "Zeichen" \\ $x$' in said
    for sign in (
        "1. keine Liste",
        '#heading #import "x"',
        "*kein*",
        "_x_",
        "$1+1$",
        "@ref",
        "// weg /* weg */",
        "% { } [ ]",
    ):
        assert sign.replace(" ", "") in said.replace(" ", "")  # how wide a gap is, is the typesetter's


@pytest.mark.parametrize("text", ['a"b', "a\\b", '\\"', "zeile\nzeile", "#x;]", ""])
def test_words_are_strings_of_the_typesetter(text: str) -> None:
    assert words(text) == (f"#{string(text)};" if text else "")
    assert string(text).count('"') - string(text).count('\\"') == 2 or text == '\\"'


@pytest.mark.once
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("3. drei\n4. vier", ["3.", "drei", "4.", "vier"]),
        ("- a\n  - b\n    - c", ["a", "b", "c"]),
        ("| K1 | K2 |\n|---|---|\n| z1 |  |", ["K1", "K2", "z1"]),
        ("|  |\n|---|\n|  |", []),
        ("```\nzeile 1\nzeile 2\n```", ["zeile 1 zeile 2"]),
        ("> Zitat\n>\n> zweiter Absatz", ["Zitat", "zweiter Absatz"]),
        (":::achtung Frist\nBis Montag.\n\n- Punkt\n:::", ["Frist", "Bis Montag.", "Punkt"]),
        ("#### Tief\n\nSatz", ["Tief", "Satz"]),
        ("eins  \nzwei", ["eins", "zwei"]),
        ("~~weg~~ **fett *beides*** [Wort](https://a.example)", ["weg", "fett beides", "Wort"]),
        ("**fett**(Klammer) *kursiv*.punkt", ["fett(Klammer)", "kursiv.punkt"]),
        ("![Bild ohne Datei](fehlt.png)", ["Bild ohne Datei"]),
        ("---", []),
        ("", []),
    ],
)
def test_every_form_is_set(cast: Cast, tmp_path: Path, body: str, expected: list[str]) -> None:
    output = published(cast, body="x")
    assert output.edition is not None
    type(output.edition).objects.filter(pk=output.edition.pk).update(body=body)
    output.refresh_from_db()
    said = read(pdf_of(output), tmp_path)
    at = 0
    for words_ in expected:
        at = said.index(words_, at) + len(words_)


def test_a_figure_of_the_edition_is_in_it_with_its_alternative(cast: Cast) -> None:
    output = draft(cast.emre, body='![](ablauf.png "Der Ablauf")')
    attaching.attach(
        output, name="ablauf.png", content=pixel(), media_type="image/png", title="Ablauf", alternative="Drei Kästen",
        **act_as(cast.emre),
    )  # fmt: skip
    bring_out(output, cast)
    output.refresh_from_db()
    assert output.edition is not None
    pdf = pdf_of(output)
    assert b"/Subtype /Image" in pdf or b"/Subtype/Image" in pdf
    assert b"/Figure" in pdf
    assert set_body(output.edition.body, {}) != ""


@pytest.mark.once
@pytest.mark.parametrize("file", output_files(), ids=lambda file: file.slug)
def test_every_text_of_the_demo_becomes_a_pdf(cast: Cast, file: object) -> None:
    output = published(cast, title=file.title, body=file.body, summary=file.summary, language=file.language)
    pdf = pdf_of(output)
    assert b"/StructTreeRoot" in pdf and len(pdf) > 5_000
