"""The clock of the demo: it begins where the story ends, goes on from there, and says so."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from nahtstelle.site import clock
from nahtstelle.site.demo import preparing
from nahtstelle.site.demo.moments import TOUR_DAY
from nahtstelle.site.door.codes import step_of
from tests.cast import APP
from tests.site.reading_pages import page, words

LATER = datetime(2027, 8, 3, 7, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock_as_before() -> Iterator[None]:
    yield
    clock.set_behind(0)


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(preparing, "_notice", lambda: tmp_path / "demo-centre.json")
    return tmp_path


def begin(home: Path) -> None:
    """What loading the demo does to the clock."""
    preparing._note(preparing.LOADING)
    preparing.set_clock()
    preparing._note(preparing.LOADED)


def test_the_day_the_demo_is_loaded_is_the_day_its_story_ends(home: Path) -> None:
    with time_machine.travel(LATER):
        assert timezone.localdate() == date(2027, 8, 3)
        begin(home)
        assert (timezone.localdate(), timezone.now().hour) == (TOUR_DAY, 7)


def test_the_clock_goes_on_and_a_restart_keeps_it(home: Path) -> None:
    with time_machine.travel(LATER):
        begin(home)
    clock.set_behind(0)  # another process
    with time_machine.travel(LATER + timedelta(days=4)):
        preparing.set_clock()
        assert timezone.localdate() == TOUR_DAY + timedelta(days=4)


def test_a_demo_that_was_loaded_without_a_clock_keeps_that_of_the_world(home: Path) -> None:
    note = {"database": preparing._identity(), "state": preparing.LOADED}
    (home / "demo-centre.json").write_text(json.dumps(note))
    with time_machine.travel(LATER):
        preparing.set_clock()
        assert timezone.now() == LATER


def test_the_code_of_an_app_is_that_of_the_clocks_outside(home: Path) -> None:
    with time_machine.travel(LATER, tick=False):
        begin(home)
        shown = pyotp.TOTP(APP).at(LATER)
        assert step_of(APP, shown, at=timezone.now()) == int(LATER.timestamp()) // 30


@pytest.mark.django_db
def test_every_page_says_which_day_it_is_here(home: Path) -> None:
    with time_machine.travel(LATER):
        before = words(page(Client().get("/ueber/")).xpath("//aside[@class='n-ribbon']")[0])
        begin(home)
        german, english = (
            words(
                page(Client().get("/ueber/", headers={"accept-language": one})).xpath("//aside[@class='n-ribbon']")[0]
            )
            for one in ("de", "en")
        )
    assert before == "Demo: alle Inhalte sind erfunden"
    assert german == "Demo: alle Inhalte sind erfunden · hier ist der 23. November 2026"
    assert english == "Demo: all content is invented · here it is 23 November 2026"


def test_in_the_first_hour_of_a_summer_day_the_story_has_ended_too(home: Path) -> None:
    with time_machine.travel(datetime(2027, 8, 2, 22, 30, tzinfo=UTC)):  # half past midnight in Berlin
        begin(home)
        assert timezone.localdate() == TOUR_DAY
