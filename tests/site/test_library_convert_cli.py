"""``nahtstelle library convert``."""

import ast
import gzip
import inspect
from pathlib import Path

from typer.testing import CliRunner

from nahtstelle.engines.literature.formats.values import CODES, broken
from nahtstelle.rooms.library import sentences as library_sentences
from nahtstelle.rooms.library.sentences import SENTENCES, sentence
from nahtstelle.site.library_cli import app

RIS = "TY  - JOUR\nTI  - Eins\nAU  - Weber, Jana\nPY  - 2020\nER  - \n\nTY  - BOOK\nTI  - Zwei\n"


def run(*words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["convert", *words])
    return answer.exit_code, answer.output


def test_file_is_converted_and_what_was_broken_is_printed(tmp_path: Path) -> None:
    (tmp_path / "in.ris").write_text(RIS)

    code, said = run(str(tmp_path / "in.ris"), str(tmp_path / "out.bib"))

    assert code == 0
    assert "Line 7: the record has no end (ER)" in said
    assert "2 records written, 0 broken and left out." in said
    assert "title = {Zwei}" in (tmp_path / "out.bib").read_text()


def test_file_without_a_record_says_so(tmp_path: Path) -> None:
    (tmp_path / "in.ris").write_text("")
    code, said = run(str(tmp_path / "in.ris"), str(tmp_path / "out.json"))
    assert code == 2
    assert "There is no record in the file." in said


def test_format_that_is_not_written_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "in.ris").write_text(RIS)
    code, said = run(str(tmp_path / "in.ris"), str(tmp_path / "out.docx"))
    assert code == 2
    assert "must end in .ris, .bib, .json, .csv, .xml" in said
    assert not (tmp_path / "out.docx").exists()


def test_file_is_not_written_over_itself(tmp_path: Path) -> None:
    (tmp_path / "in.ris").write_text(RIS)
    code, _ = run(str(tmp_path / "in.ris"), str(tmp_path / "in.ris"))
    assert code == 2
    assert (tmp_path / "in.ris").read_text() == RIS


def test_file_that_is_not_there_leaves_no_file_behind(tmp_path: Path) -> None:
    code, said = run(str(tmp_path / "none.ris"), str(tmp_path / "out.bib"))
    assert code == 2
    assert "No such file" in said
    assert not (tmp_path / "out.bib").exists()


def test_packed_file_is_read_and_a_damaged_one_refused(tmp_path: Path) -> None:
    (tmp_path / "in.ris.gz").write_bytes(packed := gzip.compress(RIS.encode()))
    code, _ = run(str(tmp_path / "in.ris.gz"), str(tmp_path / "out.bib"))
    assert code == 0
    assert "title = {Zwei}" in (tmp_path / "out.bib").read_text()

    (tmp_path / "cut.ris.gz").write_bytes(packed[:30])
    code, said = run(str(tmp_path / "cut.ris.gz"), str(tmp_path / "out.bib"))
    assert code == 2
    assert said == f"{tmp_path / 'cut.ris.gz'} cannot be read: it is packed, and damaged.\n"


def test_target_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "in.ris").write_text(RIS)
    code, said = run(str(tmp_path / "in.ris"), str(tmp_path / "none" / "out.bib"))
    assert code == 2
    assert said == f"{tmp_path / 'none' / 'out.bib'} cannot be used: No such file or directory.\n"


def test_every_code_of_the_engine_has_a_sentence() -> None:
    assert set(SENTENCES) == set(CODES)


def test_sentences_are_filled() -> None:
    assert sentence(broken(3, "x", "cells_missing", cells=1, columns=2)) == (
        "Line 3: the row has 1 cells, but the table 2 columns."
    )


def test_sentences_need_no_django() -> None:
    tree = ast.parse(inspect.getsource(library_sentences))
    assert "django" not in ast.dump(tree)
