"""Signed numbers for mail addresses: short, without case, good until a day, for one purpose."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.plumbing.links.short import read_number, sign_number
from nahtstelle.plumbing.links.signing import Damaged, Expired, Purpose

ASKED = Purpose("tests.asked", timedelta(days=10))
OTHER = Purpose("tests.other", timedelta(days=10))


def test_a_token_says_its_number_until_its_last_day_in_any_case(now: datetime) -> None:
    token, today = sign_number(ASKED, 4711, at=now), timezone.localdate(now)
    assert [read_number(ASKED, one, on=today + timedelta(days=10)) for one in (token, token.upper())] == [4711, 4711]
    with pytest.raises(Expired):
        read_number(ASKED, token, on=today + timedelta(days=11))


def test_a_token_fits_into_an_address_beside_the_name_of_the_mailbox(now: datetime) -> None:
    longest = sign_number(ASKED, 10**14 - 1, at=now)
    assert len("m" * 20 + "+x" + longest) <= 64  # the longest name that the settings take
    assert read_number(ASKED, longest, on=timezone.localdate(now)) == 10**14 - 1
    with pytest.raises(Damaged):
        read_number(ASKED, sign_number(ASKED, 10**14, at=now), on=timezone.localdate(now))


def test_whatever_is_changed_makes_it_worthless(now: datetime) -> None:
    token, today = sign_number(ASKED, 12, at=now), timezone.localdate(now)
    _number, until, seal = token.split("-")
    changed = [
        f"13-{until}-{seal}",
        f"12-991231-{seal}",
        f"12-{until}-{'a' * 20}",
        f"12-{until}",
        token + "a",
        "",
        "\x00",
    ]
    for one in changed:
        with pytest.raises(Damaged):
            read_number(ASKED, one, on=today)
    with pytest.raises(Damaged):
        read_number(OTHER, token, on=today)


def test_a_key_that_was_replaced_is_believed_while_it_is_kept(now: datetime, settings: Any) -> None:
    token, today = sign_number(ASKED, 12, at=now), timezone.localdate(now)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert read_number(ASKED, token, on=today) == 12
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Damaged):
        read_number(ASKED, token, on=today)


@given(st.text(max_size=80))
def test_nothing_but_a_token_is_read(words: str) -> None:
    with pytest.raises(Damaged):
        read_number(ASKED, words, on=datetime(2026, 11, 23).date())
