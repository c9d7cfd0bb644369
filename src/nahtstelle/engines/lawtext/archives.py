"""Archives: the laws inside what people download (.zip, .tar.xz, .tar.gz, .gz) or a plain .xml, one at a time.

Nothing is written to disk and only one member is in memory at a time. Names are only names here, yet those that would
climb out of a folder are refused, as are links, encrypted members, members too large and those that unpack
suspiciously far. A bad member is handed over as the ``LawTextError`` that names it, and the others still come; a
broken archive raises.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from nahtstelle.engines.lawtext.limits import DEFAULT_LIMITS, Limits
from nahtstelle.engines.lawtext.values import LawTextError

Member = tuple[str, bytes | LawTextError]

_SUFFIX = ".xml"
_READ_BYTES = 1_000_000
_UNPACKED_FREELY = 1_000_000  # below this size the ratio does not matter
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, OSError, NotImplementedError)


def open_law_archive(stream: BinaryIO, *, name: str = "", limits: Limits = DEFAULT_LIMITS) -> Iterator[Member]:
    """The XML members of ``stream`` in archive order, each with its bytes or with the reason it was not read.

    ``stream`` must be seekable. What it is, is decided by its first bytes, not by ``name``; ``name`` is what a plain or
    gzipped XML file is called in the result. Members that are no ``.xml`` (pictures, PDFs) are passed over. Raises
    ``LawTextError`` when the archive as a whole cannot be read on.
    """
    magic = stream.read(6)
    stream.seek(0)
    if magic.startswith(b"PK"):
        yield from _zip(stream, limits)
    elif magic.startswith((b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh")):
        yield from _compressed(stream, name, limits)
    elif _is_tar(stream):
        yield from _tar(stream, limits, limits.archive_bytes)
    else:
        yield name, _read_member(stream, name, None, limits)


def _zip(stream: BinaryIO, limits: Limits) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise _broken_archive(error) from None
    with archive:
        total = 0
        for count, info in enumerate(archive.infolist(), start=1):
            _check_count(count, limits)
            if info.is_dir() or not info.filename.lower().endswith(_SUFFIX):
                continue
            problem = _name_problem(info.filename) or _zip_problem(info)
            if problem:
                yield info.filename, problem
                continue
            try:
                with archive.open(info) as member:
                    data = _read_member(member, info.filename, info.compress_size, limits)
            except LawTextError as error:
                yield info.filename, error
                continue
            except (*_BROKEN, RuntimeError) as error:
                yield info.filename, _broken_member(info.filename, error)
                continue
            total = _check_total(total + len(data), limits.archive_bytes)
            yield info.filename, data


def _zip_problem(info: zipfile.ZipInfo) -> LawTextError | None:
    if info.flag_bits & 0x1:
        return LawTextError(
            f'"{info.filename}" is encrypted.', code="member_encrypted", details={"member": info.filename}
        )
    if (info.external_attr >> 16) & 0o170000 == 0o120000:
        return _no_plain_file(info.filename)
    return None


def _compressed(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Member]:
    """A compressed tar, or one compressed XML file."""
    try:
        first = _decompressed(stream).read(512)
    except _BROKEN as error:
        raise _broken_archive(error) from None
    packed = stream.seek(0, 2)
    stream.seek(0)
    if first[257:262] == b"ustar":
        allowed = max(limits.law_bytes, packed * limits.archive_ratio)
        yield from _tar(stream, limits, min(limits.archive_bytes, allowed))
        return
    inner = name.rsplit(".", 1)[0] if name.lower().endswith((".gz", ".xz", ".bz2")) else name
    try:
        data = _read_member(_decompressed(stream), inner, packed, limits)
    except _BROKEN as error:
        raise _broken_archive(error) from None
    yield inner, data


def _decompressed(stream: BinaryIO) -> BinaryIO:
    magic = stream.read(2)
    stream.seek(0)
    if magic == b"\x1f\x8b":
        return io.BufferedReader(gzip.GzipFile(fileobj=stream))
    if magic == b"BZ":
        return io.BufferedReader(bz2.BZ2File(stream))
    return io.BufferedReader(lzma.LZMAFile(stream))


def _is_tar(stream: BinaryIO) -> bool:
    head = stream.read(512)
    stream.seek(0)
    return head[257:262] == b"ustar"


def _tar(stream: BinaryIO, limits: Limits, allowed: int) -> Iterator[Member]:
    """Members of a tar, read as a stream, so that a large archive is unpacked once and never kept."""
    total = 0
    count = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|*") as archive:
            for info in archive:
                _forget_members(archive)
                count += 1
                _check_count(count, limits)
                total = _check_total(total + max(info.size, 0), allowed)
                if info.isdir() or not info.name.lower().endswith(_SUFFIX):
                    continue
                problem = _name_problem(info.name) or (None if info.isreg() else _no_plain_file(info.name))
                member = None if problem else archive.extractfile(info)
                if problem or member is None:
                    yield info.name, problem or _no_plain_file(info.name)
                    continue
                try:
                    data: bytes | LawTextError = _read_member(member, info.name, None, limits)
                except LawTextError as error:
                    data = error
                yield info.name, data
    except _BROKEN as error:
        raise _broken_archive(error) from None


def _forget_members(archive: tarfile.TarFile) -> None:
    """``tarfile`` remembers every member it has seen; a reader that goes through once needs none of them."""
    remembered: list[tarfile.TarInfo] = vars(archive)["members"]
    remembered.clear()


def _read_member(member: IO[bytes], name: str, packed: int | None, limits: Limits) -> bytes:
    """All bytes of a member, giving up at the first byte too many."""
    allowed = limits.law_bytes
    if packed is not None:
        allowed = min(allowed, max(_UNPACKED_FREELY, packed * limits.archive_ratio))
    pieces: list[bytes] = []
    size = 0
    while piece := member.read(_READ_BYTES):
        size += len(piece)
        if size > limits.law_bytes:
            raise LawTextError(
                f'"{name}" unpacks to more than {limits.law_bytes} bytes.',
                code="member_too_large",
                details={"member": name, "limit": limits.law_bytes},
            )
        if size > allowed:
            raise LawTextError(
                f'"{name}" unpacks to more than {limits.archive_ratio} times its size, as no law does.',
                code="member_bomb",
                details={"member": name, "ratio": limits.archive_ratio},
            )
        pieces.append(piece)
    return b"".join(pieces)


def _name_problem(name: str) -> LawTextError | None:
    plain = name.replace("\\", "/")
    climbs = ".." in PurePosixPath(plain).parts
    if plain.startswith("/") or climbs or "\x00" in plain or (len(plain) > 1 and plain[1] == ":"):
        return LawTextError(
            f'"{name}" is a name that leads out of the archive.', code="member_name", details={"member": name}
        )
    return None


def _no_plain_file(name: str) -> LawTextError:
    return LawTextError(f'"{name}" is a link, not a file.', code="member_link", details={"member": name})


def _broken_member(name: str, error: Exception) -> LawTextError:
    return LawTextError(
        f'"{name}" cannot be unpacked: {error}.', code="member_broken", details={"member": name, "reason": str(error)}
    )


def _broken_archive(error: Exception) -> LawTextError:
    return LawTextError(
        f"The archive is damaged or incomplete: {error}.", code="archive_broken", details={"reason": str(error)}
    )


def _check_count(count: int, limits: Limits) -> None:
    if count > limits.archive_members:
        raise LawTextError(
            f"The archive has more than {limits.archive_members} members.",
            code="archive_too_many",
            details={"limit": limits.archive_members},
        )


def _check_total(total: int, allowed: int) -> int:
    if total > allowed:
        raise LawTextError(
            f"The archive unpacks to more than {allowed} bytes.", code="archive_too_large", details={"limit": allowed}
        )
    return total
