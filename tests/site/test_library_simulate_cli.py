"""The command line ``nahtstelle library simulate``: answers, and refusals in one sentence."""

import csv
import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from nahtstelle.engines.literature.screening import ranking
from nahtstelle.site.library_cli import app
from tests.engines.literature.screening.making import pool


def run(*args: str) -> Result:
    return CliRunner().invoke(app, ["simulate", *args])


def text(size: int = 60) -> str:
    records, labels = pool(size)
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(["record_id", "title", "abstract", "keywords", "label_included"])
    for record, label in zip(records, labels, strict=True):
        lines.writerow([record.key, record.title, record.abstract, "", label])
    return written.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "review.csv"
    path.write_text(text(), encoding="utf-8")
    return path


def test_the_answer_as_json_has_the_figures_and_the_curve(file):
    result = run(str(file), "--seed", "3", "--format", "json")
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert {"loss", "wss95", "recall10", "atd", "seconds", "curve"} <= set(answer)
    assert answer["curve"] == sorted(answer["curve"])
    assert (len(answer["curve"]), answer["curve"][-1]) == (58, answer["included"] - 1)
    assert len({*answer["order"], *answer["priors"]}) == answer["records"] == 60
    assert 0 <= answer["loss"] < 0.2


def test_the_same_seed_gives_the_same_order_another_begins_elsewhere(file):
    one, again, other = (
        json.loads(run(str(file), "--seed", seed, "--format", "json").stdout) for seed in ("1", "1", "2")
    )
    assert one["order"] == again["order"]
    assert one["priors"] != other["priors"]


def test_the_answer_as_text_shows_the_recall_curve(file):
    shown = run(str(file)).stdout
    assert "WSS@95" in shown
    assert shown.rstrip().splitlines()[-1].split()[2] == "100.0%"


def test_a_packed_file_is_read_as_the_open_one(file, tmp_path):
    packed = tmp_path / "review.csv.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    one, other = (json.loads(run(str(path), "--format", "json").stdout) for path in (file, packed))
    assert one["order"] == other["order"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"title,abstract\na,b\n", "has no column label_included."),
        (b"", "has no column title and no column abstract and no column label_included."),
        (b"title,abstract,label_included\na,b,yes\n", 'line 2: label_included is "yes"; it must be 0 or 1.'),
        (b"title,abstract,label_included\na,b,1\nc,d,0\n", "at least two relevant records and an irrelevant one"),
        (b'title,abstract,label_included\n"a,b,1\n', "this is no CSV file"),
        ("title,abstract,label_included\nÜ,b,1\n".encode("latin-1"), "is not a text in UTF-8."),
        (gzip.compress(text().encode())[:200], "is packed, and damaged."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    result = run(str(path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_refused(tmp_path):
    result = run(str(tmp_path / "none.csv"))
    assert (result.exit_code, result.stderr) == (2, f"There is no file {tmp_path / 'none.csv'}.\n")


def test_a_mistake_in_a_model_is_not_told_as_a_refusal(file, monkeypatch):
    def mistaken(space):
        raise ValueError("operands could not be broadcast together")

    monkeypatch.setitem(ranking.MODELS, "mistaken", mistaken)
    result = run(str(file), "--model", "mistaken")
    assert (result.exit_code, type(result.exception)) == (1, ValueError)


def test_an_unknown_model_is_refused_with_those_that_are_known(file):
    result = run(str(file), "--model", "oracle")
    assert (result.exit_code, result.stderr) == (2, 'There is no model named "oracle"; there are: machine.\n')


def test_the_command_line_starts_without_the_heavy_libraries():
    code = "import sys, nahtstelle.site.library_simulate_cli; sys.exit(bool({'django', 'numpy', 'sklearn'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
