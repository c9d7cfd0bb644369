"""Archives of laws, whole, broken and hostile."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nahtstelle.engines.lawtext.archives import open_law_archive
from nahtstelle.engines.lawtext.limits import Limits
from nahtstelle.engines.lawtext.values import LawTextError
from tests.engines.lawtext.law_files import file_of

LAW = file_of()
FILES = {"a/a.xml": LAW, "b.XML": LAW + b"\n", "b/picture.jpg": b"\xff\xd8"}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:xz", links: tuple[str, ...] = ()) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload] # the mode is a parameter here
        for name in links:
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
            archive.addfile(link)
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def members(data: bytes, *, name: str = "", limits: Limits | None = None) -> list[tuple[str, bytes | str]]:
    """Names with bytes, or with the code of the refusal."""
    stream = io.BytesIO(data)
    opened = open_law_archive(stream, name=name, limits=limits) if limits else open_law_archive(stream, name=name)
    return [(name, found if isinstance(found, bytes) else found.code) for name, found in opened]


def broken(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(LawTextError) as caught:
        members(data, limits=limits)
    return caught.value.code


@pytest.mark.parametrize(
    "pack",
    [
        zipped,
        lambda files: zipped(files, zipfile.ZIP_STORED),
        lambda files: zipped(files, zipfile.ZIP_LZMA),
        lambda files: tarred(files, "w"),
        lambda files: tarred(files, "w:gz"),
        lambda files: tarred(files, "w:xz"),
        lambda files: tarred(files, "w:bz2"),
    ],
    ids=["zip", "stored", "lzma", "tar", "tar.gz", "tar.xz", "tar.bz2"],
)
def test_laws_of_an_archive_come_in_its_order(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    assert members(pack(FILES)) == [("a/a.xml", LAW), ("b.XML", LAW + b"\n")]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (LAW, "x.xml"),
        (gzip.compress(LAW), "x.xml.gz"),
        (lzma.compress(LAW), "x.xml.xz"),
        (bz2.compress(LAW), "x.xml.bz2"),
    ],
    ids=["plain", "gz", "xz", "bz2"],
)
def test_single_law_comes_under_its_own_name(data: bytes, name: str) -> None:
    assert members(data, name=name) == [("x.xml", LAW)]


def test_large_single_law_is_not_taken_for_a_tar() -> None:
    law = LAW + b" " * 5000
    assert members(gzip.compress(law), name="x.xml.gz") == [("x.xml", law)]


@pytest.mark.parametrize("name", ["../a.xml", "a/../../b.xml", "/etc/a.xml", "C:\\a.xml", "..\\a.xml"])
def test_name_that_leads_out_is_refused_and_the_others_come(name: str) -> None:
    files = {name: LAW, "good.xml": LAW}
    assert [found for _, found in members(zipped(files))] == ["member_name", LAW]
    assert [found for _, found in members(tarred(files))] == ["member_name", LAW]


def test_link_is_refused_and_the_others_come() -> None:
    assert members(tarred({"good.xml": LAW}, links=("bad.xml",))) == [("bad.xml", "member_link"), ("good.xml", LAW)]
    stream = io.BytesIO(zipped({"good.xml": LAW}))
    with zipfile.ZipFile(stream, "a") as archive:
        info = zipfile.ZipInfo("bad.xml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/hostname")
    assert members(stream.getvalue()) == [("good.xml", LAW), ("bad.xml", "member_link")]


def test_encrypted_member_is_refused_and_the_others_come() -> None:
    data = bytearray(zipped({"bad.xml": LAW, "good.xml": LAW}))
    directory = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[directory + 8] |= 1
    assert members(bytes(data)) == [("bad.xml", "member_encrypted"), ("good.xml", LAW)]


def test_damaged_member_is_refused_and_the_others_come() -> None:
    data = bytearray(zipped({"bad.xml": LAW, "good.xml": LAW}, zipfile.ZIP_STORED))
    data[60] ^= 0xFF
    assert members(bytes(data)) == [("bad.xml", "member_broken"), ("good.xml", LAW)]


def test_refusal_names_the_member() -> None:
    (_, error), *_ = open_law_archive(io.BytesIO(zipped({"../a.xml": LAW})))
    assert isinstance(error, LawTextError)
    assert error.details["member"] == "../a.xml"
    assert '"../a.xml"' in str(error)


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_member_beyond_the_bytes_allowed_is_refused_and_the_others_come(
    pack: Callable[[dict[str, bytes]], bytes],
) -> None:
    data = pack({"bad.xml": b"x" * 3000, "good.xml": LAW})
    assert members(data, limits=Limits(law_bytes=2000)) == [("bad.xml", "member_too_large"), ("good.xml", LAW)]


def test_member_that_unpacks_too_far_is_refused() -> None:
    data = zipped({"bad.xml": b"\0" * 30_000_000, "good.xml": LAW})
    assert members(data) == [("bad.xml", "member_bomb"), ("good.xml", LAW)]


def test_size_in_the_directory_is_not_believed() -> None:
    data = bytearray(zipped({"bad.xml": b"\0" * 30_000_000}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    assert members(bytes(data)) in ([("bad.xml", "member_bomb")], [("bad.xml", "member_broken")])


def test_single_file_that_unpacks_too_far_is_refused() -> None:
    assert broken(gzip.compress(b"\0" * 30_000_000)) == "member_bomb"


def test_tar_that_unpacks_too_far_is_refused() -> None:
    files = {f"{i}.jpg": b"\0" * 3_000_000 for i in range(5)}
    assert broken(tarred(files), Limits(law_bytes=1_000_000)) == "archive_too_large"


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_archive_beyond_the_bytes_allowed_stops(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    files = {f"{i}.xml": LAW for i in range(10)}
    assert broken(pack(files), Limits(archive_bytes=len(LAW) * 5)) == "archive_too_large"


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_archive_with_too_many_members_stops(pack: Callable[[dict[str, bytes]], bytes]) -> None:
    assert broken(pack({f"{i}.xml": LAW for i in range(10)}), Limits(archive_members=5)) == "archive_too_many"


@pytest.mark.parametrize(
    "data",
    [
        zipped(FILES)[:-40],
        b"PK\x03\x04" + b"x" * 50,
        tarred({"a.xml": bytes(range(256)) * 400})[:-80],
        gzip.compress(LAW)[:-12],
        b"\xfd7zXZ\x00" + b"x" * 50,
    ],
    ids=["zip", "no zip", "tar.xz", "gz", "no xz"],
)
def test_archive_that_is_cut_off_or_damaged_raises(data: bytes) -> None:
    assert broken(data) == "archive_broken"


def test_laws_before_the_damage_have_been_handed_over() -> None:
    data = tarred({f"{i}.xml": LAW * 50 for i in range(20)}, "w")
    opened = open_law_archive(io.BytesIO(data[: len(data) // 2]))
    found: list[str] = []

    def collect(laws: Iterator[tuple[str, bytes | LawTextError]]) -> None:
        for name, _ in laws:
            found.append(name)

    with pytest.raises(LawTextError):
        collect(opened)
    assert found[:3] == ["0.xml", "1.xml", "2.xml"]


def test_real_archive_hands_over_every_law(shared_data: Path) -> None:
    (path,) = (shared_data / "laws" / "scale").glob("*.tar.xz")
    with path.open("rb") as stream:
        found = [(name, isinstance(law, bytes)) for name, law in open_law_archive(stream)]
    assert len(found) == 6571
    assert all(read for _, read in found)
    assert found[0][0].startswith("gesetze/")
