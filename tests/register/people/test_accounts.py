from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import translation

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry, Touch
from nahtstelle.register.people import actions
from nahtstelle.register.people.models import Account, CentreRole
from tests.register.cast import Cast
from tests.register.world import SignIn

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def test_an_account_without_a_password_lets_nobody_in_by_one(by: Actor, people: Cast, client: Client) -> None:
    account = actions.create_account(person=people.fatma, by=by, at=AT)
    assert (account.mail, account.has_usable_password()) == ("fatma@example.org", False)


def test_an_account_with_a_password_lets_in_by_it(by: Actor, people: Cast) -> None:
    account = actions.create_account(
        person=people.fatma, mail="f@example.org", password="Wacholder-7-Boote", by=by, at=AT
    )
    assert account.check_password("Wacholder-7-Boote")
    assert Account.objects.get_by_natural_key("F@EXAMPLE.ORG") == account


def test_passwords_never_reach_the_ledger(by: Actor, people: Cast) -> None:
    account = actions.create_account(person=people.fatma, password="Wacholder-7-Boote", by=by, at=AT)
    kept = str(list(Entry.objects.values())) + str(list(Touch.objects.values()))
    assert "fatma@example.org" in kept
    assert "Wacholder" not in kept
    assert account.password not in kept


def test_a_weak_password_is_refused(by: Actor, people: Cast) -> None:
    with pytest.raises(Refusal, match="too short"):
        actions.create_account(person=people.fatma, password="kurz", by=by, at=AT)
    assert not Account.objects.filter(person=people.fatma).exists()


@pytest.mark.parametrize(
    ("who", "mail", "sentence"),
    [
        ("alice", "neu@example.org", "Alice already has an account"),
        ("fatma", "ALICE@accounts.example.org", "Another account has this e-mail address"),
        ("fatma", "", ""),
    ],
)
def test_a_second_account_is_refused(who: str, mail: str, sentence: str, by: Actor, people: Cast) -> None:
    if not sentence:
        people.fatma.mail, sentence = "", "An account needs an e-mail address"
    with pytest.raises(Refusal, match=sentence):
        actions.create_account(person=getattr(people, who), mail=mail, by=by, at=AT)


def test_a_closed_account_ends_its_sessions_at_once(as_: SignIn, by: Actor, people: Cast) -> None:
    client = as_(people.alice)
    assert client.get("/personen/").status_code == 200
    actions.close_account(account=people.alice.account, by=by, at=AT)
    assert client.get("/personen/").status_code == 302
    actions.open_account(account=Account.objects.get(person=people.alice), by=by, at=AT)
    assert as_(people.alice).get("/personen/").status_code == 200


def test_nobody_closes_their_own_account(people: Cast) -> None:
    with pytest.raises(NotYours, match="Please ask a colleague"):
        actions.close_account(account=people.erik.account, by=people.erik.account.actor, at=AT)


def test_the_last_who_gives_roles_stays(by: Actor, people: Cast) -> None:
    with pytest.raises(NotNow, match="Nobody would be left who can give roles"):
        actions.close_account(account=people.erik.account, by=by, at=AT)
    CentreRole.objects.create(person=people.bob, role="administrator", valid_from=date(2026, 1, 1))
    actions.close_account(account=people.erik.account, by=by, at=AT)
    assert not Account.objects.get(person=people.erik).is_active


def test_a_changed_address_signs_in(by: Actor, people: Cast) -> None:
    actions.change_account_mail(account=people.alice.account, mail="a@example.org", by=by, at=AT)
    assert Account.objects.get(person=people.alice).mail == "a@example.org"
    with pytest.raises(Refusal, match="Another account has this"):
        actions.change_account_mail(account=people.alice.account, mail="BOB@accounts.example.org", by=by, at=AT)
