"""``import_laws``: files, folders and archives of any size, taken in at once."""

import lzma
import tarfile
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import psutil
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from typer.testing import CliRunner

from nahtstelle.rooms.law import importing
from nahtstelle.rooms.law.models import Import, ImportItem, Law, Reading
from nahtstelle.site.cli import app
from tests.rooms.law.making import BY, NOW, OTHER, Section, law_xml, probe

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_laws", *map(str, arguments), stdout=out)
    return out.getvalue()


def a_law(name: str) -> bytes:
    return law_xml(Section("§ 1", f"{OTHER} {name}"), name=name, number=f"BJNR{name}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One law in each of the forms people have, and what is none."""
    below = tmp_path / "gesetze"
    (below / "ag").mkdir(parents=True)
    (below / "ag" / "BJNR1.xml").write_bytes(a_law("AG"))
    (below / "bg.xml").write_bytes(a_law("BG"))
    with ZipFile(below / "cg.zip", "w") as archive:
        archive.writestr("BJNR3.xml", a_law("CG"))
    with tarfile.open(below / "rest.tar.xz", "w:xz") as archive:
        member = tarfile.TarInfo("gesetze/dg/dg.xml")
        member.size = len(a_law("DG"))
        archive.addfile(member, BytesIO(a_law("DG")))
    (below / "liesmich.txt").write_text("kein Gesetz")
    (below / ".versteckt.xml").write_bytes(a_law("ZG"))
    return below


def test_a_folder_is_read_with_all_below_it(folder: Path) -> None:
    said = run(folder, "--seen-on", "2024-03-06")
    assert set(Law.objects.values_list("slug", "citation")) == {("ag", "AG"), ("bg", "BG"), ("cg", "CG"), ("dg", "DG")}
    assert "     4  laws not yet known" in said


def test_a_preview_changes_nothing_and_says_where_to_confirm(folder: Path) -> None:
    said = run(folder, "--seen-on", "2024-03-06", "--preview")
    batch = Import.objects.get()
    assert (batch.state, Law.objects.count()) == (Import.State.PREVIEW, 0)
    assert f"/recht/importe/{batch.pk}/" in said


def test_running_it_again_changes_nothing(folder: Path) -> None:
    run(folder, "--seen-on", "2024-03-06")
    said = run(folder, "--seen-on", "2024-03-06")
    assert "     4  known already" in said
    assert Reading.objects.count() == 4


def test_an_import_that_was_killed_while_listing_is_given_up_for_the_new_one(folder: Path) -> None:
    killed = importing.open_listing(source="gesetze", seen_on=date(2024, 3, 6), complete=False, by=BY, at=NOW)
    run(folder, "--seen-on", "2024-03-06")
    killed.refresh_from_db()
    assert (killed.state, Law.objects.count()) == (Import.State.ABANDONED, 4)


def test_a_complete_folder_tells_what_is_missing_from_it(folder: Path) -> None:
    run(folder, "--seen-on", "2024-03-06")
    (folder / "bg.xml").unlink()
    said = run(folder, "--seen-on", "2024-06-05", "--complete")
    assert "     1  laws missing from this delivery" in said


def test_a_broken_file_is_named_and_the_others_are_taken_in(folder: Path) -> None:
    (folder / "bg.xml").write_bytes(b"<dokumente")
    said = run(folder, "--seen-on", "2024-03-06")
    assert "gesetze/bg.xml: The file breaks off in the middle (line 1)." in said
    assert Law.objects.count() == 3


def test_a_file_that_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(self: Path, *_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    said = run(folder / "bg.xml", "--seen-on", "2024-03-06")
    assert "gesetze/bg.xml: The file cannot be opened (Permission denied)." in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nicht/da", "--seen-on", "2024-03-06"], "There is no nicht/da"),
        ([".", "--seen-on", "gestern"], "gestern is no day"),
        ([".", "--seen-on", "2024-02-30"], "2024-02-30 is no day"),
        ([], "the following arguments are required"),
    ],
)
def test_a_mistake_is_one_sentence(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)


def test_a_folder_without_laws_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No law file is there"):
        run(tmp_path, "--seen-on", "2024-03-06")


def test_a_day_ahead_is_one_sentence(folder: Path) -> None:
    with pytest.raises(CommandError, match="lies in the future"):
        run(folder, "--seen-on", "2999-01-01")


def test_a_file_of_two_gigabytes_is_refused_without_being_held(tmp_path: Path) -> None:
    huge = tmp_path / "riesig.xml"
    with huge.open("wb") as out:
        out.write(probe()[:200])
        out.truncate(2 * 1024**3)  # a sparse file: two gigabytes that take no room
    process = psutil.Process()
    before = process.memory_info().rss
    said = run(huge, "--seen-on", "2024-03-06")
    grown = process.memory_info().rss - before
    assert "unpacks to more than 64000000 bytes; no law has that many." in said
    assert ImportItem.objects.get().file is None
    assert grown < 200 * 1024**2


def test_a_packed_file_that_unpacks_too_far_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bombe.xml.gz"
    packer = lzma.LZMACompressor()
    bomb.write_bytes(b"".join(packer.compress(b"\0" * 1024**2) for _ in range(70)) + packer.flush())
    said = run(bomb, "--seen-on", "2024-03-06")
    assert "as no law does." in said or "no law has that many." in said


def test_the_operators_program_passes_everything_on(folder: Path) -> None:
    said = CliRunner().invoke(app, ["import-laws", str(folder), "--seen-on", "2024-03-06", "--preview"])
    assert said.exit_code == 0, said.output
    assert "     4  laws not yet known" in said.output
    assert Import.objects.get().state == Import.State.PREVIEW


def test_the_operator_reads_english(folder: Path) -> None:

    with override("de"):
        said = run(folder, "--seen-on", "2024-03-06")
    assert said.splitlines()[0] == "4 files of 2024-03-06: done"
