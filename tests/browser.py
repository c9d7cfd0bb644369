"""Journeys: stories in a real browser, watched for scripts that fail, strangers that are called, and barriers."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

PICTURES = Path(__file__).parent.parent / "build" / "screenshots"
QUIET = "--no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-quic"
# No name but ours is known: what a page asks of another host is noted and leads nowhere.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# WCAG 2.2 at levels A and AA, and what axe counts as good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, once for all journeys of this process."""
    from playwright.sync_api import sync_playwright  # reason: only journeys pay for it

    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium (Debian's package chromium)")
        pytest.skip("needs Chromium (Debian's package chromium)")
    # The driver runs an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", ALONE, *QUIET.split()]
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def live_centre(live_server: Any, settings: Any) -> str:
    """The address of a running centre on the test's own database, e.g. ``http://localhost:41234``."""
    settings.BASE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return live_server.url


@pytest.fixture
def open_page(browser: Any, live_centre: str) -> Iterator[Callable[..., Any]]:
    """``open_page("/pfad", phone=True, language="en", dark=True, script=False)``: a page in a visit of its own.

    At the end the test fails if a page called another host, a script failed, or the content security policy was broken.
    """
    visits: list[Any] = []
    trouble: list[str] = []

    def watch(page: Any) -> None:
        page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))
        page.on("console", lambda said: _note_console(said, page, trouble))
        page.on("request", lambda request: _note_stranger(request.url, live_centre, trouble))

    def open_(path: str = "/", *, phone: bool = False, language: str = "de", dark: bool = False, script: bool = True):
        visit = browser.new_context(
            base_url=live_centre,
            viewport=PHONE if phone else DESKTOP,
            locale={"de": "de-DE", "en": "en-GB"}[language],
            timezone_id="Europe/Berlin",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        visit.set_default_timeout(15_000)
        visits.append(visit)
        visit.on("page", watch)
        page = visit.new_page()
        page.goto(path)
        return page

    yield open_
    for visit in visits:
        visit.close()
    assert trouble == []


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """The start page on a desktop, in German."""
    return open_page("/")


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], None]:
    """``axe(page)`` fails with a readable list where the page has a barrier."""

    def check(page: Any, within: str | None = None) -> None:
        from axe_playwright_python.base import AXE_SCRIPT  # reason: only journeys pay for it

        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        # Only what is wrong comes over: what passed is a hundred times as much, and took as long as the looking.
        found = page.evaluate(
            "([within, options]) => axe.run(within || document, options).then(found => found.violations)",
            [within, {"runOnly": RULES, "resultTypes": ["violations"]}],
        )
        assert _readable(found) == "", f"Barriers at {page.url}"

    return check


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """``picture(page, "desk")`` keeps build/screenshots/desk.png when pytest is called with --pictures."""
    wanted = request.config.getoption("--pictures")

    def take(page: Any, name: str, *, whole: bool = False) -> None:
        if wanted:
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)

    return take


def _note_console(said: Any, page: Any, trouble: list[str]) -> None:
    # A refused form (4xx) is part of many stories; a script or a policy that fails is not.
    if said.type == "error" and "Failed to load resource" not in said.text:
        trouble.append(f"{page.url}: {said.text}")


def _note_stranger(asked: str, centre: str, trouble: list[str]) -> None:
    if urlsplit(asked).scheme not in ("data", "blob") and not asked.startswith(centre + "/"):
        trouble.append(f"A page called another host: {asked}")


def _readable(violations: list[dict[str, Any]]) -> str:
    lines = []
    for violation in violations:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        lines += [f"    {node['html'][:160]}" for node in violation["nodes"][:5]]
    return "\n".join(lines)
