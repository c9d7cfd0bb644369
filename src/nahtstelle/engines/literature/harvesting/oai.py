"""OAI-PMH 2.0: answers read, also those that are not well-formed; no entity is followed, nothing is fetched."""

import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped] # lxml brings no types

from ..formats.fields import one_line, speakable
from ..formats.values import Broken, broken
from .dublin_core import record_of
from .values import Group, Groups, Identity, Item, Page, SourceTrouble

SPACE = "{http://www.openarchives.org/OAI/2.0/}"
_END = re.compile(rb"</(?:\w+:)?OAI-PMH\s*>\s*$")
_ROOT = re.compile(r"<(?:\w+:)?OAI-PMH\b[^>]*>")
_RECORD = re.compile(r"<record[\s>].*?</record\s*>", re.DOTALL)
_NO_SIGN = re.compile(r"&#(?:x0*(?:[0-8bce-f]|1[0-9a-f]|fff[ef])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE)
_IDENTIFIER = re.compile(r"<identifier>([^<]{1,500})</identifier>")


def read_page(content: bytes) -> Page:
    """A page of ListRecords in Dublin Core. A list without a record is no trouble.

    Raises ``SourceTrouble`` where it is no answer, is cut off, or tells an error of the protocol.
    """
    root, torn = _root(content)
    error = root.find(f"{SPACE}error")
    if error is not None:
        if error.get("code") == "noRecordsMatch":
            return Page(said_at=_text(root.find(f"{SPACE}responseDate")))
        raise _told(error)
    listed = root.find(f"{SPACE}ListRecords")
    if listed is None:
        raise SourceTrouble("not_oai")
    items: list[Item] = []
    found: list[Broken] = list(torn)
    for element in listed.iterfind(f"{SPACE}record"):
        one = _item(element)
        if isinstance(one, Item):
            items.append(one)
        else:
            found.append(one)
    token = listed.find(f"{SPACE}resumptionToken")
    return Page(
        tuple(items), tuple(found), _text(token), _number(token.get("completeListSize", "")) if token is not None else None,
        _text(root.find(f"{SPACE}responseDate")),
    )  # fmt: skip


def read_identity(content: bytes) -> Identity:
    """Raises ``SourceTrouble``."""
    told = _verb(content, "Identify")
    return Identity(
        name=_text(told.find(f"{SPACE}repositoryName")),
        earliest=_text(told.find(f"{SPACE}earliestDatestamp")),
        to_the_second="hh" in _text(told.find(f"{SPACE}granularity")),
        tells_deleted=_text(told.find(f"{SPACE}deletedRecord")) in ("persistent", "transient"),
    )


def read_groups(content: bytes) -> Groups:
    """A page of the repository's sets; none where it has no sets. Raises ``SourceTrouble``."""
    try:
        told = _verb(content, "ListSets")
    except SourceTrouble as trouble:
        if trouble.details.get("name") == "noSetHierarchy":
            return Groups()
        raise
    rows = (
        (_text(row.find(f"{SPACE}setSpec")), _text(row.find(f"{SPACE}setName"))) for row in told.iterfind(f"{SPACE}set")
    )
    groups = tuple(Group(spec, name or spec) for spec, name in rows if spec)
    return Groups(groups, _text(told.find(f"{SPACE}resumptionToken")))


def _verb(content: bytes, name: str) -> etree._Element:
    root, _torn = _root(content)
    error = root.find(f"{SPACE}error")
    if error is not None:
        raise _told(error)
    told = root.find(f"{SPACE}{name}")
    if told is None:
        raise SourceTrouble("not_oai")
    return told


def _told(error: etree._Element) -> SourceTrouble:
    code, words = error.get("code", ""), _text(error)[:300]
    if code == "badResumptionToken":
        return SourceTrouble("bad_token", words=words)
    return SourceTrouble("oai_error", name=code[:60], words=words or code)


def _item(element: etree._Element) -> Item | Broken:
    header = element.find(f"{SPACE}header")
    key = _text(header.find(f"{SPACE}identifier")) if header is not None else ""
    if not key:
        return broken(0, etree.tostring(element, encoding="unicode"), "record_unreadable")
    if header.get("status") == "deleted":
        return Item(key, None)
    metadata = element.find(f"{SPACE}metadata")
    described = (
        next((child for child in metadata if isinstance(child.tag, str)), None) if metadata is not None else None
    )
    if described is None:
        return broken(0, etree.tostring(element, encoding="unicode"), "record_unreadable")
    return Item(key, record_of(key, described))


def _root(content: bytes) -> tuple[etree._Element, list[Broken]]:
    """The answer as a tree, and the records that were no XML: they spoil no other."""
    try:
        root = _parsed(content)
    except etree.XMLSyntaxError:
        if not _END.search(content):
            raise _no_answer(content) from None
        text = _NO_SIGN.sub("", speakable(content.decode("utf-8", "replace")))
        try:
            return _checked(_parsed(text.encode())), []
        except etree.XMLSyntaxError:
            return _pieced(text, content)
    return _checked(root), []


def _checked(root: etree._Element) -> etree._Element:
    if root.tag != f"{SPACE}OAI-PMH":
        raise SourceTrouble("html" if str(root.tag).lower().endswith("html") else "not_oai", passing=True)
    return root


def _no_answer(content: bytes) -> SourceTrouble:
    head = content[:2_000].lower()
    if b"<html" in head or b"<!doctype html" in head:
        return SourceTrouble("html", passing=True)
    return SourceTrouble("cut" if b"oai-pmh" in head else "not_xml", passing=True)


def _pieced(text: str, content: bytes) -> tuple[etree._Element, list[Broken]]:
    """Record by record, each in the words of the whole answer's beginning, which names the spaces."""
    begin = _ROOT.search(text)
    try:
        frame = _checked(_parsed(_RECORD.sub("", text).encode()))
    except etree.XMLSyntaxError:
        raise _no_answer(content) from None
    listed = frame.find(f"{SPACE}ListRecords")
    if begin is None or listed is None:
        raise SourceTrouble("not_xml", passing=True)
    torn: list[Broken] = []
    for place, piece in enumerate(_pieces(text)):
        try:
            listed.insert(place - len(torn), _parsed(f"{begin[0]}{piece}</OAI-PMH>".encode())[0])
        except etree.XMLSyntaxError:
            named = _IDENTIFIER.search(piece)
            torn.append(broken(0, f"{named[1]}\n{piece}" if named else piece, "record_not_xml"))
    return frame, torn


def _pieces(text: str) -> Iterator[str]:
    for found in _RECORD.finditer(text):
        yield found[0]


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(content, parser)


def _text(element: etree._Element | None) -> str:
    return one_line(element.text or "") if element is not None else ""


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else None
