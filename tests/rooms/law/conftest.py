from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from tests.rooms.law.making import only_law_reacts


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences are compared in English, in which they are written."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _law_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    only_law_reacts(monkeypatch)


@pytest.fixture(autouse=True)
def _own_files(settings: object, tmp_path: Path) -> None:
    """What a test keeps on disk lies in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined] # pytest-django's settings know no types
