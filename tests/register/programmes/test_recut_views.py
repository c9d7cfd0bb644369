"""The pages of new cuts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.programmes import actions
from nahtstelle.register.programmes.models import Engagement, Network, Project, Recut
from tests.register.programmes.test_recutting import AT, DAY, Cut
from tests.register.world import SignIn, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


@pytest.fixture
def cut(there: World, by: Actor) -> Cut:
    return Cut(there, by)


def addresses(recut: Recut) -> list[str]:
    move = recut.moves.first()
    return [
        reverse("programmes:recuts"),
        reverse("programmes:plan-recut"),
        reverse("programmes:recut", args=[recut.pk]),
        reverse("programmes:recut-network", args=[recut.pk, "ln-16"]),
        reverse("programmes:recut-move", args=[recut.pk, move.pk]),
    ]


def test_pages_are_for_keepers_of_the_structure_only(cut: Cut, there: World, as_: SignIn) -> None:
    for address in addresses(cut.plan()):
        assert as_(there.people.dilan).get(address).status_code == 200
        for person in (there.people.alice, there.people.chloe, there.nora):
            assert as_(person).get(address).status_code == 403
            assert as_(person).post(address, {}).status_code == 403


def test_a_plan_goes_all_the_way(cut: Cut, there: World, as_: SignIn) -> None:
    client = as_(there.people.dilan)
    form = {"old_level": cut.old.pk, "new_level": cut.new.pk, "project_level": cut.tv.pk, "on": DAY.isoformat()}
    response = client.post(reverse("programmes:plan-recut"), form)
    recut = Recut.objects.get()
    assert response.url == reverse("programmes:recut", args=[recut.pk])
    one = Network.objects.get(name_de="RIN 16")
    for key in [f"ln-{n:02}" for n in range(1, 7)]:
        client.post(reverse("programmes:recut-network", args=[recut.pk, key]), {"successors": [one.pk]})
    act = reverse("programmes:act-on-recut", args=[recut.pk])
    move = recut.moves.get(project__name_de="Projekt LN 09 0")
    client.post(reverse("programmes:recut-move", args=[recut.pk, move.pk]), {"target": "ends"})
    client.post(act, {"enter": "1"})
    assert Project.objects.filter(network=one).count() == 7 * 3
    assert not Project.objects.filter(valid_from=DAY, name_de="Projekt LN 09 0").exists()


def test_entering_with_open_moves_is_refused_with_the_number(cut: Cut, there: World, as_: SignIn) -> None:
    recut = cut.plan()
    response = as_(there.people.dilan).post(reverse("programmes:act-on-recut", args=[recut.pk]), {"enter": "1"})
    assert (response.status_code, "24" in response.content.decode()) == (409, True)


def test_a_project_names_what_it_grew_out_of_and_reads_as_at_an_earlier_day(
    cut: Cut, there: World, as_: SignIn
) -> None:
    recut = cut.plan()
    cut.decide_rest(recut)
    actions.enter_recut(recut=recut, by=cut.by, at=AT)
    old, new = Project.objects.filter(name_de="Projekt LN 16 0").order_by("valid_from")
    client = as_(None)
    today = client.get(reverse("programmes:project", args=[old.key])).content.decode()
    then = client.get(reverse("programmes:project", args=[old.key]), {"am": "2022-06-01"}).content.decode()
    assert (reverse("programmes:project", args=[new.key]) in today, "31. Dezember 2022" in then) == (True, True)
    network = client.get(reverse("programmes:network", args=["ln-16"]), {"am": "2022-06-01"}).content.decode()
    assert "Projekt LN 16 0" in network
    assert "RIN 16" in network


def test_the_page_costs_no_query_per_move(cut: Cut, there: World, as_: SignIn) -> None:
    recut, client = cut.plan(), as_(there.people.dilan)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("programmes:recut", args=[recut.pk]))
        return len(queries)

    many = asked()
    Engagement.objects.filter(pk__in=recut.moves.exclude(engagement=None).values("engagement")[10:]).delete()
    assert asked() == many


def test_a_day_that_is_none_comes_back_as_a_form_error(cut: Cut, there: World, as_: SignIn) -> None:
    form = {"old_level": cut.old.pk, "new_level": cut.new.pk, "project_level": cut.tv.pk, "on": "bald"}
    response = as_(there.people.dilan).post(reverse("programmes:plan-recut"), form)
    assert (response.status_code, Recut.objects.count()) == (422, 0)
