"""Files that are broken, hostile or something else: one sentence each, never anything worse."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nahtstelle.engines.lawtext.limits import Limits
from nahtstelle.engines.lawtext.reading import read_law, read_law_file
from nahtstelle.engines.lawtext.values import LawTextError
from tests.engines.lawtext.law_files import DOCTYPE, file_of, law_xml, norm_xml

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
LAW = law_xml(norm_xml("<P>Übermaß.</P>", enbez="§ 1"))
SMALL = Limits(law_bytes=5_000, law_tags=200)


def refusal(data: bytes, limits: Limits | None = None) -> LawTextError:
    with pytest.raises(LawTextError) as caught:
        read_law(data, limits=limits) if limits else read_law(data)
    return caught.value


def with_subset(subset: str, used: str = "") -> bytes:
    return f"{DECLARATION}<!DOCTYPE dokumente [{subset}]>{LAW.replace('Übermaß', used or 'x')}".encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"PK\x03\x04\x14\x00", "not_xml"),
        (b"\x1f\x8b\x08\x00", "not_xml"),
        (b"\xfd7zXZ\x00\x00", "not_xml"),
        (b"%PDF-1.7", "not_xml"),
        (b"Guten Tag", "not_xml"),
        (b"\x00" * 200, "not_xml"),
        (b"<!DOCTYPE html><html><body/></html>", "other_document_type"),
        (b'<!DOCTYPE dokumente SYSTEM "other.dtd"><dokumente/>', "other_document_type"),
        (b"<html/>", "other_root"),
        (b"<akomaNtoso xmlns='urn:x'/>", "other_root"),
        (b"<dokumente/>", "no_norms"),
        (b"<dokumente><norm/></dokumente>", "no_norms"),
        (b"<dokumente xmlns='urn:x'><norm><metadaten/></norm></dokumente>", "no_norms"),
        ((DECLARATION + LAW).encode("latin-1"), "wrong_encoding"),
        ((DECLARATION.replace("UTF-8", "x-unknown") + LAW).encode(), "wrong_encoding"),
        ((DECLARATION + LAW).encode()[:-30], "truncated"),
        ((DECLARATION + LAW).encode()[:50], "truncated"),
        ((DECLARATION + LAW.replace("</norm>", "</nrom>")).encode(), "malformed"),
        ((DECLARATION + LAW + "<!-- -->x").encode(), "malformed"),
        ((DECLARATION + LAW.replace("Ü", "\x01")).encode(), "malformed"),
        ((DECLARATION + LAW.replace("Ü", "&nbsp;")).encode(), "malformed"),
        ((DECLARATION + DOCTYPE + LAW.replace("Ü", "&nbsp;")).encode(), "entity"),
        (DECLARATION.encode() + b"<!-- " + b"x" * 100_000 + b" -->" + LAW.encode(), "other_root"),
    ],
)
def test_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refusal(data).code == code


@pytest.mark.parametrize(
    ("subset", "used"),
    [
        ('<!ENTITY a "aaa"><!ENTITY b "&a;&a;&a;&a;">', "&b;"),
        ('<!ENTITY a SYSTEM "file:///etc/hostname">', "&a;"),
        ('<!ENTITY a PUBLIC "x" "http://example.org/x">', "&a;"),
        ('<!ENTITY % a SYSTEM "http://example.org/x.dtd"> %a;', ""),
        ("<!ENTITY % a \"&#60;!ENTITY b 'x'&#62;\"> %a;", "&b;"),
        ('<!ENTITY a SYSTEM "x.gif" NDATA gif>', ""),
        ('<!ENTITY unused "x">', ""),
    ],
)
def test_declared_entity_is_refused_before_anything_is_built(subset: str, used: str) -> None:
    error = refusal(with_subset(subset, used))
    assert (error.code, error.details["line"]) == ("entity", 2)


def test_external_document_type_is_never_fetched() -> None:
    doctype = '<!DOCTYPE dokumente SYSTEM "file:///does/not/exist/gii-norm.dtd">'
    assert read_law((DECLARATION + doctype + LAW).encode()).norms[1].text == "Übermaß."


def test_declared_attributes_are_refused_because_their_defaults_could_fill_memory() -> None:
    assert refusal(with_subset('<!ATTLIST norm doknr CDATA "given">')).code == "declarations"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_file_with_a_byte_order_mark_is_read(encoding: str) -> None:
    declaration = DECLARATION.replace("UTF-8", encoding.removesuffix("-sig"))
    assert read_law((declaration + LAW).encode(encoding)).norms[1].text == "Übermaß."


def test_file_in_the_encoding_it_names_is_read() -> None:
    declaration = DECLARATION.replace("UTF-8", "ISO-8859-1")
    assert read_law((declaration + LAW).encode("latin-1")).norms[1].text == "Übermaß."


def test_broken_file_names_the_line() -> None:
    error = refusal((DECLARATION + "\n\n" + LAW.replace("</norm>", "</nrom>")).encode())
    assert error.details["line"] == 4
    assert str(error).endswith("(line 4).")


def test_file_beyond_the_bytes_allowed_is_refused() -> None:
    error = refusal(file_of(norm_xml(f"<P>{'x' * 6000}</P>", enbez="§ 1")), SMALL)
    assert (error.code, error.details) == ("too_large", {"limit": 5000})


def test_stream_beyond_the_bytes_allowed_is_not_read_to_its_end() -> None:
    stream = io.BytesIO(b"<dokumente>" + b"x" * 20_000_000)
    with pytest.raises(LawTextError) as caught:
        read_law_file(stream, limits=SMALL)
    assert caught.value.code == "too_large"
    assert stream.tell() <= 1_000_000


def test_file_with_too_many_tags_is_refused() -> None:
    error = refusal(file_of(norm_xml("<P/>" * 250, enbez="§ 1")), SMALL)
    assert (error.code, error.details["limit"]) == ("too_many_tags", 200)


@pytest.mark.parametrize("element", ["P", "DL", "kommentar", "noindex", "entry", "table", "B"])
@pytest.mark.parametrize("depth", [300, 5000])
def test_deep_nesting_is_refused(element: str, depth: int) -> None:
    content = f"<{element}>" * depth + "x" + f"</{element}>" * depth
    assert refusal(file_of(norm_xml(content, enbez="§ 1"))).code == "too_deep"


@pytest.mark.parametrize("element", ["P", "kommentar", "noindex"])
def test_nesting_that_the_parser_allows_is_refused_too(element: str) -> None:
    content = f"<{element}>" * 130 + "x" + f"</{element}>" * 130
    assert refusal(file_of(norm_xml(content, enbez="§ 1"))).code == "too_deep"


@pytest.mark.parametrize(
    "data",
    [
        file_of(norm_xml(f"<P>{'x' * 11_000_000}</P>", enbez="§ 1")),
        file_of(norm_xml("<P>x</P>", enbez="§ 1", number="x" * 11_000_000)),
    ],
    ids=["text", "attribute"],
)
def test_text_or_attribute_longer_than_any_law_is_refused(data: bytes) -> None:
    assert refusal(data).code == "too_long"


SENTENCES = 60_000


@pytest.mark.parametrize(
    "content",
    [
        "<P>" + "Die a. Der " * SENTENCES + "</P>",
        "<P>" + "(a) Satz. Der " * SENTENCES + "</P>",
        "<P>" + "(" * SENTENCES + " Satz. Der" + "</P>",
        "<P>" + "a.\t" * SENTENCES + "</P>",
        "<P>(1) Satz. Der.</P>" * SENTENCES,
        "<P>" + "(1) und " * SENTENCES + "</P>",
        "<P>" + "(1) a<BR/>" * SENTENCES + "</P>",
        "<P>" + "Satz<DL><DT>1.</DT><DD><LA>a.</LA></DD></DL>" * SENTENCES + "</P>",
        "<table><tgroup>"
        + "".join(f'<colspec colname="c{i}"/>' for i in range(500))
        + '<tbody><row><entry namest="c0" nameend="c499" morerows="9999">a</entry></row>'
        + "<row><entry>a</entry></row>" * SENTENCES
        + "</tbody></tgroup></table>",
    ],
    ids=["stops", "brackets", "open brackets", "tabs", "absaetze", "several", "breaks", "lists", "table"],
)
def test_sixty_thousand_of_anything_are_read(content: str) -> None:
    """Work that grew with the square of the file would not come to an end here."""
    assert read_law(file_of(norm_xml(content, enbez="§ 1"))).norms[1].text != ""


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_file_is_read_or_refused_but_never_worse(data: st.DataObject) -> None:
    whole = bytearray((DECLARATION + DOCTYPE + LAW).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        cut = data.draw(st.integers(0, 12))
        whole[at : at + cut] = data.draw(st.binary(max_size=12))
    try:
        read_law(bytes(whole))
    except LawTextError as error:
        assert error.code != "unreadable"
        assert str(error).endswith(".")
