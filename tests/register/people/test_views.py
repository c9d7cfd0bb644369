"""Pages of persons: staff see all, colleagues each other, the public nobody."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.people.queries import visible_people
from nahtstelle.register.programmes.models import Engagement
from tests.register.cast import person
from tests.register.world import SignIn, World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def address(somebody: Person, name: str = "people:person") -> str:
    return reverse(name, args=[somebody.slug])


def names(account: Account | None) -> set[str]:
    return set(visible_people(account, on=TODAY).values_list("name", flat=True))


# Who sees whom.


def test_staff_see_everybody(there: World) -> None:
    assert names(there.people.alice.account) == set(Person.objects.values_list("name", flat=True))


def test_colleagues_see_those_of_their_own_programmes(there: World) -> None:
    assert names(there.pia.account) == {"Pia", "Nora"}
    assert names(there.wim.account) == {"Wim"}


def test_a_colleague_who_left_is_not_seen_and_does_not_see(there: World) -> None:
    assert "Zoe" in {e.person.name for e in Engagement.objects.all()}
    assert names(there.zoe.account) == {"Zoe"}
    assert names(there.nora.account) == {"Pia", "Nora"}


def test_who_has_no_role_sees_only_themselves(there: World) -> None:
    assert names(there.people.chloe.account) == {"Chloé"}


def test_the_public_sees_nobody(there: World) -> None:
    assert names(None) == set()


def test_a_closed_account_sees_nobody(there: World) -> None:
    there.people.alice.account.is_active = False
    assert names(there.people.alice.account) == set()


def test_whom_one_sees_is_one_query_more_than_ones_roles(there: World, django_assert_num_queries) -> None:
    account = Account.objects.select_related("person").get(person=there.pia)
    with django_assert_num_queries(2):
        list(visible_people(account, on=TODAY))


# The list.


def test_the_list_shows_whom_one_may_see(as_: SignIn, there: World) -> None:
    assert address(there.wim) in words(as_(there.people.alice).get(reverse("people:people")))
    page = words(as_(there.pia).get(reverse("people:people")))
    assert "nora@example.org" in page
    assert address(there.wim) not in page
    assert as_(None).get(reverse("people:people")).status_code == 302


def test_the_list_says_nothing_of_accounts_to_colleagues(as_: SignIn, there: World) -> None:
    assert '<th role="columnheader" scope="col" class="n-cell--text">Konto' in words(
        as_(there.people.alice).get(reverse("people:people"))
    )
    assert "Konto</th>" not in words(as_(there.pia).get(reverse("people:people")))


@pytest.mark.parametrize("said", ["nora", "NORA@example", "example nora"])
def test_the_list_is_searched_by_name_and_mail(said: str, as_: SignIn, there: World) -> None:
    page = words(as_(there.people.alice).get(reverse("people:people"), {"q": said}))
    assert (address(there.nora) in page, address(there.pia) in page) == (True, False)


def test_the_list_is_filtered_by_the_roles_of_today(as_: SignIn, there: World) -> None:
    CentreRole.objects.create(person=there.zoe, role="editor", valid_until=date(2020, 1, 1))
    page = words(as_(there.people.alice).get(reverse("people:people"), {"role": "editor"}))
    assert (address(there.people.bob) in page, address(there.zoe) in page) == (True, False)


def test_an_empty_result_says_so(as_: SignIn, there: World) -> None:
    assert "n-empty" in words(as_(there.people.alice).get(reverse("people:people"), {"q": "gibtesnicht"}))


def test_the_list_costs_the_same_however_long_it_is(as_: SignIn, there: World, django_assert_num_queries) -> None:
    client = as_(there.people.alice)
    with CaptureQueriesContext(connection) as short:
        client.get(reverse("people:people"))
    for number in range(60):
        person(f"Person {number}", role="researcher")
    with django_assert_num_queries(len(short)):
        page = words(client.get(reverse("people:people")))
    assert "?page=2" in page


# One person.


def test_a_page_opens_to_who_may_see_the_person(as_: SignIn, there: World) -> None:
    assert as_(there.people.alice).get(address(there.pia)).status_code == 200
    assert as_(there.nora).get(address(there.pia)).status_code == 200
    assert as_(there.pia).get(address(there.pia)).status_code == 200


def test_for_all_others_the_person_does_not_exist(as_: SignIn, there: World) -> None:
    unknown = as_(there.wim).get("/personen/gibt-es-nicht/")
    hidden = as_(there.wim).get(address(there.pia))
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert as_(None).get(address(there.pia)).status_code == 302


def test_a_colleague_sees_no_account_and_no_history(as_: SignIn, there: World) -> None:
    private = "pia@accounts.example.org"
    assert private in words(as_(there.people.alice).get(address(there.pia)))
    assert private in words(as_(there.pia).get(address(there.pia)))
    assert private not in words(as_(there.nora).get(address(there.pia)))


def test_the_page_shows_roles_organisations_and_programmes_with_their_days(as_: SignIn, there: World) -> None:
    client = as_(there.people.alice)
    client.cookies["django_language"] = "en"
    page = words(client.get(address(there.pia)))
    assert "Beraterin" in page
    assert reverse("programmes:project", args=["beratung-hannover"]) in page
    assert "since 1 January 2023" in page
    assert "ended" in words(client.get(address(there.zoe)))


def test_what_a_person_did_before_is_not_shown_to_colleagues(as_: SignIn, there: World) -> None:
    Engagement.objects.create(
        person=there.pia, role="evaluator", programme=there.wir, network=there.south, valid_until=date(2024, 12, 31)
    )
    link = reverse("programmes:network", args=["wir-sued"])
    assert link in words(as_(there.people.alice).get(address(there.pia)))
    assert link in words(as_(there.pia).get(address(there.pia)))
    assert link not in words(as_(there.nora).get(address(there.pia)))


@pytest.mark.parametrize(
    ("language", "heading", "right", "why"),
    [
        ("de", "Was ich darf und warum", "das Vokabular ändern und Begriffe importieren", "als Redakteur*in"),
        ("en", "What I may do, and why", "change the vocabulary and import concepts", "as editor"),
    ],
)
def test_my_page_says_what_i_may_do_and_why(
    language: str, heading: str, right: str, why: str, as_: SignIn, there: World
) -> None:
    client = as_(there.people.bob)
    client.cookies["django_language"] = language
    page = words(client.get(reverse("people:me"), follow=True))
    assert heading in page
    assert right in page
    assert why in page


def test_my_page_names_what_a_role_in_a_programme_allows(as_: SignIn, there: World) -> None:
    client = as_(there.nora)
    client.cookies["django_language"] = "en"
    page = words(client.get(address(there.nora)))
    assert "say who works in the network RIN North" in page
    assert "as network coordination" in page


def test_a_person_without_roles_is_told_so(as_: SignIn, there: World) -> None:
    client = as_(there.people.chloe)
    client.cookies["django_language"] = "en"
    assert "More comes with a role" in words(client.get(address(there.people.chloe)))
