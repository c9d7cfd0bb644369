"""Pages of organisations: for those who work with us; their people only for who may see them."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people.models import Person
from tests.register.world import SignIn, World

pytestmark = pytest.mark.django_db
LIST = "organisations:organisations"


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def page_of(there: World) -> str:
    return reverse("organisations:organisation", args=[there.carrier.slug])


def test_organisations_are_for_those_who_work_with_us(as_: SignIn, there: World) -> None:
    for address in (reverse(LIST), page_of(there)):
        for reader in (there.people.alice, there.pia, there.people.chloe):
            assert "Träger e. V." in words(as_(reader).get(address))
        assert as_(None).get(address).status_code == 302


def test_the_people_of_an_organisation_are_shown_to_who_may_see_them(as_: SignIn, there: World) -> None:
    def shown(reader: Person) -> set[str]:
        page = words(as_(reader).get(page_of(there)))
        return {name for name in ("Beraterin", "Beirat") if name in page}

    assert shown(there.people.alice) == {"Beraterin", "Beirat"}
    assert shown(there.nora) == {"Beraterin"}
    assert shown(there.wim) == {"Beirat"}
    assert shown(there.people.chloe) == set()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "trager"}, True),
        ({"q": "TRÄGER e.V"}, True),
        ({"q": "kammer"}, False),
        ({"kind": "sh-traeger"}, True),
        ({"region": "DE-NI"}, True),
        ({"region": "DE"}, True),
        ({"region": "DE-BY"}, False),
        ({"region": "gibt-es-nicht"}, True),
    ],
)
def test_the_list_is_searched_and_filtered(query: dict[str, str], found: bool, as_: SignIn, there: World) -> None:
    page = words(as_(there.people.alice).get(reverse(LIST), query))
    assert (page_of(there) in page) is found
    assert ("n-empty" in page) is not found


def test_the_list_costs_the_same_however_long_it_is(as_: SignIn, there: World, django_assert_num_queries) -> None:
    client = as_(there.people.alice)
    with CaptureQueriesContext(connection) as short:
        client.get(reverse(LIST))
    Organisation.objects.bulk_create(
        Organisation(slug=f"o-{n}", name=f"Organisation {n}", kind=there.carrier_kind, region=there.bavaria)
        for n in range(60)
    )
    with django_assert_num_queries(len(short)):
        assert "?page=2" in words(client.get(reverse(LIST)))


@pytest.mark.parametrize(("language", "title"), [("de", "Organisationen"), ("en", "Organisations")])
def test_pages_speak_both_languages(language: str, title: str, as_: SignIn, there: World) -> None:
    client = as_(there.people.alice)
    client.cookies["django_language"] = language
    assert f'<h1 class="n-head__title">{title}</h1>' in words(client.get(reverse(LIST)))
    assert client.get(page_of(there)).status_code == 200


def forms(there: World) -> dict[str, tuple[str, dict[str, object]]]:
    membership = Membership.objects.get(person=there.pia)
    return {
        "add": (reverse("organisations:add"), {"name": "Neue", "kind": there.carrier_kind.pk}),
        "change": (
            reverse("organisations:change", args=[there.carrier.slug]), {"name": "Andere", "kind": there.carrier_kind.pk}
        ),
        "join": (reverse("organisations:join", args=["nora"]), {"organisation": there.carrier.pk, "function": "Gast"}),
        "leave": (reverse("organisations:leave", args=[membership.pk]), {"last_day": "2026-12-31"}),
    }  # fmt: skip


def state() -> object:
    return list(Organisation.objects.values_list("name")), list(Membership.objects.order_by("pk").values_list())


@pytest.mark.parametrize("what", ["add", "change", "join", "leave"])
def test_organisations_are_changed_by_keepers_and_nobody_else(what: str, as_: SignIn, there: World) -> None:
    address, data = forms(there)[what]
    data["submission"] = str(uuid.uuid4())
    before = state()
    for other in (there.people.alice, there.people.bob, there.people.chloe, there.nora):
        assert as_(other).get(address).status_code == 403
        assert as_(other).post(address, data).status_code == 403
    assert as_(None).post(address, data).status_code == 302
    assert state() == before
    assert as_(there.people.dilan).get(address).status_code == 200
    assert as_(there.people.dilan).post(address, data).status_code == 302
    assert state() != before


def test_a_membership_held_already_comes_back_with_its_reason(as_: SignIn, there: World) -> None:
    address = reverse("organisations:join", args=["pia"])
    response = as_(there.people.dilan).post(address, {"organisation": there.carrier.pk, "valid_from": "2026-01-01"})
    assert (response.status_code, "n-errors" in words(response)) == (422, True)


def test_links_to_change_are_shown_to_keepers_only(as_: SignIn, there: World) -> None:
    link = reverse("organisations:change", args=[there.carrier.slug])
    assert link in words(as_(there.people.dilan).get(page_of(there)))
    assert link not in words(as_(there.people.alice).get(page_of(there)))
