"""Bytes become numbered lines: in flat memory, whatever ends a line, in the encoding each line has."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import AnyStr, BinaryIO

from . import limits
from .values import Broken, broken

Line = tuple[int, str]  # without its end
_CHUNK = 1 << 16
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)["']""")


class Source:
    """A file that is read as often as ``lines`` is called, each time from its beginning."""

    def __init__(self, content: bytes | BinaryIO) -> None:
        self._stream: BinaryIO = io.BytesIO(content) if isinstance(content, bytes) else content
        if not self._stream.seekable():
            self._stream = io.BytesIO(self._stream.read(limits.LARGEST_FILE + 1))
        self._start = self._stream.tell()
        self.head = self._stream.read(limits.SAMPLE)
        self.encoding = encoding_of(self.head)
        self._foreign: Line | None = None  # the first line that is no UTF-8
        self._native = False  # a line with signs beyond ASCII that is UTF-8
        self._cut = False
        self._last = 0

    def whole(self) -> BinaryIO:
        self._stream.seek(self._start)
        return self._stream

    def sample(self) -> str:
        encoding = self.encoding
        head = self.head.removeprefix(codecs.BOM_UTF8)
        if encoding == "utf-8":
            try:
                return codecs.getincrementaldecoder("utf-8")().decode(head).replace("\r\n", "\n").replace("\r", "\n")
            except UnicodeDecodeError:
                encoding = "cp1252"
        text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    def lines(self, breaker: str = "") -> Iterator[Line]:
        """``breaker``: where else a line may be cut; files made by programs can be one line of any length."""
        self._cut, number = False, 1
        ends = re.compile(f"\\r\\n|\\r|\\n|{breaker}" if breaker else r"\r\n|\r|\n")
        if self.encoding != "utf-8":
            for text, passed in _split(self._texts(), ends, "", "\r", "\n"):
                yield number, text
                number += passed
        else:
            byte_ends = re.compile(ends.pattern.encode())
            for raw, passed in _split(_without_mark(self._chunks()), byte_ends, b"", b"\r", b"\n"):
                try:
                    text = raw.decode("utf-8")
                    self._native = self._native or not raw.isascii()
                except UnicodeDecodeError:
                    text = _windows(raw)
                    self._foreign = self._foreign or (number, text)
                yield number, text
                number += passed
        self._last = number

    def remarks(self) -> Iterator[Broken]:
        """What is to be said of the file as a whole, once its lines were read."""
        if self._foreign:
            number, text = self._foreign
            code = "encodings_mixed" if self._native else "encoding_guessed"
            yield broken(number, text, code, kept=True, encoding="Windows-1252")
            self.encoding = "mixed" if self._native else "windows-1252"
        if self._cut:
            yield broken(self._last, "", "too_large")

    def _chunks(self) -> Iterator[bytes]:
        stream, taken = self.whole(), 0
        while chunk := stream.read(_CHUNK):
            taken += len(chunk)
            if taken > limits.LARGEST_FILE:
                self._cut = True
                yield chunk[: len(chunk) - (taken - limits.LARGEST_FILE)]
                return
            yield chunk

    def _texts(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        first = True
        for chunk in self._chunks():
            text = decoder.decode(chunk)
            if first and text:
                text, first = text.removeprefix("\ufeff"), False
            yield text
        yield decoder.decode(b"", True)


def encoding_of(head: bytes) -> str:
    """UTF-16 by its mark or its zeros, what an XML says of itself; else UTF-8, each line doubted anew."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.count(0) > len(head) // 5:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    if named := _XML_ENCODING.match(head.removeprefix(codecs.BOM_UTF8)):
        try:
            encoding = codecs.lookup(named[1].decode()).name
        except LookupError:
            return "utf-8"
        return "cp1252" if encoding == "iso8859-1" else "utf-8" if encoding.startswith("utf-16") else encoding
    return "utf-8"


def _windows(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:  # five places of it are empty
        return raw.decode("latin-1")


def _without_mark(chunks: Iterator[bytes]) -> Iterator[bytes]:
    first = next(chunks, b"")
    yield first.removeprefix(codecs.BOM_UTF8)
    yield from chunks


def _split(
    chunks: Iterator[AnyStr], ends: re.Pattern[AnyStr], nothing: AnyStr, cr: AnyStr, lf: AnyStr
) -> Iterator[tuple[AnyStr, int]]:
    """The lines, each with the number of line ends behind it."""
    rest: list[AnyStr] = []
    held = False  # a CR at the end of a chunk may have its LF in the next
    for chunk in chunks:
        if not chunk:
            continue
        if held:
            chunk, held = cr + chunk, False
        if chunk.endswith(cr):
            chunk, held = chunk[:-1], True
        at = 0
        for found in ends.finditer(chunk):
            end = found[0]
            rest.append(chunk[at : found.start()])
            yield nothing.join(rest), end.count(lf) + (end == cr)
            rest.clear()
            at = found.end()
        rest.append(chunk[at:])
    if held or any(rest):
        yield nothing.join(rest), 1
