"""The machine room and the trail, for those who look after them and for those who may not see them."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import record, touch_all
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.heartbeats import beat
from nahtstelle.plumbing.ledger.models import Delivery, Entry
from nahtstelle.plumbing.ledger.wires import Wire, all_wires, connect
from nahtstelle.register.duties.actions import settle
from nahtstelle.register.notices.models import Bounce, Letter
from nahtstelle.register.people.models import Person
from tests.cast import come_in
from tests.plumbing.ledger.sample import Counted
from tests.register.cast import Cast, cast, person
from tests.register.duties.making import SYSTEM, make_duty
from tests.register.notices.making import make_letter

HEALTH = "machinery:health"


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def ada(people: Cast) -> Person:
    """Administrator."""
    return person("Ada", role="administrator")


def stumble(counted: Counted, *, by: Actor, at: datetime) -> None:
    raise ValueError(f"Nobody can count {counted.number}.")


@pytest.fixture
def broken(people: Cast, now: datetime) -> Iterator[Delivery]:
    """A delivery that failed."""
    before = all_wires()
    connect([Wire(Counted, stumble)])
    record(Counted(number=7), by=people.alice.account.actor, at=now)
    deliver_all(at=now)
    yield Delivery.objects.get()
    connect(before)


def signed_in(person: Person) -> Client:
    client = Client()
    come_in(client, person.account)
    return client


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def addresses(delivery: Delivery, letter: Letter) -> list[tuple[str, str]]:
    return [
        ("get", reverse(HEALTH)),
        ("get", reverse("machinery:delivery", args=[delivery.pk])),
        ("post", reverse("machinery:retry-delivery", args=[delivery.pk])),
        ("post", reverse("machinery:retry-letter", args=[letter.pk])),
        ("post", reverse("machinery:clear-address")),
        ("get", reverse("machinery:trail")),
    ]


@pytest.mark.parametrize("name", ["alice", "chloe"])
def test_the_machine_room_is_closed_to_everybody_else(people: Cast, broken: Delivery, now: datetime, name: str) -> None:
    client = signed_in(getattr(people, name))
    for method, address in addresses(broken, make_letter(at=now)):
        assert getattr(client, method)(address).status_code == 403


def test_an_anonymous_reader_is_led_to_the_door(people: Cast, broken: Delivery, now: datetime) -> None:
    for method, address in addresses(broken, make_letter(at=now)):
        response = getattr(Client(), method)(address)
        assert (response.status_code, response.url.startswith(reverse("desk:sign-in"))) == (302, True)


@pytest.mark.parametrize("name", ["dilan", "erik"])
def test_coordinator_and_head_see_it(people: Cast, name: str) -> None:
    assert signed_in(getattr(people, name)).get(reverse(HEALTH)).status_code == 200


def test_without_a_worker_it_says_so(ada: Person) -> None:
    titles = [trouble["title"] for trouble in signed_in(ada).get(reverse(HEALTH)).context["troubles"]]
    assert titles[0] == "Kein Arbeitsprozess läuft"


def test_when_all_is_well_it_says_so(ada: Person, settings) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    now = timezone.now()
    beat(worker="w", started_at=now, delivered=0, trouble="", at=now)
    response = signed_in(ada).get(reverse(HEALTH))
    assert response.context["troubles"] == []
    assert "Alles in Ordnung" in text_of(response)


def test_a_failure_is_shown_with_its_error_and_can_be_retried(ada: Person, broken: Delivery) -> None:
    client = signed_in(ada)
    (row,) = client.get(reverse(HEALTH)).context["failures"]["rows"]
    assert (row[0]["text"], row[2], row[3]) == ("Number 7 was counted", 1, "ValueError: Nobody can count 7.")
    assert "Traceback" in text_of(client.get(reverse("machinery:delivery", args=[broken.pk])))
    Delivery.objects.update(state="stuck")
    client.post(reverse("machinery:retry-delivery", args=[broken.pk]))
    assert Delivery.objects.get().state == "pending"
    assert Entry.objects.filter(fact="ledger.DeliveryRetried").values_list("actor_label", flat=True).get() == "Ada"


def test_the_age_of_the_queue_is_shown(ada: Person, people: Cast) -> None:
    connected = all_wires()
    connect([Wire(Counted, stumble)])
    record(Counted(number=1), by=SYSTEM, at=timezone.now() - timedelta(hours=3))
    connect(connected)
    tiles = {tile["label"]: tile["value"] for tile in signed_in(ada).get(reverse(HEALTH)).context["tiles"]}
    assert (tiles["Wartende Zustellungen"], tiles["Älteste Zustellung"]) == (1, "3 Stunden")


def test_a_letter_given_up_can_be_sent_again(ada: Person, now: datetime) -> None:
    letter = make_letter(at=now)
    Letter.objects.update(state="failed", trouble="550 no")
    client = signed_in(ada)
    assert client.get(reverse(HEALTH)).context["letters"]["rows"][0][3] == "550 no"
    client.post(reverse("machinery:retry-letter", args=[letter.pk]))
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == ("queued", "")


def test_a_closed_address_can_be_opened_again(ada: Person, now: datetime) -> None:
    Bounce.objects.create(to="a@example.org", hard=True, at=now, status="5.1.1")
    client = signed_in(ada)
    assert client.get(reverse(HEALTH)).context["barred"]["rows"][0][0] == "a@example.org"
    client.post(reverse("machinery:clear-address"), {"address": "a@example.org"})
    assert client.get(reverse(HEALTH)).context["barred"]["rows"] == []


def test_the_whole_trail_is_in_sentences_newest_first(ada: Person, people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    settle(duty=duty, how="angepasst", by=people.alice.account.actor, at=now)
    happened = signed_in(ada).get(reverse("machinery:trail")).context["happened"]
    assert [(one.line.sentence, one.line.who, one.line.why, one.about) for one in happened] == [
        ("Eine Pflicht wurde erledigt", "Alice", "angepasst", f"Pflicht: {duty}"),
        ("Eine Pflicht ist entstanden", "Nahtstelle (tests)", "", f"Pflicht: {duty}"),
    ]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("?who=ali", 1),
        ("?who=system:tests", 1),
        ("?fact=duties.DutySettled", 1),
        ("?day=2026-11-23", 2),
        ("?day=2026-11-22", 0),
        ("?who=ali&fact=duties.DutyOpened", 0),
        ("?page=77", 2),
    ],
)
def test_the_trail_is_narrowed_by_who_what_and_day(
    ada: Person, people: Cast, now: datetime, query: str, number: int
) -> None:
    settle(duty=make_duty(people.alice, at=now), how="", by=people.alice.account.actor, at=now)
    assert len(signed_in(ada).get(reverse("machinery:trail") + query).context["happened"]) == number


@pytest.mark.parametrize("query", ["?day=gestern", "?fact=nonsense", "?who=%00"])
def test_a_filter_that_makes_no_sense_is_shown_at_its_field(ada: Person, query: str) -> None:
    response = signed_in(ada).get(reverse("machinery:trail") + query)
    assert response.status_code == 422
    assert len(response.context["form"].errors) == 1


def test_the_trail_of_an_object_shows_before_and_after(people: Cast, now: datetime) -> None:
    duty = settle(duty=make_duty(people.alice, at=now), how="angepasst", by=people.alice.account.actor, at=now)
    response = signed_in(people.bob).get(reverse("machinery:trail-of", args=["duties.duty", duty.pk]))
    lines = response.context["trail"]
    assert [line.sentence for line in lines] == ["Eine Pflicht wurde erledigt", "Eine Pflicht ist entstanden"]
    assert [(change.before, change.after) for change in lines[0].changes] == [("offen", "erledigt"), ("–", "angepasst")]


def test_the_trail_of_an_object_that_is_gone_is_still_readable(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    number = duty.pk
    duty.delete()
    response = signed_in(people.bob).get(reverse("machinery:trail-of", args=["duties.duty", number]))
    assert (response.status_code, len(response.context["trail"])) == (200, 1)


def test_the_trail_of_a_person_is_for_operators_only(ada: Person, people: Cast, now: datetime) -> None:
    record(Counted(number=1), by=SYSTEM, at=now, touched=[people.alice])
    address = reverse("machinery:trail-of", args=["people.person", people.alice.pk])
    assert signed_in(people.bob).get(address).status_code == 403
    assert signed_in(ada).get(address).status_code == 200


def test_the_trail_of_an_object_is_closed_to_people_without_a_role(people: Cast, now: datetime) -> None:
    duty = make_duty(people.chloe, at=now)
    address = reverse("machinery:trail-of", args=["duties.duty", duty.pk])
    assert signed_in(people.chloe).get(address).status_code == 403


@pytest.mark.parametrize("address", ["duties.duty/4711/", "no.such/1/", "nonsense/1/"])
def test_a_trail_of_nothing_is_not_found(people: Cast, address: str) -> None:
    assert signed_in(people.bob).get(reverse("machinery:trail") + address).status_code == 404


def test_the_trail_takes_the_same_queries_however_many_objects_were_touched(
    ada: Person, people: Cast, now: datetime
) -> None:
    client = signed_in(ada)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("machinery:trail"))
        return len(seen)

    make_duty(people.alice, at=now)
    few = queries()
    for number in range(20):
        make_duty(people.alice, at=now, subject_id=100 + number)
    entry = record(Counted(number=1), by=SYSTEM, at=now)
    touch_all(entry, Person.objects.all())
    assert queries() == few + 1  # one more kind of object on the page
