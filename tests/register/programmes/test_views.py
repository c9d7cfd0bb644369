"""Pages of programmes: structures are public, the people in them are not."""

import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Engagement, FundingPeriod, Network, Project
from tests.register.world import Role, SignIn, World

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def url(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=args)


# What anybody may read.


@pytest.mark.parametrize(
    ("language", "title", "structure"), [("de", "Programme", "Aufbau am"), ("en", "Programmes", "Structure on")]
)
def test_pages_speak_both_languages(language: str, title: str, structure: str, client: Client, there: World) -> None:
    client.cookies["django_language"] = language
    assert f'<h1 class="n-head__title">{title}</h1>' in words(client.get(url("programmes")))
    assert structure in words(client.get(url("programme", "iq")))
    for page in (url("network", "rin-nord"), url("project", "beratung-hannover"), url("projects")):
        assert client.get(page).status_code == 200


def test_a_programme_shows_the_structure_of_the_day_asked_for(client: Client, there: World) -> None:
    client.cookies["django_language"] = "en"
    before, now = (words(client.get(url("programme", "iq"), {"am": day})) for day in ("2018-06-01", "2026-11-23"))
    assert "No funding period on this day" in before
    assert url("network", "rin-nord") not in before
    assert url("network", "rin-nord") in now
    assert "about 270" in now


def test_a_network_shows_the_projects_of_the_day_asked_for(client: Client, there: World) -> None:
    page = url("network", "rin-nord")
    assert url("project", "beratung-hannover") in words(client.get(page, {"am": "2026-11-23"}))
    assert url("project", "beratung-hannover") not in words(client.get(page, {"am": "2020-01-01"}))


@pytest.mark.parametrize("name", ["programme", "network", "project"])
def test_what_is_not_there_is_not_found(name: str, client: Client, there: World) -> None:
    assert client.get(url(name, "gibt-es-nicht")).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, True),
        ({"q": "hannover träger"}, True),
        ({"q": "Celle"}, False),
        ({"programme": "iq"}, True),
        ({"programme": "wir"}, False),
        ({"region": "DE-NI"}, True),
        ({"region": "DE-BY"}, False),
        ({"am": "2020-01-01"}, False),
        ({"am": "2020-01-01", "ended": "on"}, True),
    ],
)
def test_projects_are_searched_and_filtered(query: dict[str, str], found: bool, client: Client, there: World) -> None:
    page = words(client.get(url("projects"), query))
    assert (url("project", "beratung-hannover") in page) is found
    assert ("n-empty" in page) is not found


def test_the_list_of_projects_costs_the_same_however_long_it_is(
    client: Client, there: World, django_assert_num_queries
) -> None:
    with CaptureQueriesContext(connection) as short:
        client.get(url("projects"))
    Project.objects.bulk_create(
        Project(key=f"p-{n}", level=there.projects_level, carrier=there.carrier, network=there.north,
                region=there.saxony, name_de=f"Projekt {n}")
        for n in range(60)
    )  # fmt: skip
    with django_assert_num_queries(len(short)):
        assert "?page=2" in words(client.get(url("projects")))


# The people in programmes.


PLACES = [("network", "rin-nord"), ("project", "beratung-hannover")]


@pytest.mark.parametrize("place", PLACES)
def test_people_are_shown_to_staff_and_colleagues(place: tuple[str, str], as_: SignIn, there: World) -> None:
    for reader in (there.people.alice, there.nora, there.pia):
        assert ">Pia</a>" in words(as_(reader).get(url(*place)))


@pytest.mark.parametrize("place", PLACES)
def test_people_are_shown_to_nobody_else(place: tuple[str, str], as_: SignIn, there: World) -> None:
    for reader in (there.wim, there.zoe, there.people.chloe, None):
        page = words(as_(reader).get(url(*place)))
        assert ">Pia<" not in page
        assert ">Nora<" not in page
        assert "/personen/pia/" not in page


def test_former_colleagues_are_shown_to_staff_only(as_: SignIn, there: World) -> None:
    assert "/personen/zoe/" in words(as_(there.people.alice).get(url("network", "rin-nord")))
    assert "/personen/zoe/" not in words(as_(there.nora).get(url("network", "rin-nord")))


def test_who_works_in_a_programme_is_listed_for_staff_and_colleagues(as_: SignIn, there: World) -> None:
    for reader in (there.people.alice, there.nora):
        assert "pia@example.org" in words(as_(reader).get(url("engaged", "iq")))
    for reader in (there.wim, there.zoe, there.people.chloe):
        assert as_(reader).get(url("engaged", "iq")).status_code == 403
    assert as_(None).get(url("engaged", "iq")).status_code == 302


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, {"Nora", "Pia"}),
        ({"role": "adviser"}, {"Pia"}),
        ({"region": "DE-BY"}, set()),
        ({"am": "2024-06-01"}, {"Nora", "Pia", "Zoe"}),
        ({"am": "2020-06-01"}, set()),
    ],
)
def test_the_list_of_who_works_there_is_filtered(
    query: dict[str, str], names: set[str], as_: SignIn, there: World
) -> None:
    page = words(as_(there.people.alice).get(url("engaged", "iq"), query))
    assert {name for name in ("Nora", "Pia", "Zoe", "Wim") if f"/personen/{name.lower()}/" in page} == names


def test_the_past_shows_a_colleague_only_their_colleagues(as_: SignIn, there: World) -> None:
    assert "/personen/zoe/" in words(as_(there.people.alice).get(url("engaged", "iq"), {"am": "2024-06-01"}))
    page = words(as_(there.nora).get(url("engaged", "iq"), {"am": "2024-06-01"}))
    assert "/personen/zoe/" not in page


def test_the_page_of_a_network_costs_the_same_however_many_work_there(
    as_: SignIn, there: World, django_assert_num_queries
) -> None:
    client = as_(there.people.alice)
    with CaptureQueriesContext(connection) as short:
        client.get(url("network", "rin-nord"))
    people = Person.objects.bulk_create(Person(slug=f"p-{n}", name=f"P {n}") for n in range(30))
    Engagement.objects.bulk_create(
        Engagement(person=person, role=Role.ADVISER, programme=there.iq, network=there.north) for person in people
    )
    with django_assert_num_queries(len(short)):
        client.get(url("network", "rin-nord"))


# Changing.


def forms(there: World) -> dict[str, tuple[str, dict[str, object]]]:
    held = Engagement.objects.get(person=there.pia)
    network = {"level": there.networks_level.pk, "name_de": "RIN Anders"}
    project = {"level": there.projects_level.pk, "carrier": there.carrier.pk, "name_de": "Anders"}
    return {
        "add-network": (url("add-network"), network),
        "change-network": (url("change-network", "rin-nord"), network),
        "add-project": (url("add-project"), project),
        "change-project": (url("change-project", "beratung-hannover"), project),
        "change-period": (url("change-period", "iq-now"), {"name_de": "IQ", "funding_line_de": "Gefördert."}),
        "engage": (url("engage", "chloe"), {"role": "adviser", "programme": there.iq.pk, "valid_from": "2026-01-01"}),
        "engage-colleague": (
            url("engage-colleague", "rin-nord"),
            {"name": "Neu", "mail": "neu@example.org", "role": "adviser", "valid_from": "2026-01-01"},
        ),
        "end-engagement": (url("end-engagement", held.pk), {"last_day": "2026-12-31"}),
    }


def state() -> object:
    tables = (Network, Project, FundingPeriod, Engagement)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


@pytest.mark.parametrize(
    "what", ["add-network", "change-network", "add-project", "change-project", "change-period", "engage",
             "engage-colleague", "end-engagement"]
)  # fmt: skip
def test_structures_are_changed_by_keepers_and_nobody_else(what: str, as_: SignIn, there: World) -> None:
    address, data = forms(there)[what]
    data["submission"] = str(uuid.uuid4())
    before = state()
    for other in (there.people.alice, there.people.bob, there.people.chloe, there.pia, there.wim):
        assert as_(other).get(address).status_code == 403
        assert as_(other).post(address, data).status_code == 403
    assert as_(None).post(address, data).status_code == 302
    assert state() == before
    assert as_(there.people.dilan).get(address).status_code == 200
    assert as_(there.people.dilan).post(address, data).status_code == 302
    assert state() != before


def join(network: str, role: str = "adviser") -> tuple[str, dict[str, str]]:
    data = {"name": "Neu", "mail": "neu@example.org", "role": role, "valid_from": "2026-01-01"}
    return url("engage-colleague", network), data


def test_a_coordinator_adds_to_their_own_network_only(as_: SignIn, there: World) -> None:
    own, other = join("rin-nord"), join("wir-sued")
    assert as_(there.nora).post(*other).status_code == 403
    assert not Person.objects.filter(mail="neu@example.org").exists()
    assert as_(there.nora).post(*own).status_code == 302
    made = Engagement.objects.get(person__mail="neu@example.org")
    assert (made.network, made.programme, made.role) == (there.north, there.iq, "adviser")


@pytest.mark.parametrize("role", ["network-coordinator", "funder-officer", "programme-steering", "evaluator"])
def test_a_coordinator_gives_no_role_that_steers_or_releases(role: str, as_: SignIn, there: World) -> None:
    before = state()
    assert as_(there.nora).post(*join("rin-nord", role)).status_code == 422
    assert state() == before
    assert as_(there.people.dilan).post(*join("rin-nord", role)).status_code == 302


def test_a_coordination_that_ended_allows_nothing(as_: SignIn, there: World) -> None:
    Engagement.objects.filter(person=there.nora).update(valid_until=date(2024, 12, 31))
    assert as_(there.nora).post(*join("rin-nord")).status_code == 403


def test_a_coordinator_ends_the_roles_of_daily_work_in_their_network(as_: SignIn, there: World) -> None:
    held = Engagement.objects.get(person=there.pia)
    page = url("end-engagement", held.pk)
    assert page in words(as_(there.nora).get(url("network", "rin-nord")))
    assert page not in words(as_(there.pia).get(url("network", "rin-nord")))
    assert as_(there.nora).post(page, {"last_day": "2026-12-31"}).status_code == 302
    held.refresh_from_db()
    assert held.valid_until == date(2026, 12, 31)


def test_a_coordinator_ends_nothing_elsewhere(as_: SignIn, there: World) -> None:
    held = Engagement.objects.get(person=there.wim)
    assert as_(there.nora).post(url("end-engagement", held.pk), {"last_day": "2026-12-31"}).status_code == 403


def test_an_engagement_of_nowhere_comes_back_with_its_reason(as_: SignIn, there: World) -> None:
    response = as_(there.people.dilan).post(url("engage", "chloe"), {"role": "adviser", "valid_from": "2026-01-01"})
    assert (response.status_code, "n-errors" in words(response)) == (422, True)


def test_the_words_of_a_period_are_shown_where_they_apply(as_: SignIn, there: World) -> None:
    as_(there.people.dilan).post(
        url("change-period", "iq-now"), {"name_de": "IQ", "funding_line_de": "Gefördert vom X."}
    )
    assert "Gefördert vom X." in words(as_(None).get(url("project", "beratung-hannover")))
    assert "Gefördert vom X." in words(as_(None).get(url("programme", "iq")))


def test_links_to_change_are_shown_to_keepers_only(as_: SignIn, there: World) -> None:
    pages = {
        url("programme", "iq"): url("change-period", "iq-now"),
        url("network", "rin-nord"): url("change-network", "rin-nord"),
        url("project", "beratung-hannover"): url("change-project", "beratung-hannover"),
    }
    for page, link in pages.items():
        assert link in words(as_(there.people.dilan).get(page))
        for other in (there.people.alice, there.nora, None):
            assert link not in words(as_(other).get(page))
