"""Changing persons, roles and accounts by their pages."""

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse

from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.people.queries import visible_people
from tests.register.cast import Cast
from tests.register.world import SignIn, World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def address(somebody: Person, name: str = "people:person") -> str:
    return reverse(name, args=[somebody.slug])


def names(account: Account | None) -> set[str]:
    return set(visible_people(account, on=TODAY).values_list("name", flat=True))


def test_everybody_changes_their_own_particulars(as_: SignIn, there: World) -> None:
    data = {"name": "Pia Neu", "mail": "pia@example.org", "language": "en"}
    assert as_(there.pia).post(address(there.pia, "people:change"), data).status_code == 302
    there.pia.refresh_from_db()
    assert (there.pia.name, there.pia.language) == ("Pia Neu", "en")


def test_nobody_sets_the_end_of_their_own_data(as_: SignIn, there: World) -> None:
    data = {"name": "Pia", "mail": "pia@example.org", "language": "de", "ends_on": "2027-01-01"}
    as_(there.pia).post(address(there.pia, "people:change"), data)
    there.pia.refresh_from_db()
    assert there.pia.ends_on is None
    as_(there.people.dilan).post(address(there.pia, "people:change"), data)
    there.pia.refresh_from_db()
    assert there.pia.ends_on == date(2027, 1, 1)


@pytest.mark.parametrize("who", ["alice", "bob", "chloe"])
def test_the_particulars_of_others_are_kept_by_keepers_only(who: str, as_: SignIn, there: World) -> None:
    other = getattr(there.people, who)
    client = as_(other)
    expected = 404 if who == "chloe" else 403
    page = address(there.pia, "people:change")
    assert client.get(page).status_code == expected
    assert client.post(page, {"name": "Verändert", "language": "de"}).status_code == expected
    there.pia.refresh_from_db()
    assert there.pia.name == "Pia"
    assert as_(there.people.dilan).get(page).status_code == 200


def test_a_colleague_does_not_change_a_colleague(as_: SignIn, there: World) -> None:
    page = address(there.pia, "people:change")
    assert as_(there.nora).post(page, {"name": "X", "language": "de"}).status_code == 403


def test_persons_are_added_by_keepers_only(as_: SignIn, there: World) -> None:
    data = {"name": "Neue Person", "mail": "neu@example.org", "language": "de", "submission": str(uuid.uuid4())}
    for other in (there.people.alice, there.people.chloe, there.nora):
        assert as_(other).get(reverse("people:add")).status_code == 403
        assert as_(other).post(reverse("people:add"), data).status_code == 403
    assert as_(None).post(reverse("people:add"), data).status_code == 302
    assert not Person.objects.filter(name="Neue Person").exists()
    client = as_(there.people.dilan)
    for _number in range(2):  # sent twice, added once
        assert client.post(reverse("people:add"), data).url == "/personen/neue-person/"
    assert Person.objects.filter(name="Neue Person").count() == 1


def test_a_taken_address_comes_back_with_its_reason(as_: SignIn, there: World) -> None:
    data = {"name": "Zweite", "mail": "pia@example.org", "language": "de"}
    response = as_(there.people.dilan).post(reverse("people:add"), data)
    assert (response.status_code, "n-errors" in words(response)) == (422, True)


KEEPING = {
    "grant": ("people:grant", {"role": "editor", "valid_from": "2026-12-01"}),
    "account": ("people:account", {"mail": "neu@example.org"}),
    "close": ("people:close-account", {}),
}


def kept(somebody: Person) -> object:
    account = Account.objects.get(person=somebody)
    return account.mail, account.is_active, list(CentreRole.objects.filter(person=somebody).values_list("role"))


@pytest.mark.parametrize("what", KEEPING)
def test_roles_and_accounts_are_kept_by_the_head_and_nobody_else(what: str, as_: SignIn, there: World) -> None:
    name, data = KEEPING[what]
    page, before = address(there.pia, name), kept(there.pia)
    for other in (there.people.alice, there.people.dilan, there.pia, there.nora):
        assert as_(other).post(page, data).status_code == 403
    assert as_(there.wim).post(page, data).status_code == 404
    assert as_(None).post(page, data).status_code == 302
    assert kept(there.pia) == before
    assert as_(there.people.erik).post(page, data).status_code == 302
    assert kept(there.pia) != before


@pytest.mark.parametrize("what", KEEPING)
def test_the_head_keeps_no_role_and_account_of_their_own(what: str, as_: SignIn, people: Cast) -> None:
    name, data = KEEPING[what]
    before = kept(people.erik)
    assert as_(people.erik).post(address(people.erik, name), data).status_code == 403
    assert kept(people.erik) == before


def test_the_head_ends_a_role_by_its_page(as_: SignIn, people: Cast) -> None:
    role = CentreRole.objects.get(person=people.alice)
    page = reverse("people:end-role", args=[people.alice.slug, role.pk])
    assert page in words(as_(people.erik).get(address(people.alice)))
    assert page not in words(as_(people.bob).get(address(people.alice)))
    assert as_(people.bob).post(page, {"last_day": "2026-12-31"}).status_code == 403
    assert as_(people.erik).post(page, {"last_day": "2026-12-31"}).status_code == 302
    role.refresh_from_db()
    assert role.valid_until == date(2026, 12, 31)


def test_a_role_of_another_is_not_reached_through_a_persons_page(as_: SignIn, people: Cast) -> None:
    role = CentreRole.objects.get(person=people.erik)
    page = reverse("people:end-role", args=[people.alice.slug, role.pk])
    assert as_(people.erik).post(page, {"last_day": "2026-12-31"}).status_code == 404


def test_the_history_is_for_those_who_give_roles(as_: SignIn, there: World) -> None:
    as_(there.people.dilan).post(
        address(there.pia, "people:change"), {"name": "Pia N.", "mail": "pia@example.org", "language": "de"}
    )
    assert "n-timeline" in words(as_(there.people.erik).get(address(there.pia)))
    for other in (there.people.alice, there.pia, there.nora):
        assert "n-timeline" not in words(as_(other).get(address(there.pia)))


def test_a_closed_account_can_be_opened_again(as_: SignIn, there: World) -> None:
    client = as_(there.people.erik)
    client.post(address(there.pia, "people:close-account"))
    assert not Account.objects.get(person=there.pia).is_active
    assert as_(there.people.alice).post(address(there.pia, "people:open-account")).status_code == 403
    as_(there.people.erik).post(address(there.pia, "people:open-account"))
    assert Account.objects.get(person=there.pia).is_active
