"""Parsing: bytes to an element tree, or one sentence why not.

The DTD is never loaded, entities are never resolved, nothing is fetched. What a real file never has is refused before
the tree is built: declared entities, another root element, another document type, more bytes or tags than ``Limits``
allows.
"""

from typing import Any, BinaryIO
from xml.parsers import expat

from lxml import etree  # type: ignore[import-untyped] # lxml brings no types

from nahtstelle.engines.lawtext.limits import Limits
from nahtstelle.engines.lawtext.values import LawTextError

ROOT = "dokumente"
DTD_NAME = "gii-norm.dtd"
_PROLOG_BYTES = 65_536  # the head of a real file before its root element has 160 bytes
_READ_BYTES = 1_000_000

# Error numbers of libxml2 and expat.
_ENCODING_INVALID, _ENCODING_UNSUPPORTED, _LIMIT = 81, 32, 114
_UNFINISHED = (3, 5, 6, 20)  # no element found, unclosed token, partial character, unclosed CDATA section

_NOT_XML = (
    (b"PK\x03\x04", "zip", "ZIP archive"),
    (b"\x1f\x8b", "gzip", "gzip file"),
    (b"\xfd7zXZ\x00", "xz", "xz file"),
    (b"%PDF", "pdf", "PDF file"),
)


def read_all(stream: BinaryIO, limits: Limits) -> bytes:
    """All bytes of ``stream``, reading no more than one step beyond the limit."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_READ_BYTES):
        size += len(piece)
        if size > limits.law_bytes:
            raise _too_large(limits)
        pieces.append(piece)
    return b"".join(pieces)


def parse(data: bytes, limits: Limits) -> Any:
    """The root element ``dokumente`` of ``data``; raises ``LawTextError``."""
    if not data.strip():
        raise LawTextError("The file is empty.", code="empty")
    if len(data) > limits.law_bytes:
        raise _too_large(limits)
    for magic, name, said in _NOT_XML:
        if data.startswith(magic):
            raise LawTextError(f"The file is a {said}, not the XML of a law.", code="not_xml", details={"format": name})
    _check_prolog(data)
    tags = data.count(b"<")
    if tags > limits.law_tags:
        raise LawTextError(
            f"The file has {tags} tags; more than {limits.law_tags} are not read.",
            code="too_many_tags",
            details={"tags": tags, "limit": limits.law_tags},
        )
    parser = etree.XMLParser(
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(error, data) from None
    entity = next(root.iter(etree.Entity), None)
    if entity is not None:
        raise LawTextError(
            f"Line {entity.sourceline} uses the entity {entity.text}, which no law file declares.",
            code="entity",
            details={"line": entity.sourceline or 0, "entity": entity.text or ""},
        )
    return root


def _too_large(limits: Limits) -> LawTextError:
    return LawTextError(
        f"The file is larger than {limits.law_bytes} bytes; such a law does not exist.",
        code="too_large",
        details={"limit": limits.law_bytes},
    )


class _RootReached(Exception):
    """The prolog is over."""


def _check_prolog(data: bytes) -> None:
    """Refuse declared entities, another document type, another root, before a tree is built."""

    def doctype(name: str, system: str | None, public: str | None, internal: bool) -> None:
        if name != ROOT or (system is not None and not system.endswith(DTD_NAME)):
            raise LawTextError(
                f'The file\'s document type is "{system or name}", not that of a federal law ({DTD_NAME}).',
                code="other_document_type",
                details={"document_type": system or name},
            )

    def entity(name: str, *_: object) -> None:
        raise LawTextError(
            f'The file declares the entity "{name}"; files that declare entities are not read.',
            code="entity",
            details={"line": parser.CurrentLineNumber, "entity": name},
        )

    def attributes(element: str, *_: object) -> None:
        raise LawTextError(
            f'The file declares attributes of "{element}"; files that bring declarations of their own are not read.',
            code="declarations",
            details={"line": parser.CurrentLineNumber, "element": element},
        )

    def root(name: str, _: object) -> None:
        if name != ROOT:
            raise LawTextError(
                f'The file\'s root element is "{name}"; a federal law begins with "{ROOT}".',
                code="other_root",
                details={"root": name},
            )
        raise _RootReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    parser.AttlistDeclHandler = attributes
    parser.StartElementHandler = root
    try:
        parser.Parse(data[:_PROLOG_BYTES], len(data) <= _PROLOG_BYTES)
    except _RootReached:
        return
    except LawTextError:
        raise
    except (LookupError, ValueError) as error:
        raise LawTextError(
            "The file names a character encoding that is not known.",
            code="wrong_encoding",
            details={"reason": str(error)},
        ) from None
    except expat.ExpatError as error:
        if b"<" not in data[:64]:
            raise LawTextError("The file is not XML.", code="not_xml", details={"format": ""}) from None
        if error.code in _UNFINISHED:
            raise LawTextError(
                f"The file breaks off in the middle (line {error.lineno}).",
                code="truncated",
                details={"line": error.lineno, "reason": expat.ErrorString(error.code)},
            ) from None
        raise LawTextError(
            f"The file is not well-formed XML: {expat.ErrorString(error.code)} in line {error.lineno}.",
            code="malformed",
            details={"line": error.lineno, "reason": expat.ErrorString(error.code)},
        ) from None
    raise LawTextError("The file does not begin with the XML of a law.", code="other_root", details={"root": ""})


def _unreadable(error: Any, data: bytes) -> LawTextError:
    """Why the tree could not be built, from libxml2's error."""
    line = error.lineno or 0
    reason = str(error.msg or "").split(", line ")[0].strip()
    details: dict[str, str | int] = {"line": line, "reason": reason}
    if error.code in (_ENCODING_INVALID, _ENCODING_UNSUPPORTED):
        said, code = f"The file is not in the character encoding it says (line {line}).", "wrong_encoding"
    elif error.code == _LIMIT and "depth" in reason:
        said, code = f"The file nests elements deeper than any law (line {line}).", "too_deep"
    elif error.code == _LIMIT:
        said, code = f"The file has a text or attribute longer than any law (line {line}).", "too_long"
    elif _breaks_off(data):
        said, code = f"The file breaks off in the middle (line {line}).", "truncated"
    else:
        said, code = f"The file is not well-formed XML: {reason} (line {line}).", "malformed"
    return LawTextError(said, code=code, details=details)


def _breaks_off(data: bytes) -> bool:
    """Whether all would be well if more followed."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        return error.code in _UNFINISHED
    return False
