from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes import actions
from nahtstelle.register.programmes.models import Engagement
from nahtstelle.register.programmes.queries import circle_of
from tests.register.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
START = date(2026, 1, 1)
Role = Engagement.Role


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def engage(person: Person, by: Actor, role: str = Role.ADVISER, **where: Any) -> Engagement:
    return actions.engage(person=person, role=role, valid_from=START, by=by, at=AT, **where)


def test_what_is_left_out_follows_from_the_project(by: Actor, there: World) -> None:
    made = engage(there.people.chloe, by, project=there.advice)
    assert (made.network, made.programme, made.region) == (there.north, there.iq, there.saxony)


def test_a_network_of_one_region_gives_it(by: Actor, there: World) -> None:
    assert engage(there.people.chloe, by, network=there.north).region == there.saxony
    there.north.regions.add(there.bavaria)
    assert engage(there.people.alice, by, network=there.north).region is None


def test_engaging_is_recorded_on_the_person(by: Actor, there: World) -> None:
    made = engage(there.people.chloe, by, project=there.advice)
    assert Entry.objects.latest("id").payload == {
        "engagement_id": made.pk, "person_id": there.people.chloe.pk, "programme_id": there.iq.pk,
    }  # fmt: skip
    assert trail_of(there.people.chloe)[0].changes["role"] == [None, "adviser"]


def test_places_that_do_not_belong_together_are_refused(by: Actor, there: World) -> None:
    with pytest.raises(Refusal, match="does not belong to this network"):
        engage(there.people.chloe, by, project=there.advice, network=there.south)
    with pytest.raises(Refusal, match="does not belong to this programme"):
        engage(there.people.chloe, by, network=there.south, programme=there.iq)


@pytest.mark.parametrize(
    ("role", "sentence"), [(Role.NETWORK_COORDINATOR, "needs a network"), (Role.PROJECT_LEAD, "needs a project")]
)
def test_some_roles_need_a_place(role: str, sentence: str, by: Actor, there: World) -> None:
    with pytest.raises(Refusal, match=sentence):
        engage(there.people.chloe, by, role, programme=there.iq)


def test_a_role_is_not_held_twice_in_one_place(by: Actor, there: World) -> None:
    with pytest.raises(NotNow, match="Pia already holds this role there"):
        engage(there.pia, by, project=there.advice)
    assert engage(there.pia, by, network=there.north).pk


def test_nobody_engages_themselves(there: World) -> None:
    with pytest.raises(NotYours):
        engage(there.people.dilan, there.people.dilan.account.actor, Role.FUNDER, programme=there.iq)
    assert not Engagement.objects.filter(person=there.people.dilan).exists()


def test_an_ended_engagement_ends_the_circle_too(by: Actor, there: World) -> None:
    held = Engagement.objects.get(person=there.pia)
    actions.end_engagement(engagement=held, last_day=date(2026, 11, 30), by=by, at=AT)
    seen = {day: there.pia.pk in set(circle_of(there.nora, on=date(2026, *day)).values_list("person", flat=True))
            for day in ((11, 30), (12, 1))}  # fmt: skip
    assert seen == {(11, 30): True, (12, 1): False}


def test_a_last_day_before_the_first_is_refused(by: Actor, there: World) -> None:
    held = Engagement.objects.get(person=there.pia)
    with pytest.raises(Refusal, match="The last day lies before the first"):
        actions.end_engagement(engagement=held, last_day=date(2022, 1, 1), by=by, at=AT)


def test_a_colleague_known_by_address_is_taken(by: Actor, there: World) -> None:
    before = Person.objects.count()
    made = actions.engage_colleague(
        network=there.north, name="Irgendwer", mail="WIM@example.org", role=Role.PR, valid_from=START, by=by, at=AT
    )
    assert (made.person, Person.objects.count()) == (there.wim, before)
    there.wim.refresh_from_db()
    assert there.wim.name == "Wim"


def test_an_unknown_colleague_is_added(by: Actor, there: World) -> None:
    made = actions.engage_colleague(
        network=there.north, name="Neu Hier", mail="neu@example.org", role=Role.PR, valid_from=START, by=by, at=AT
    )
    assert (made.person.slug, made.person.mail) == ("neu-hier", "neu@example.org")
    facts = list(Entry.objects.order_by("id").values_list("fact", flat=True))
    assert facts == ["people.PersonAdded", "programmes.PersonEngaged"]


def test_a_network_lives_as_long_as_its_period_unless_said(by: Actor, there: World) -> None:
    made = actions.add_network(level=there.networks_level, name_de="RIN Süd", predecessors=[there.north], by=by, at=AT)
    assert (made.key, made.valid_from, made.valid_until) == ("iq-now-rin-sud", date(2023, 1, 1), None)
    assert trail_of(made)[0].changes["predecessors"] == [None, ["rin-nord"]]


def test_a_changed_network_is_in_the_trail(by: Actor, there: World) -> None:
    actions.change_network(network=there.north, regions=[there.saxony, there.bavaria], by=by, at=AT)
    assert trail_of(there.north)[0].changes == {"regions": [["DE-NI"], ["DE-BY", "DE-NI"]]}
    actions.change_network(network=there.north, name_de="RIN Nord", by=by, at=AT)
    assert trail_of(there.north).count() == 1


def test_a_project_is_added_and_changed(by: Actor, there: World) -> None:
    made = actions.add_project(
        level=there.projects_level, carrier=there.carrier, name_de="Neues Projekt", network=there.north, by=by, at=AT
    )
    actions.change_project(project=made, place="Celle", by=by, at=AT)
    assert [touch.changes.get("place") for touch in trail_of(made)] == [["", "Celle"], [None, ""]]


def test_a_project_stays_within_its_period(by: Actor, there: World) -> None:
    with pytest.raises(Refusal, match="belong to different funding periods"):
        actions.change_project(project=there.advice, network=there.south, by=by, at=AT)
    with pytest.raises(Refusal, match="needs a German name"):
        actions.change_project(project=there.advice, network=there.north, name_de=" ", by=by, at=AT)
    there.advice.refresh_from_db()
    assert (there.advice.network, there.advice.name_de) == (there.north, "Beratung Hannover")
