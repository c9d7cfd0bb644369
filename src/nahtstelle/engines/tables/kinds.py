"""What a file is by its first bytes, whatever its name claims."""

import io
import zipfile

from . import limits
from .values import TableTrouble

ZIP, OLE, PDF, RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf"
MARKUP = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body")


def kind_of(content: bytes) -> str:
    """xlsx or csv. Raises ``TableTrouble`` for an empty or oversized file and for what only claims to be a table."""
    check_size(len(content))
    if not content.strip(b"\x00 \t\r\n"):
        raise TableTrouble("empty")
    if content.startswith(ZIP):
        return _workbook(content)
    if content.startswith(OLE):
        raise TableTrouble("old_excel")
    if content.startswith(PDF) or content.startswith(RTF):
        raise TableTrouble("document")
    start = content[:2000].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(MARKUP):
        raise TableTrouble("web_page")
    if start.startswith(b"<?xml"):
        raise TableTrouble("xml")
    return "csv"


def check_size(size: int) -> None:
    """Raises ``TableTrouble`` for more bytes than a table of contacts has."""
    if size > limits.LARGEST_FILE:
        raise TableTrouble("too_large", megabytes=limits.LARGEST_FILE // 1024 // 1024)


def _workbook(content: bytes) -> str:
    """Look at a package without unpacking it: what it is, and what it would become."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if len(parts) > limits.MOST_PARTS:
                raise TableTrouble("bomb")
            if sum(part.file_size for part in parts) > limits.LARGEST_UNPACKED:
                raise TableTrouble("bomb")
            for part in parts:
                if part.flag_bits & 0x1:
                    raise TableTrouble("locked")
                if part.file_size > limits.RATIO_FROM and _ratio(part) > limits.LARGEST_RATIO:
                    raise TableTrouble("bomb")
            if "xl/workbook.xml" in names:
                _refuse_document_types(package, parts)
                return "xlsx"
            if "mimetype" in names and b"opendocument" in package.read("mimetype"):
                raise TableTrouble("open_document")
            raise TableTrouble("archive")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as trouble:
        raise TableTrouble("damaged") from trouble


def _ratio(part: zipfile.ZipInfo) -> float:
    return part.file_size / max(part.compress_size, 1)


def _refuse_document_types(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """No program writes a document type into a workbook; whoever does wants its entities to grow or to fetch."""
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with package.open(part) as stream:
                if b"<!doctype" in stream.read(4096).lower():
                    raise TableTrouble("bomb")
