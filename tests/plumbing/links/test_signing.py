"""Signed links: good for one purpose, until their end, some of them once."""

from datetime import datetime, timedelta

import pytest
from django.core.signing import Signer

from nahtstelle.plumbing.links.models import OnceLink
from nahtstelle.plumbing.links.signing import (
    Damaged,
    Expired,
    Purpose,
    TakenBack,
    Used,
    forget_ended,
    give_out,
    given_out_since,
    read,
    read_once,
    sign,
    take_back,
    use,
    without_tokens,
)

OFTEN = Purpose("tests.often", timedelta(days=10))
ONCE = Purpose("tests.once", timedelta(minutes=15), once=True)
OTHER = Purpose("tests.other", timedelta(minutes=15), once=True)


def test_a_link_says_what_was_signed_until_its_last_day(now: datetime) -> None:
    token = sign(OFTEN, at=now, p=7)
    last = now.date() + timedelta(days=10)
    assert read(OFTEN, token, on=last).values == {"p": 7}
    with pytest.raises(Expired):
        read(OFTEN, token, on=last + timedelta(days=1))


def test_a_link_for_one_purpose_is_worth_nothing_to_another(now: datetime) -> None:
    other = Purpose("tests.else", timedelta(days=10))
    assert read(OFTEN, sign(OFTEN, at=now, p=7), on=now.date()).values == {"p": 7}
    with pytest.raises(Damaged):
        read(other, sign(OFTEN, at=now, p=7), on=now.date())


def test_links_in_letters_sent_before_stay_good(now: datetime) -> None:
    before = Signer(salt="nahtstelle.tests.often").sign_object({"p": 7, "u": "2026-12-24"})
    assert read(OFTEN, before, on=now.date()).values == {"p": 7}


@pytest.mark.parametrize("content", [{}, {"u": "soon"}, {"u": None}, [1, 2], "text"])
def test_nonsense_that_is_signed_is_refused_as_well(content: object, now: datetime) -> None:
    token = Signer(salt="nahtstelle.tests.often").sign_object(content)
    with pytest.raises(Damaged):
        read(OFTEN, token, on=now.date())


@pytest.mark.django_db
def test_reading_a_link_does_not_use_it_up(now: datetime) -> None:
    token = give_out(ONCE, about="a", at=now, m=1)
    for _number in range(3):  # as mail scanners do
        assert read_once(ONCE, token, at=now).values == {"m": 1}
    use(read_once(ONCE, token, at=now), at=now)
    with pytest.raises(Used):
        read_once(ONCE, token, at=now)


@pytest.mark.django_db
def test_of_two_who_use_a_link_at_a_time_one_is_refused(now: datetime) -> None:
    token = give_out(ONCE, about="a", at=now)
    mine, theirs = read_once(ONCE, token, at=now), read_once(ONCE, token, at=now)
    use(mine, at=now)
    with pytest.raises(Used):
        use(theirs, at=now)


@pytest.mark.django_db
def test_a_link_that_is_good_once_ends_at_its_moment(now: datetime) -> None:
    token = give_out(ONCE, about="a", at=now)
    assert read_once(ONCE, token, at=now + timedelta(minutes=15)).row
    with pytest.raises(Expired):
        read_once(ONCE, token, at=now + timedelta(minutes=15, seconds=1))


@pytest.mark.django_db
def test_taking_back_is_about_one_thing(now: datetime) -> None:
    mine, theirs, other = (
        give_out(purpose, about=about, at=now) for purpose, about in ((ONCE, "a"), (ONCE, "b"), (OTHER, "a"))
    )
    assert take_back(ONCE, about="a", at=now) == 1
    with pytest.raises(TakenBack):
        read_once(ONCE, mine, at=now)
    assert read_once(ONCE, theirs, at=now).row
    assert read_once(OTHER, other, at=now).row


@pytest.mark.django_db
def test_ended_links_are_forgotten_after_a_while_and_say_that_they_ended(now: datetime) -> None:
    token = give_out(ONCE, about="a", at=now)
    assert given_out_since(ONCE, about="a", since=now - timedelta(hours=1)) == 1
    assert forget_ended(at=now + timedelta(days=29)) == 0
    assert forget_ended(at=now + timedelta(days=31)) == 1
    assert not OnceLink.objects.exists()
    with pytest.raises(Expired):
        read_once(ONCE, token, at=now + timedelta(days=31))


@pytest.mark.django_db
def test_words_are_handed_on_without_the_tokens_in_them(now: datetime) -> None:
    often, once = sign(OFTEN, at=now, number=1), give_out(ONCE, about="x:1", at=now, number=1)
    words = f"Am 3.11.: bitte http://h/a/{often}/ oder http://h/b/{once} öffnen (abc:def, 10:30), Nr. 4-5."
    assert (
        without_tokens(words) == "Am 3.11.: bitte http://h/a/[…]/ oder http://h/b/[…] öffnen (abc:def, 10:30), Nr. 4-5."
    )


def test_the_token_of_a_password_is_one_as_well() -> None:
    address = "http://h/passwort/MQ/d1mq2g-0123456789abcdef0123456789abcdef/"
    assert without_tokens(address) == "http://h/passwort/MQ/[…]/"
