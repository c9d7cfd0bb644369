"""Opening the package: is it a Word file, is it safe to unpack, and what are its parts?"""

import io
import zipfile
import zlib
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree  # type: ignore[import-untyped] # lxml brings no types

from .values import WordTrouble

Element = Any
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {  # the names of ISO 29500 Strict, and those everybody uses
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": (
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Word wrote before 2007, and the safe around a protected file
PROTECTED = "EncryptedPackage".encode("utf-16-le")
MOST_PARTS, MOST_BYTES, MOST_BYTES_OF_A_PART = 3000, 200_000_000, 40_000_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Package:
    """The parts of a Word file; each is unpacked only when it is asked for, and never beyond the bounds."""

    def __init__(self, content: bytes) -> None:
        if not content:
            raise WordTrouble("empty")
        if content.startswith(OLE):
            raise WordTrouble("protected" if PROTECTED in content else "old-format")
        if not content.startswith(b"PK"):
            raise WordTrouble("not-word")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as trouble:
            raise WordTrouble("damaged") from trouble
        parts = self._archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            raise WordTrouble("too-large")
        self.names = {part.filename for part in parts}
        self.main = self._main_part()
        self.relations = self._relations_of(self.main)

    def read(self, name: str) -> bytes:
        """The bytes of a part; the header of the archive is not believed."""
        try:
            with self._archive.open(name) as part:
                content = part.read(MOST_BYTES_OF_A_PART + 1)
        except KeyError as trouble:
            raise WordTrouble("damaged") from trouble
        except _BROKEN as trouble:
            raise WordTrouble("damaged") from trouble
        if len(content) > MOST_BYTES_OF_A_PART:
            raise WordTrouble("too-large")
        return content

    def xml(self, name: str) -> Element:
        """A part as a tree, without entities and without asking anybody."""
        content = self.read(name)
        for strict, usual in STRICT.items():
            content = content.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            tree = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as trouble:
            raise WordTrouble("damaged") from trouble
        if tree.getroottree().docinfo.doctype:
            raise WordTrouble("damaged")  # no word processor writes one
        return tree

    def part_of_kind(self, kind: str) -> Element | None:
        """The part the text refers to as its styles, comments, numbering …; None without one."""
        for target, found, external in self.relations.values():
            if found == kind and not external and target in self.names:
                return self.xml(target)
        return None

    def parts_of_kind(self, kind: str) -> list[Element]:
        return [
            self.xml(target)
            for target, found, external in self.relations.values()
            if found == kind and not external and target in self.names
        ]

    def _main_part(self) -> str:
        if "[Content_Types].xml" not in self.names:
            raise WordTrouble("not-word")
        types = {
            str(one.get("PartName", "")).lstrip("/"): str(one.get("ContentType", ""))
            for one in self.xml("[Content_Types].xml")
            if isinstance(one.tag, str)
        }
        if any("macroEnabled" in kind for kind in types.values()) or any(
            n.endswith("vbaProject.bin") for n in self.names
        ):
            raise WordTrouble("macros")
        for name, kind in types.items():
            if kind.endswith(("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")):
                return name
        raise WordTrouble("not-word")

    def _relations_of(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """id → (target, kind, external)."""
        name = join(dirname(part), "_rels", part.rpartition("/")[2] + ".rels")
        if name not in self.names:
            return {}
        found = {}
        for one in self.xml(name):
            if not isinstance(one.tag, str):
                continue
            external, target = one.get("TargetMode") == "External", str(one.get("Target", ""))
            if not external:
                target = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            found[str(one.get("Id", ""))] = (target, str(one.get("Type", "")).rpartition("/")[2], external)
        return found
