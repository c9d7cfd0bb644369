"""Word to Markdown: structure is carried over, signs stay signs, and what is lost is told."""

import io
import re
import zipfile
from typing import Any

import mammoth
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nahtstelle.engines.wordfiles import WordTrouble, read_word
from nahtstelle.engines.wordfiles.escaping import at_line_start, escaped
from nahtstelle.rooms.outputs.text import parse, plain
from tests.engines.wordfiles.making import TYPES, packed, written
from tests.engines.wordfiles.making import p as para

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


def fill(document: Any) -> None:
    document.add_heading("Der Titel", 0)
    document.add_paragraph("Worum es geht.", style="Subtitle")
    document.add_heading("Kapitel", 1)
    words = document.add_paragraph("Ein ")
    words.add_run("fetter").bold = True
    words.add_run(" und ")
    words.add_run("schräger").italic = True
    words.add_run(" Satz nach § 1 ProbeG.")
    document.add_heading("Abschnitt", 2)
    document.add_paragraph("eins", style="List Bullet")
    document.add_paragraph("innen", style="List Bullet 2")
    document.add_paragraph("zwei", style="List Bullet")
    document.add_paragraph("Dazwischen.")
    document.add_paragraph("erstens", style="List Number")
    document.add_paragraph("zweitens", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ["A", "B", "a|1", "b1"], strict=True):
        cell.text = text
    document.add_paragraph("Gesagt ist gesagt.", style="Quote")
    document.add_picture(io.BytesIO(PNG))
    document.add_paragraph("Bild 1", style="Caption")


EXPECTED = """## Kapitel

Ein **fetter** und *schräger* Satz nach § 1 ProbeG.

### Abschnitt

- eins
  - innen
- zwei

Dazwischen.

1. erstens
2. zweitens

| A | B |
|---|---|
| a\\|1 | b1 |

> Gesagt ist gesagt.

![](bild-1.png)

*Bild 1*
"""


def test_structure_is_carried_over() -> None:
    read = read_word(written(fill))
    assert (read.title, read.summary) == ("Der Titel", "Worum es geht.")
    assert read.body == EXPECTED
    assert read.headings == ((1, "Kapitel"), (2, "Abschnitt"))
    assert [(one.name, one.content, one.media_type) for one in read.pictures] == [("bild-1.png", PNG, "image/png")]
    assert [(one.code, one.number) for one in read.losses] == [("image-without-alternative", 1)]


def test_another_reader_finds_the_same_words_in_the_same_order() -> None:
    """Mammoth, which is not ours, is the twin."""
    content = written(fill)
    theirs = re.findall(r"\w+", mammoth.extract_raw_text(io.BytesIO(content)).value)
    read = read_word(content)
    ours = re.findall(
        r"\w+", " ".join([read.title, read.summary, re.sub(r"!\[.*?\]\(.*?\)|^\s*\d+\. ", "", read.body, flags=re.M)])
    )
    assert ours == theirs


def test_one_heading_above_all_others_is_the_title() -> None:
    def one(document: Any) -> None:
        document.add_heading("Alles", 1)
        document.add_heading("Teil", 2)
        document.add_paragraph("Text.")

    read = read_word(written(one))
    assert (read.title, read.body) == ("Alles", "## Teil\n\nText.\n")


def test_a_picture_in_many_places_is_one_file() -> None:
    def twice(document: Any) -> None:
        for _time in range(3):
            document.add_picture(io.BytesIO(PNG))

    read = read_word(written(twice))
    assert (len(read.pictures), read.body.count("![](bild-1.png)")) == (1, 3)


def test_two_lists_in_a_row_stay_two() -> None:
    def lists(document: Any) -> None:
        for style in ("List Bullet", "List Number", "List Number 2", "List Bullet"):
            document.add_paragraph(style.lower(), style=style)

    assert read_word(written(lists)).body == "- list bullet\n\n1. list number\n   1. list number 2\n\n- list bullet\n"


def run(inner: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


@pytest.mark.parametrize(
    ("body", "said", "lost"),
    [
        ("<w:p><w:ins><w:r><w:t>neu</w:t></w:r></w:ins><w:del><w:r><w:delText>alt</w:delText></w:r></w:del></w:p>", "neu\n",
         {"inserted": ("neu",), "deleted": ("alt",)}),
        ("<w:p><w:r><w:t>a</w:t><w:commentReference/></w:r></w:p>", "a\n", {"comment": ()}),
        ("<w:p><w:r><w:t>a</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></w:txbxContent>"
         "</w:pict></w:r></w:p>", "a\n", {"text-box": ("Kasten",)}),
        ('<w:p><w:pPr><w:pStyle w:val="Eigenes"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>', "a\n", {"style": ("Eigenes",)}),
        ("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>", "a  \nb\n", {}),
        ('<w:p><w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r></w:p>', "ab\n", {}),
        ("<w:p>" + run("<w:t>unsichtbar</w:t>", "<w:vanish/>") + run("<w:t>a</w:t>", '<w:b w:val="0"/>') + "</w:p>", "a\n", {}),
        ("<w:p>" + run('<w:t xml:space="preserve">weit </w:t>', "<w:b/>") + run("<w:t>er</w:t>") + "</w:p>", "**weit** er\n", {}),
        ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar '
         'w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>', "7\n", {}),
        ('<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Merke!</w:t></w:r></w:p></w:tc></w:tr></w:tbl>', ":::hinweis\n\nMerke!\n\n:::\n", {}),
        ('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc>'
         "<w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>y</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
         "| A |  |\n|---|---|\n| x | y |\n", {"merged-cells": ("A",)}),
        ('<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
         "<w:p><w:r><w:t>Inhalt</w:t></w:r></w:p></w:sdtContent></w:sdt>" + para("a"), "a\n", {"contents": ()}),
        ("", "", {}),
    ],
    ids=["changes", "comment", "text box", "style", "line", "page", "hidden", "blank", "field", "box", "merged", "contents", "empty"],
)  # fmt: skip
def test_what_is_lost_is_told(body: str, said: str, lost: dict[str, tuple[str, ...]]) -> None:
    read = read_word(packed(body))
    assert read.body == said
    assert {one.code: one.samples for one in read.losses} == lost


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="x/hyperlink" Target="https://example.org/a b" TargetMode="External"/>'
    '<Relationship Id="r2" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
    '<Relationship Id="r3" Type="x/footnotes" Target="footnotes.xml"/></Relationships>'
)
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def test_links_lead_where_they_led_and_nowhere_dangerous() -> None:
    body = "".join(
        f'<w:p><w:hyperlink {R} r:id="{id_}"><w:r><w:t>hier</w:t></w:r></w:hyperlink></w:p>' for id_ in ("r1", "r2")
    )
    read = read_word(packed(body, more={"word/_rels/document.xml.rels": RELATIONS.encode()}))
    assert read.body == "[hier](<https://example.org/a%20b>)\n\nhier\n"


def test_footnotes_stand_at_the_end() -> None:
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2"><w:p><w:r>'
        "<w:t>Siehe dort.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    body = '<w:p><w:r><w:t>Behauptung</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    more = {"word/_rels/document.xml.rels": RELATIONS.encode(), "word/footnotes.xml": notes.encode()}
    read = read_word(packed(body, more=more))
    assert read.body == "Behauptung \\[1\\]\n\n## Fußnoten\n\n1. Siehe dort.\n"
    assert [(one.code, one.samples) for one in read.losses] == [("footnote", ("Siehe dort.",))]


# --- files that are none ---------------------------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
MACROS = TYPES.replace("wordprocessingml.document.main+xml", "x").replace(
    "application/vnd.openxmlformats-officedocument.x", "application/vnd.ms-word.document.macroEnabled.main+xml"
)
SHEET = TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet")


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("empty", b""),
        ("not-word", b"%PDF-1.7"),
        ("not-word", b"nur Text"),
        ("old-format", OLE),
        ("protected", OLE + "EncryptedPackage".encode("utf-16-le")),
        ("damaged", b"PK\x03\x04kaputt"),
        ("damaged", packed(para("a"))[:-30]),
        ("damaged", packed("<w:p>")),
        ("damaged", packed(para("&x;"), before='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
        ("damaged", packed("<w:p>" * 300 + "</w:p>" * 300)),
        ("macros", packed(para("a"), types=MACROS)),
        ("macros", packed(para("a"), more={"word/vbaProject.bin": b"x"})),
        ("not-word", packed(para("a"), types=SHEET)),
        ("too-large", packed(para("a"), more={f"word/{n}.xml": b"" for n in range(3001)})),
        ("too-large", packed("<w:p/>" + " " * 41_000_000)),
    ],
    ids=["empty", "pdf", "text", "doc", "protected", "garbage", "cut", "no xml", "entity", "deep", "docm", "macro", "xlsx",
         "many", "bomb"],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_reason(code: str, content: bytes) -> None:
    assert read_word(packed(para("a"))).body == "a\n"
    with pytest.raises(WordTrouble) as refused:
        read_word(content)
    assert refused.value.code == code


def test_a_strict_file_is_read_as_any_other() -> None:
    strict = packed(para("a"))
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(strict)) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, part)
    assert read_word(content.getvalue()).body == "a\n"


# --- signs stay signs ------------------------------------------------------------------------------------------------

SIGNS = st.text(st.sampled_from(list("ab1 .)(#*_-+>~`[]<&;|\\!:=§{}\"'")), min_size=1, max_size=24)


@given(SIGNS)
@example("# kein Titel")
@example("1. keine Liste")
@example(":::hinweis")
@example("&amp; <b> ~~x~~ ![a](b) __init__ a_b_c **x")
@example("---")
@example("~~~")
def test_signs_stay_signs(text: str) -> None:
    text = " ".join(text.split())
    if not text:
        return
    tokens = parse(at_line_start(escaped(text)))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert plain(tokens[1]) == text
    assert {child.type for child in tokens[1].children or []} == {"text"}
