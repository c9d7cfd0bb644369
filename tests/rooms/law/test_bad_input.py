"""Broken and hostile files: each is refused with a sentence, harms no other, and costs little."""

import errno
import gzip
import os
import tarfile
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.utils.translation import override

from nahtstelle.plumbing.files.actions import StorageTrouble
from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.rooms.law import importing, presenters
from nahtstelle.rooms.law.models import Import, ImportItem, Law, Reading
from nahtstelle.rooms.law.presenters.imports import trouble_of
from tests.rooms.law.making import BY, NOW, drain, give, law_xml, probe, the_item

pytestmark = pytest.mark.django_db
MARCH = date(2024, 3, 6)
SECRET = "ein Geheimnis dieser Maschine"

BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE dokumente [<!ENTITY a "ha">'
    + b"".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9))
    + b"]><dokumente doknr='x'><norm><metadaten><langue>&j;</langue></metadaten></norm></dokumente>"
)
HEADLESS = b"<dokumente builddate='20200101000000' doknr='BJNR1'></dokumente>"


def package(*members: tuple[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return made.getvalue()


def locked(content: bytes) -> bytes:
    """A zip whose member says it is encrypted."""
    raw = bytearray(package(("probeg.xml", content)))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    return bytes(raw)


def tar_with_link() -> bytes:
    made = BytesIO()
    with tarfile.open(fileobj=made, mode="w:xz") as archive:
        link = tarfile.TarInfo("gesetze/a/a.xml")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        good = tarfile.TarInfo("gesetze/probeg/probeg.xml")
        good.size = len(probe())
        archive.addfile(good, BytesIO(probe()))
    return made.getvalue()


def given(content: bytes, name: str = "probeg.xml") -> Import:
    batch = importing.give_package(name=name, content=content, seen_on=MARCH, by=BY, at=NOW)
    drain()
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"Das ist kein XML.", "not_xml"),
        (b"%PDF-1.7 ...", "not_xml"),
        (b"<html><body>404</body></html>", "other_root"),
        (b'<!DOCTYPE html SYSTEM "about:legacy-compat"><html/>', "other_document_type"),
        (HEADLESS, "no_norms"),
        (BILLION_LAUGHS, "entity"),
        (probe()[:400], "truncated"),
        (probe().replace(b"</norm>", b"</nrom>", 1), "malformed"),
        (probe().replace(b'encoding="UTF-8"', b'encoding="klingonisch"'), "wrong_encoding"),
        (probe().replace("ä".encode(), b"\xe4"), "wrong_encoding"),
    ],
)
def test_a_file_that_is_no_law_is_refused_with_its_reason(content: bytes, code: str) -> None:
    item = the_item(give(content, MARCH))
    assert (item.state, item.trouble_code, item.done) == (ImportItem.State.REFUSED, code, True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (package(("../../etc/probeg.xml", probe())), "member_name"),
        (package(("/etc/probeg.xml", probe())), "member_name"),
        (locked(probe()), "member_encrypted"),
        (package(("probeg.xml", b"<" * 30_000_000)), "member_bomb"),
        (package(("probeg.xml", probe() * 20))[:-60], "archive_broken"),
        (package(("liesmich.txt", b"nichts")), "empty_package"),
        (b"PK\x03\x04 abgeschnitten", "archive_broken"),
        (gzip.compress(probe())[:-30], "archive_broken"),
    ],
)
def test_a_bad_package_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert the_item(given(content, "paket.zip")).trouble_code == code


def test_a_bad_member_harms_no_other() -> None:
    batch = given(tar_with_link(), "alles.tar.xz")
    states = dict(batch.items.values_list("name", "state"))
    assert states == {
        "gesetze/a/a.xml": ImportItem.State.REFUSED,
        "gesetze/probeg/probeg.xml": ImportItem.State.NEW_LAW,
    }


def test_an_external_entity_reads_nothing_from_this_machine(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    hostile = (
        probe()
        .replace(
            b'SYSTEM "http://www.gesetze-im-internet.de/dtd/1.01/gii-norm.dtd"',
            f'[<!ENTITY x SYSTEM "file://{tmp_path}/secret">]'.encode(),
        )
        .replace(b"Grundsatz", b"&x;")
    )
    item = the_item(give(hostile, MARCH))
    assert item.trouble_code == "entity"
    assert SECRET not in str(ImportItem.objects.values().get())


def test_a_refusal_is_said_in_the_language_of_the_reader() -> None:
    item = the_item(give(b"", MARCH))
    with override("de"):
        german = trouble_of(item)
    assert (trouble_of(item), german) == ("The file is empty.", "Die Datei ist leer.")


def test_a_refusal_tells_where() -> None:
    item = the_item(give(probe().replace(b"</norm>", b"</nrom>", 1), MARCH))
    assert trouble_of(item).startswith("The file is not well-formed XML: line 1 (")


def test_details_that_are_hostile_stay_text() -> None:
    hostile = package(("../<script>alert(1)</script>%(x)s.xml", probe()))
    item = the_item(given(hostile, "paket.zip"))
    row = presenters.item_row(item, item.batch)
    assert row[3] == "“../<script>alert(1)</script>%(x)s.xml” is a name that leads out of the archive."


def test_a_trouble_we_have_no_words_for_is_told_in_the_engines() -> None:
    batch = importing.open_listing(source="x", seen_on=MARCH, complete=False, by=BY, at=NOW)
    item = importing.list_file(batch, "a.xml", importing.LawTextError("Something new.", code="novel"), by=BY, at=NOW)
    assert trouble_of(item) == "Something new."


def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the operating system refuses every write to a new file."""

    def refuse(_data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def opened(**how: Any) -> Any:
        part = NamedTemporaryFile(**how)  # noqa: SIM115 - whoever opened it closes it
        part.write = refuse  # type: ignore[method-assign] # that is what is broken
        return part

    monkeypatch.setattr("nahtstelle.plumbing.files.actions.NamedTemporaryFile", opened)


def test_a_full_disk_is_told_and_leaves_nothing_half_written(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    give(law_xml(name="VorherG", number="BJNR0"), MARCH)  # it could be kept before
    kept = KeptFile.objects.count()
    full_disk(monkeypatch)
    with pytest.raises(StorageTrouble, match="The disk is full"):
        importing.give_package(name="a.xml", content=probe(), seen_on=MARCH, by=BY, at=NOW)
    monkeypatch.undo()
    assert (KeptFile.objects.count(), Import.objects.filter(source="a.xml").count()) == (kept, 0)
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert [path for path in files if path.suffix != ".gz"] == []


def test_a_kept_file_that_is_gone_from_the_disk_keeps_the_delivery_waiting(settings: Any) -> None:
    batch = importing.give_files(source="x", files=[("a.xml", probe())], seen_on=MARCH, complete=False, by=BY, at=NOW)
    for path in Path(settings.MEDIA_ROOT).rglob("*.gz"):
        path.unlink()
    with pytest.raises(AssertionError, match="FileNotFoundError"):
        drain()
    batch.refresh_from_db()
    assert (batch.state, Law.objects.count(), Reading.objects.count()) == (Import.State.CHECKING, 0, 0)


@pytest.mark.parametrize("name", ["x" * 400 + ".xml", "a\\b\\c.xml", "ä ö/ü.xml", ".xml", "\u202egnp.xml", ""])
def test_a_strange_file_name_is_no_hindrance(name: str) -> None:
    item = the_item(give(probe(), MARCH, name=name))
    assert item.state == ImportItem.State.NEW_LAW
    assert item.slug
