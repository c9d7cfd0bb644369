"""``nahtstelle search``: make the index anew, measure what it finds."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from nahtstelle.site.search.models import Document
from nahtstelle.site.search_cli import app
from tests.rooms.outputs.making import make_cast, published

pytestmark = pytest.mark.django_db


def test_rebuild_says_what_it_did() -> None:
    published(make_cast(), title="Zitronenbaum", body="Ein Satz.")
    said = CliRunner().invoke(app, ["rebuild"])
    assert said.exit_code == 0
    assert "documents" in said.output
    assert Document.objects.filter(source="outputs").exists()


def test_evaluate_prints_the_figures(tmp_path: Path) -> None:
    made = published(make_cast(), title="Zitronenbaum", body="Ein Satz.")
    CliRunner().invoke(app, ["rebuild"])
    (tmp_path / "j.csv").write_text(f"query,document,grade\nZitronenbäume,output:{made.slug},3\n")
    said = CliRunner().invoke(app, ["evaluate", str(tmp_path / "j.csv")])
    assert said.exit_code == 0
    assert "nDCG@10    1.000" in said.output
    assert "p95" in said.output


@pytest.mark.parametrize("content", ["", "query,document\n", "query,document,grade\na,b,9\n"])
def test_evaluate_refuses_a_bad_file_in_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "j.csv").write_text(content)
    assert CliRunner().invoke(app, ["evaluate", str(tmp_path / "j.csv")]).exit_code == 2
