from datetime import date, datetime, time, timedelta

import pytest
from django.core.signing import Signer
from django.db import IntegrityError

from nahtstelle.plumbing.kit.refusals import NotNow
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.notices.actions import set_preference, unsubscribe
from nahtstelle.register.notices.models import Preference
from nahtstelle.register.notices.unsubscribing import (
    Subscription,
    Wish,
    read_token,
    unsubscribe_headers,
    unsubscribe_url,
)
from tests.register.cast import Cast
from tests.register.notices.making import SYSTEM


def choose(person, at: datetime, **changed):  # what a person chose, the rest as usual
    given = {
        "rhythm": "weekly",
        "quiet_from": time(22),
        "quiet_until": time(7),
        "digest_hour": 9,
        "law_letters": True,
        "themes": [],
        "by": SYSTEM,
        "at": at,
    }
    return set_preference(person=person, **{**given, **changed})


def token_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def test_a_choice_is_kept_and_in_the_trail(people: Cast, now: datetime) -> None:
    kept = choose(people.alice, now)
    kept.refresh_from_db()
    assert (kept.rhythm, kept.quiet_from, kept.quiet_until, kept.digest_hour) == ("weekly", time(22), time(7), 9)
    assert Entry.objects.get().touches.get().changes == {
        "rhythm": ["daily", "weekly"],
        "quiet_from": [None, "22:00:00"],
        "quiet_until": [None, "07:00:00"],
        "digest_hour": [8, 9],
    }


def test_the_same_choice_again_records_nothing(people: Cast, now: datetime) -> None:
    choose(people.alice, now)
    choose(people.alice, now)
    assert Entry.objects.count() == 1


def test_a_choice_forgets_nothing_of_the_last_digest(people: Cast, now: datetime) -> None:
    Preference.objects.create(person=people.alice, last_digest_on=date(2026, 11, 23))
    choose(people.alice, now)
    assert Preference.objects.get().last_digest_on == date(2026, 11, 23)


def test_quiet_hours_with_one_end_are_refused_by_the_database(people: Cast) -> None:
    with pytest.raises(IntegrityError):
        Preference.objects.create(person=people.alice, quiet_from=time(22))


def test_unsubscribing_from_notices_leaves_the_letters_on_law(people: Cast, now: datetime) -> None:
    assert unsubscribe(person=people.alice, what=Subscription.DIGEST, by=SYSTEM, at=now) is True
    assert Preference.objects.values_list("rhythm", "law_letters").get() == ("never", True)


def test_unsubscribing_from_letters_on_law_leaves_the_notices(people: Cast, now: datetime) -> None:
    unsubscribe(person=people.alice, what=Subscription.LAW_LETTERS, by=SYSTEM, at=now)
    assert Preference.objects.values_list("rhythm", "law_letters").get() == ("daily", False)


def test_unsubscribing_twice_is_recorded_once(people: Cast, now: datetime) -> None:
    unsubscribe(person=people.alice, what=Subscription.DIGEST, by=SYSTEM, at=now)
    assert unsubscribe(person=people.alice, what=Subscription.DIGEST, by=SYSTEM, at=now) is False
    assert list(Entry.objects.values_list("fact", flat=True)) == ["notices.Unsubscribed"]


def test_a_link_says_who_wants_to_be_rid_of_what(people: Cast, now: datetime) -> None:
    token = token_of(unsubscribe_url(people.alice, Subscription.LAW_LETTERS, at=now))
    assert read_token(token, on=now.date()) == Wish(person=people.alice.pk, what=Subscription.LAW_LETTERS)


def test_a_link_is_good_for_a_year(people: Cast, now: datetime) -> None:
    token = token_of(unsubscribe_url(people.alice, Subscription.DIGEST, at=now))
    assert read_token(token, on=now.date() + timedelta(days=365)).person == people.alice.pk
    with pytest.raises(NotNow, match=r"expired|abgelaufen"):
        read_token(token, on=now.date() + timedelta(days=366))


@pytest.mark.parametrize("damage", ["", "x", "{}x", "x{}", "{}:", "\x00", "a:b:c"])
def test_a_damaged_link_is_refused_with_a_sentence(people: Cast, now: datetime, damage: str) -> None:
    token = token_of(unsubscribe_url(people.alice, Subscription.DIGEST, at=now))
    with pytest.raises(NotNow, match=r"damaged|beschädigt"):
        read_token(damage.format(token) if "{}" in damage else damage, on=now.date())


def test_a_token_signed_for_something_else_is_refused(people: Cast, now: datetime) -> None:

    other = Signer(salt="another purpose").sign_object({"p": people.alice.pk, "w": "digest", "u": "2030-01-01"})
    with pytest.raises(NotNow):
        read_token(other, on=now.date())


def test_headers_let_the_mail_program_do_it(people: Cast, now: datetime) -> None:
    address = unsubscribe_url(people.alice, Subscription.DIGEST, at=now)
    assert unsubscribe_headers(people.alice, Subscription.DIGEST, at=now) == {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
