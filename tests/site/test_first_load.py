"""What comes with the first page: static files named after their content and packed, and how much it all weighs."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from nahtstelle.site import settings as of_the_house
from nahtstelle.site.serving import NotReady, gather_static_files

MOST_BYTES = 200_000  # of the start page with its styles and scripts, packed, without the fonts


@pytest.fixture
def gathered(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGES = of_the_house.STORAGES
    settings.STATIC_ROOT = tmp_path / "static"
    gather_static_files()
    return settings.STATIC_ROOT


def test_a_style_is_named_after_its_content_and_lies_packed_beside(gathered: Path) -> None:
    (style,) = gathered.glob("vendor/kern/kern.min.*.css")
    packed = style.with_name(style.name + ".gz")
    assert gzip.decompress(packed.read_bytes()) == style.read_bytes()


def test_gathering_again_changes_nothing(gathered: Path) -> None:
    before = {path: path.read_bytes() for path in gathered.rglob("*") if path.is_file()}
    gather_static_files()
    assert {path: path.read_bytes() for path in gathered.rglob("*") if path.is_file()} == before


def test_a_folder_that_cannot_be_written_is_one_sentence(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.STORAGES = of_the_house.STORAGES
    settings.STATIC_ROOT = tmp_path / "file" / "static"
    with pytest.raises(NotReady, match=r"static files cannot be gathered .* must be writable"):
        gather_static_files()


def test_the_start_page_weighs_little(db: None) -> None:
    page = Client().get("/", headers={"Accept-Encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    named = set(re.findall(r'(?:href|src)="/static/([^"]+)"', gzip.decompress(page.content).decode()))
    weights = {name: len(gzip.compress(_found(name).read_bytes())) for name in named if not name.endswith(".woff2")}
    assert {"vendor/kern/kern.min.css", "look/look.js"} <= set(weights)
    assert len(page.content) + sum(weights.values()) < MOST_BYTES


def _found(name: str) -> Path:
    found = finders.find(name)
    assert found is not None, name
    return Path(found)
