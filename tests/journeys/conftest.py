"""What journeys need: the demo centre put back before each story, and visitors with browsers of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.visitor import Visitor
from tests.keeping import open_demo


@pytest.fixture
def demo(db: None, shared_by_all: Path) -> None:
    """The demo centre, for stories without a browser."""
    open_demo(shared_by_all)


@pytest.fixture
def demo_centre(live_centre: str, shared_by_all: Path) -> str:
    """The demo centre, running; its address."""
    open_demo(shared_by_all)
    return live_centre


@pytest.fixture
def visitor(open_page: Callable[..., Any]) -> Callable[..., Visitor]:
    """``visitor(phone=True, language="en")``: somebody new before the start page."""

    def come(**how: Any) -> Visitor:
        return Visitor(open_page("/", **how), language=how.get("language", "de"))

    return come
