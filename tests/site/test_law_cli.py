"""The command line ``nahtstelle law``: answers, formats, refusals."""

import gzip
import json
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

import nahtstelle.engines.lawtext as lawtext
from nahtstelle.site.law_cli import app
from tests.engines.lawtext.comparing_cases import DATA, needs_laws

SCHEMA = json.loads((Path(lawtext.__file__).parent / "compare.schema.json").read_text(encoding="utf-8"))

OLD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE dokumente SYSTEM "http://www.gesetze-im-internet.de/dtd/1.01/gii-norm.dtd">
<dokumente builddate="20240101120000" doknr="BJNR000010004">
<norm builddate="20240101120000" doknr="BJNR000010004"><metadaten><jurabk>TestG</jurabk><amtabk>TestG</amtabk>
<kurzue>Testgesetz</kurzue><langue>Gesetz zum Testen</langue></metadaten></norm>
<norm doknr="BJNR000010004BJNE000100000"><metadaten><jurabk>TestG</jurabk><enbez>§ 1</enbez>
<titel>Zweck</titel></metadaten>
<textdaten><text><Content><P>(1) Die Behörde kann nach § 2 Absatz 1 des Aufenthaltsgesetzes entscheiden.</P>
<P>(2) Gebühren werden nicht erhoben.</P></Content></text></textdaten></norm>
<norm doknr="BJNR000010004BJNE000200000"><metadaten><jurabk>TestG</jurabk><enbez>§ 2</enbez></metadaten>
<textdaten><text><Content><P>Dieses Gesetz gilt &lt;überall&gt;.</P></Content></text></textdaten></norm>
<norm doknr="BJNR000010004BJNE000300000"><metadaten><jurabk>TestG</jurabk><enbez>Anlage</enbez></metadaten>
<textdaten><text><Content><P>Muster</P></Content></text></textdaten></norm>
</dokumente>
"""
NEW = (
    OLD.replace("kann nach", "soll nach")
    .replace("20240101120000", "20250101120000")
    .replace("<titel>Zweck</titel>", "<titel>Ziel</titel>")
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    old, new = tmp_path / "old.xml", tmp_path / "new.xml"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return str(old), str(new)


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=given)


def answer(*arguments: str, given: str | bytes | None = None) -> Any:
    result = run(*arguments, "--format", "json", given=given)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


# compare


def test_compare_as_json_fits_the_schema(files):
    changes = answer("compare", *files)
    jsonschema.validate(changes, SCHEMA)
    told = [(c["designation"], c["old_designation"], c["kind"], c["classes"], c["substance"]) for c in changes]
    assert told == [
        ("", "", "amended", ["rebuild"], False),
        ("§ 1", "§ 1", "amended", ["text", "heading"], True),
    ]


def test_compare_as_json_tells_the_parts_touched(files):
    assert answer("compare", *files)[1]["parts"] == {
        "old": [["A1", "S1"]],
        "new": [["A1", "S1"]],
        "grown": [],
        "moved": [],
    }


def test_compare_as_json_has_both_wordings_when_asked_for_in_full(files):
    changes = answer("compare", *files, "--full")
    jsonschema.validate(changes, SCHEMA)
    assert changes[1]["old_text"].splitlines()[1] == "(2) Gebühren werden nicht erhoben."
    assert changes[1]["new_text"] == changes[1]["old_text"].replace("kann", "soll")


def test_compare_lists_only_changes_of_substance_when_asked(files):
    assert [change["designation"] for change in answer("compare", *files, "--substance")] == ["§ 1"]


def test_compare_of_a_file_with_itself_is_an_empty_list(files):
    assert answer("compare", files[0], files[0]) == []


def test_compare_as_text_shows_what_went_and_what_came(files):
    assert run("compare", *files).stdout == (
        "TestG (Testgesetz)\n"
        "Old file built 20240101120000, new file built 20250101120000.\n"
        "Norms that differ: 2 (2 amended).\n"
        "Changes of substance (text): 1.\n"
        "\n"
        "The law as a whole (Gesetzeskopf): amended [rebuild]\n"
        "\n"
        "§ 1 Ziel: amended [text, heading]\n"
        "    title: - Zweck\n"
        "    title: + Ziel\n"
        "    ~ (1) Die Behörde [-kann-]{+soll+} nach § 2 Absatz 1 des Aufenthaltsgesetzes entscheiden.\n"
    )


class _Page(HTMLParser):
    """What a reader of the page meets: elements, and the words in ins and del."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {"ins": [], "del": []}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        for tag in ("ins", "del"):
            if tag in self.open and "span" not in self.open:
                self.words[tag].append(data)


def test_compare_as_page_marks_words_by_elements_and_is_well_formed(files):
    page = _Page(run("compare", *files, "--format", "html").stdout)
    assert page.open == []
    assert page.words == {"del": ["gestrichener", "Zweck", "kann"], "ins": ["eingefügter", "Ziel", "soll"]}


def test_compare_as_page_is_german_self_contained_and_has_scoped_headers(files):
    text = run("compare", *files, "--format", "html").stdout
    page = _Page(text)
    assert ("html", {"lang": "de"}) in page.seen
    assert {attrs.get("scope") for tag, attrs in page.seen if tag == "th"} == {"col", "row"}
    assert [tag for tag, attrs in page.seen if "src" in attrs or tag in ("link", "script")] == []
    assert re.findall(r"url\(|@import|https?:", text) == []
    ids = [attrs["id"] for _, attrs in page.seen if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"] for tag, attrs in page.seen if tag == "a"} == {f"#{name}" for name in ids}


def test_compare_as_page_shows_markup_in_a_law_as_text(tmp_path, files):
    new = tmp_path / "script.xml"
    new.write_text(OLD.replace("überall", "script"), encoding="utf-8")
    text = run("compare", files[0], str(new), "--format", "html").stdout
    assert "<script" not in text and "<überall" not in text


@needs_laws
def test_compare_of_the_residence_act_shows_16g_added_and_60c_kept():
    old, new = (str(DATA / day / "aufenthg_2004.xml.gz") for day in ("2023-11-15", "2024-03-06"))
    changes = answer("compare", old, new)
    jsonschema.validate(changes, SCHEMA)
    told = {change["designation"]: change for change in changes}
    assert (told["§ 16g"]["kind"], told["§ 16g"]["classes"]) == ("added", ["text"])
    assert [c["kind"] for c in changes if "§ 60c" in (c["designation"], c["old_designation"])] == ["amended"]
    assert told["§ 60c"]["substance"] is False


# citations


def test_citations_of_a_text_are_one_object_each(tmp_path):
    text = tmp_path / "note.txt"
    text.write_text("Nach §§ 16d, 18a Absatz 2 Satz 1 Nummer 3 AufenthG.", encoding="utf-8")
    found = answer("citations", str(text))
    fields = ("start", "end", "text", "law", "section", "absatz", "satz", "nummer", "buchstabe")
    assert [tuple(citation[name] for name in fields) for citation in found] == [
        (5, 50, "§§ 16d, 18a Absatz 2 Satz 1 Nummer 3 AufenthG", "AufenthG", "16d", None, None, None, None),
        (5, 50, "§§ 16d, 18a Absatz 2 Satz 1 Nummer 3 AufenthG", "AufenthG", "18a", "2", "1", "3", None),
    ]


def test_citations_are_read_from_standard_input():
    found = answer("citations", "-", given="gemäß § 5 AufenthG")
    assert [(citation["law"], citation["section"]) for citation in found] == [("AufenthG", "5")]


def test_citations_of_a_law_name_the_norm_they_stand_in(files):
    found = answer("citations", files[0])
    assert [(c["norm"], c["law"], c["section"], c["absatz"]) for c in found] == [("§ 1", "AufenthG", "2", "1")]


def test_citations_as_text_are_one_line_each():
    result = run("citations", "-", given="gemäß § 5 Abs. 1 AufenthG")
    assert result.stdout == "6\t§ 5 Abs. 1 AufenthG\t§ 5 Abs. 1 AufenthG\n"


def test_a_text_without_citations_has_an_empty_answer():
    assert answer("citations", "-", given="Nichts.") == []


# show


@pytest.mark.parametrize("asked", ["§ 1", "§1", "1", "§ 1", " § 1 ", "Paragraph 1"])
def test_show_finds_a_provision_however_it_is_typed(files, asked):
    assert [norm["designation"] for norm in answer("show", files[0], "--provision", asked)] == ["§ 1"]


@pytest.mark.parametrize("asked", ["Anlage", "anlage", "Anl."])
def test_show_finds_an_appendix(files, asked):
    assert [norm["text"] for norm in answer("show", files[0], "-p", asked)] == ["Muster"]


def test_show_finds_an_article_by_its_bare_number(tmp_path):
    file = tmp_path / "law.xml"
    file.write_text(OLD.replace("<enbez>§ 1</enbez>", "<enbez>Art 1</enbez>"), encoding="utf-8")
    for asked in ("Art. 1", "Artikel 1", "art1", "1"):
        assert [norm["designation"] for norm in answer("show", str(file), "-p", asked)] == ["Art 1"]


def test_show_as_text_prints_title_and_wording(files):
    assert run("show", files[0], "--provision", "§ 2").stdout == "§ 2\n\nDieses Gesetz gilt <überall>.\n"


def test_show_without_a_provision_lists_the_norms(files):
    assert run("show", files[0]).stdout.splitlines() == [
        "The law as a whole (Gesetzeskopf)",
        "§ 1 Zweck",
        "§ 2",
        "Anlage",
    ]


# files and refusals


def packed(path: Path, how: str) -> str:
    target = path / f"law.xml.{how}"
    if how == "gz":
        target.write_bytes(gzip.compress(OLD.encode()))
    else:
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("BJNR000010004.xml", OLD)
            archive.writestr("picture.jpg", b"no law")
    return str(target)


@pytest.mark.parametrize("how", ["gz", "zip"])
def test_a_packed_law_reads_like_a_plain_one(tmp_path, files, how):
    assert answer("compare", packed(tmp_path, how), files[0]) == []


def bad_files(path: Path) -> dict[str, tuple[bytes, str]]:
    """Content, and what the refusal says after the name of the file."""
    two = path / "build.zip"
    with zipfile.ZipFile(two, "w") as archive:
        archive.writestr("a.xml", OLD)
        archive.writestr("b.xml", OLD)
    return {
        "two.zip": (two.read_bytes(), " holds more than one law; exactly one is expected."),
        "empty.xml": (b"", ": The file is empty."),
        "page.xml": (b"<html/>", ': The file\'s root element is "html"; a federal law begins with "dokumente".'),
        "none.xml": (b"<dokumente/>", ": The file holds no norm with metadata, so no law."),
    }


@pytest.mark.parametrize("name", ["two.zip", "empty.xml", "page.xml", "none.xml"])
def test_a_file_that_is_no_law_is_refused_in_one_sentence(tmp_path, name):
    content, said = bad_files(tmp_path)[name]
    file = tmp_path / name
    file.write_bytes(content)
    result = run("show", str(file))
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{file}{said}\n")


@pytest.mark.parametrize("how", ["xml", "gz", "zip"])
def test_a_broken_file_is_refused_in_one_line(tmp_path, how):
    file = tmp_path / f"broken.{how}"
    whole = OLD.encode() if how == "xml" else Path(packed(tmp_path, how)).read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    result = run("show", str(file))
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert result.stderr.startswith(f"{file}: ")


def test_a_missing_file_is_refused(tmp_path, files):
    missing = str(tmp_path / "nothing.xml")
    result = run("compare", files[0], missing)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"There is no file {missing}.\n")


def test_a_folder_is_refused(tmp_path):
    result = run("show", str(tmp_path))
    assert (result.exit_code, result.stderr) == (2, f"{tmp_path} is a folder, not a file.\n")


def test_a_text_in_another_encoding_is_refused(tmp_path):
    file = tmp_path / "note.txt"
    file.write_bytes("gemäß § 5".encode("latin-1"))
    result = run("citations", str(file))
    assert (result.exit_code, result.stderr) == (2, f"{file} is not a text in UTF-8.\n")


def test_a_provision_the_law_does_not_have_is_refused(files):
    result = run("show", files[0], "-p", "§ 99")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", 'The law has no provision "§ 99".\n')


def test_an_unknown_format_is_refused(files):
    assert run("compare", *files, "--format", "pdf").exit_code == 2


def test_the_command_line_of_the_engine_needs_no_django():
    code = "import sys, nahtstelle.site.law_cli; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
