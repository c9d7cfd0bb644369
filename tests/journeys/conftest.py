"""What journeys need: the demo centre put back before each story, and visitors with browsers of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.keeping import Kept, keep
from tests.journeys.visitor import Visitor


class _Demo:
    """Loaded once in a process, put back as it was from then on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept: Kept | None = None

    def ready(self) -> None:
        from nahtstelle.site.demo.loading import load_demo  # reason: Django must be set up first

        if self.kept is None:
            load_demo()
            self.kept = keep(self.folder / "files")
        else:
            self.kept.put_back()


@pytest.fixture(scope="session")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> _Demo:
    return _Demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demo(db: None, _demo: _Demo) -> None:
    """The demo centre, for stories without a browser."""
    _demo.ready()


@pytest.fixture
def demo_centre(live_centre: str, _demo: _Demo) -> str:
    """The demo centre, running; its address."""
    _demo.ready()
    return live_centre


@pytest.fixture
def visitor(open_page: Callable[..., Any]) -> Callable[..., Visitor]:
    """``visitor(phone=True, language="en")``: somebody new before the start page."""

    def come(**how: Any) -> Visitor:
        return Visitor(open_page("/", **how), language=how.get("language", "de"))

    return come
