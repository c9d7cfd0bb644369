"""What is refused before a file is parsed: too much of it, and anything that would fetch from elsewhere."""

import json
import zlib
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import Refusal

from .terms import ENDINGS, JSON_LD, RDF_XML, Form

LARGEST = 16 * 1024 * 1024  # bytes, unpacked
LONGEST_ENTITY = 2000  # characters; entities abbreviate addresses


class UnreadableFile(Refusal):
    """The file cannot be taken in; the sentence says why and what would do."""


def unpacked(content: bytes, file_name: str) -> tuple[bytes, Form]:
    """The bytes to parse and their form, told by the ending: .ttl, .rdf, .xml, .jsonld, .json, .csv, each also as .gz.

    Raises ``UnreadableFile`` for other endings, broken or oversized files, and files that reach outside themselves.
    """
    ending = file_name.lower().rpartition(".")
    if ending[2] == "gz":
        content = _gunzipped(content)
        ending = ending[0].rpartition(".")
    form = ENDINGS.get(ending[2])
    if form is None:
        raise UnreadableFile(_("Please give a file ending in .ttl, .rdf, .xml, .jsonld or .json, packed (.gz) or not."))
    if len(content) > LARGEST:
        raise UnreadableFile(_too_large())
    if form is RDF_XML:
        _guard_xml(content)
    if form is JSON_LD:
        _guard_json(content)
    return content, form


def _gunzipped(content: bytes) -> bytes:
    # Unpacked in one bounded step, so that a small file cannot become an endless one.
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(content, LARGEST + 1)
    except zlib.error as trouble:
        raise UnreadableFile(_("The packed file is damaged.")) from trouble
    if len(plain) > LARGEST:
        raise UnreadableFile(_too_large())
    if not unpacker.eof:
        raise UnreadableFile(_("The packed file ends too early."))
    return plain


def _too_large() -> str:
    return _("The file is larger than %d MB.") % (LARGEST // 1024 // 1024)


def _guard_xml(content: bytes) -> None:
    """Refuse entities that fetch a file or grow: they have no place in a vocabulary."""

    def declared(
        name: str, is_parameter: bool, value: str | None, base: Any, system: Any, public: Any, notation: Any
    ) -> None:
        if value is None or system or public or is_parameter:
            raise UnreadableFile(_("The file refers to another file (entity “%s”); that is not allowed.") % name)
        if len(value) > LONGEST_ENTITY or "&" in value:
            raise UnreadableFile(_("The file abbreviates too much (entity “%s”); that is not allowed.") % name)

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(content, True)
    except expat.ExpatError as trouble:
        raise UnreadableFile(
            _("The file is not well-formed XML: line %(line)s, %(problem)s.")
            % {"line": trouble.lineno, "problem": expat.ErrorString(trouble.code)}
        ) from trouble


def _guard_json(content: bytes) -> None:
    """Refuse contexts that lie elsewhere: the parser would fetch them."""
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError) as trouble:
        raise UnreadableFile(_("The file is not readable as JSON: %s") % trouble) from trouble
    waiting: list[Any] = [whole]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            if "@import" in part or _lies_elsewhere(part.get("@context")):
                raise UnreadableFile(_("The file refers to a context at another address; please write the context in."))
            waiting += part.values()


def _lies_elsewhere(context: Any) -> bool:
    if isinstance(context, list):
        return any(_lies_elsewhere(one) for one in context)
    return isinstance(context, str)
