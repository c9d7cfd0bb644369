"""The command line ``nahtstelle library dedupe``: answers, formats, refusals."""

import gzip
import json
from pathlib import Path

from typer.testing import CliRunner, Result

from nahtstelle.site.library_cli import app

HEADER = "ID,title,author,year,journal,volume,number,pages,doi\n"
ONE = 'a1,"Wages of refugees, and what they depend on","Kaya, D. and Ek, B.",2019,Journal of Work,7,1,11-29,\n'
TWO = "b2,WAGES OF REFUGEES AND WHAT THEY DEPEND ON,Kaya D; Ek B,2019,J. Work,7,,11-29,10.1/w\n"
THREE = 'c3,"Housing in the north","Lind, K.",2001,Journal of Work,2,1,1-9,\n'


def dedupe(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["dedupe", *map(str, arguments)])


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    file = folder / name
    data = text.encode(encoding)
    file.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return file


def test_groups_as_json_name_the_ids_of_the_table(tmp_path: Path) -> None:
    answer = json.loads(dedupe(written(tmp_path, "a.csv", HEADER + ONE + THREE + TWO), "--format", "json").stdout)
    (group,) = answer["groups"]
    assert group["records"] == ["a1", "b2"]
    assert "same title" in group["reasons"]
    assert answer["possible"] == []


def test_several_files_packed_or_not_are_one_pool(tmp_path: Path) -> None:
    files = written(tmp_path, "a.csv", HEADER + ONE), written(tmp_path, "b.csv.gz", HEADER + TWO)
    assert json.loads(dedupe(*files, "--format", "json").stdout)["groups"][0]["records"] == ["a1", "b2"]


def test_without_ids_records_are_called_by_file_and_number(tmp_path: Path) -> None:
    rows = [line.partition(",")[2] for line in (HEADER, ONE, TWO)]
    file = written(tmp_path, "a.csv", "".join(rows))
    assert json.loads(dedupe(file, "--format", "json").stdout)["groups"][0]["records"] == ["a.csv:1", "a.csv:2"]


def test_an_id_that_comes_twice_stays_two_records(tmp_path: Path) -> None:
    files = written(tmp_path, "a.csv", HEADER + ONE), written(tmp_path, "b.csv", HEADER + TWO.replace("b2", "a1"))
    assert json.loads(dedupe(*files, "--format", "json").stdout)["groups"][0]["records"] == ["a1", "b.csv:1"]


def test_the_text_answer_says_title_ids_and_why(tmp_path: Path) -> None:
    said = dedupe(written(tmp_path, "a.csv", HEADER + ONE + TWO)).stdout
    assert "2 records, 1 works told more than once, 1 records too many." in said
    assert "a1, b2" in said
    assert "same authors" in said


def test_what_a_person_should_look_at_is_told_with_the_doubt(tmp_path: Path) -> None:
    other = ONE.replace("a1", "d4").replace("Journal of Work,7,1,11-29", "Sozialer Fortschritt,,,")
    file = written(tmp_path, "a.csv", HEADER + ONE + other)
    assert "To be looked at by a person: 1" in dedupe(file).stdout
    (pair,) = json.loads(dedupe(file, "--format", "json").stdout)["possible"]
    assert pair["records"] == ["a1", "d4"]
    assert pair["doubt"]


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    table = "ID;title;author;year\n1;Wages of refugees and what they depend on;Kaya, D. and Ek, B.;2019\n" * 1
    table += "2;Wages of refugees and what they depend on;Kaya, D. and Ek, B.;2019\n"
    assert json.loads(dedupe(written(tmp_path, "a.csv", table, "utf-8-sig"), "--format", "json").stdout)["groups"]


def test_a_file_that_cannot_be_used_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    cases = {
        tmp_path / "absent.csv": "There is no file",
        written(tmp_path, "x.csv", "colour,size\nred,1\n"): "no column title, author or doi",
        written(tmp_path, "l.csv", HEADER + "1,Löhne\n", "latin-1"): "not text in UTF-8",
        written(tmp_path, "e.csv", ""): "no column title, author or doi",
        tmp_path: "cannot be read",
    }
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress((HEADER + ONE * 500).encode())[:-60])
    cases[tmp_path / "cut.csv.gz"] = "cannot be read"
    for file, sentence in cases.items():
        result = dedupe(file)
        assert result.exit_code == 2, file
        assert sentence in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1
        assert result.stdout == ""


def test_a_table_without_rows_has_no_groups(tmp_path: Path) -> None:
    assert json.loads(dedupe(written(tmp_path, "a.csv", HEADER), "--format", "json").stdout) == {
        "groups": [],
        "possible": [],
    }


RIS = """TY  - JOUR
TI  - Wages of refugees and what they depend on
AU  - Kaya, D.
AU  - Ek, B.
PY  - 2019
JO  - Journal of Work
VL  - 7
SP  - 11
EP  - 29
ER  - 
"""
BIB = """@article{kaya2019,
  title = {Wages of Refugees, and What They Depend On},
  author = {Kaya, D. and Ek, B.},
  year = {2019}, journal = {Journal of Work}, volume = {7}, pages = {11--29}
}
"""


def test_exports_of_different_kinds_are_one_pool(tmp_path: Path) -> None:
    files = (
        written(tmp_path, "a.ris.gz", RIS),
        written(tmp_path, "b.bib", BIB),
        written(tmp_path, "c.csv", HEADER + ONE),
    )
    (group,) = json.loads(dedupe(*files, "--format", "json").stdout)["groups"]
    assert group["records"] == ["a.ris.gz:1", "kaya2019", "a1"]


def test_a_broken_record_is_named_by_its_line_and_costs_no_other(tmp_path: Path) -> None:
    file = written(tmp_path, "a.ris", RIS.replace("ER  - \n", "") + RIS)
    answer = dedupe(file, "--format", "json")
    assert answer.exit_code == 0
    assert len(json.loads(answer.stdout)["groups"][0]["records"]) == 2
    assert "a.ris" in answer.stderr and "1" in answer.stderr


def test_a_file_of_no_known_kind_is_refused_in_a_sentence(tmp_path: Path) -> None:
    answer = dedupe(written(tmp_path, "a.md", "# Nichts\n"))
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "a.md" in answer.stderr


def test_a_packed_file_with_a_wrong_byte_is_refused_in_a_sentence(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress((HEADER + ONE * 500).encode()))
    packed[12] ^= 0xFF
    (tmp_path / "a.csv.gz").write_bytes(packed)
    answer = dedupe(tmp_path / "a.csv.gz")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr == f"{tmp_path / 'a.csv.gz'} cannot be read: it is packed, and damaged.\n"


def test_a_file_that_is_unusable_as_a_whole_is_refused_beside_good_ones(tmp_path: Path) -> None:
    good = written(tmp_path, "good.csv", HEADER + ONE + TWO)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    cases = {
        tmp_path / "broken.xlsx": "The workbook cannot be read.",
        written(tmp_path, "empty.ris", "\n"): "There is no record in the file.",
    }
    for file, sentence in cases.items():
        answer = dedupe(good, file)
        assert (answer.exit_code, answer.stdout) == (2, "")
        assert answer.stderr.startswith(f"{file}: {sentence}")
        assert len(answer.stderr.splitlines()) == 1


def test_a_file_named_three_times_has_three_names_for_each_record(tmp_path: Path) -> None:
    file = written(tmp_path, "a.ris", RIS)
    (group,) = json.loads(dedupe(file, file, file, "--format", "json").stdout)["groups"]
    assert group["records"] == ["a.ris:1", f"{file}:1", f"{file}:1-2"]
