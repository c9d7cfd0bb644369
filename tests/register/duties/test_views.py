"""Pages about duties, for those they are for and for those they are not."""

import re
import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.people.models import Person
from tests.cast import come_in
from tests.register.cast import Cast
from tests.register.duties.making import make_duty


def signed_in(person: Person) -> Client:
    client = Client()
    come_in(client, person.account)
    return client


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


PAGES = ["duties:duty", "duties:settle", "duties:delegate", "duties:drop"]


def test_an_anonymous_reader_is_led_to_the_door(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    for address in [reverse("duties:duties"), *(reverse(page, args=[duty.pk]) for page in PAGES)]:
        response = Client().get(address)
        assert (response.status_code, response.url.startswith(reverse("desk:sign-in"))) == (302, True)


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_refused_every_page_of_a_duty(people: Cast, now: datetime, page: str) -> None:
    duty = make_duty(people.alice, at=now)
    client = signed_in(people.chloe)
    assert client.get(reverse(page, args=[duty.pk])).status_code == 403


@pytest.mark.parametrize("page", PAGES[1:])
def test_a_stranger_changes_nothing_by_posting(people: Cast, now: datetime, page: str) -> None:
    duty = make_duty(people.alice, at=now)
    fields = {"how": "x", "why": "x", "to": people.dilan.pk, "note": "", "submission": str(uuid.uuid4())}
    assert signed_in(people.chloe).post(reverse(page, args=[duty.pk]), fields).status_code == 403
    duty.refresh_from_db()
    assert (duty.state, duty.owner) == ("open", people.alice)


def test_the_list_shows_my_duties_and_nobody_elses(people: Cast, now: datetime) -> None:
    make_duty(people.alice, at=now, subject_title="Mein Merkblatt")
    make_duty(people.bob, at=now, subject_id=2, subject_title="Fremdes Merkblatt")
    page = text_of(signed_in(people.alice).get(reverse("duties:duties")))
    assert "Mein Merkblatt" in page
    assert "Fremdes Merkblatt" not in page


def test_an_empty_list_says_so(people: Cast) -> None:
    response = signed_in(people.alice).get(reverse("duties:duties"))
    assert response.context["items"] == []
    assert 'class="n-empty"' in text_of(response)


def test_the_list_is_paged_and_keeps_its_filters(people: Cast, now: datetime) -> None:
    for number in range(45):
        make_duty(people.alice, at=now, subject_id=number, due=date(2020, 1, 1))
    response = signed_in(people.alice).get(reverse("duties:duties"), {"when": "overdue", "page": "3"})
    assert len(response.context["items"]) == 5
    assert "when=overdue&amp;page=2" in text_of(response)


@pytest.mark.parametrize(
    "query", ["?page=99", "?page=x", "?view=nonsense", "?when=never&kind=x&q=%00", "?q=" + "a" * 999]
)
def test_nonsense_in_the_address_is_no_error(people: Cast, now: datetime, query: str) -> None:
    make_duty(people.alice, at=now)
    assert signed_in(people.alice).get(reverse("duties:duties") + query).status_code == 200


def test_only_the_desk_sees_what_was_escalated(people: Cast, now: datetime) -> None:
    make_duty(people.fatma, at=now, subject_title="Verwaistes Merkblatt")
    address = reverse("duties:duties") + "?view=escalated"
    assert "Verwaistes Merkblatt" in text_of(signed_in(people.dilan).get(address))
    assert "Verwaistes Merkblatt" not in text_of(signed_in(people.alice).get(address))


def test_the_page_of_a_duty_says_why_in_the_readers_language(people: Cast, now: datetime) -> None:
    address = reverse("duties:duty", args=[make_duty(people.alice, at=now).pk])
    client = signed_in(people.alice)
    assert "Das Gesetz hat sich geändert." in text_of(client.get(address))
    assert "The law has changed." in text_of(client.get(address, headers={"accept-language": "en"}))


def test_a_form_sent_twice_settles_once(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    client, key = signed_in(people.alice), str(uuid.uuid4())
    for _click in range(2):
        response = client.post(reverse("duties:settle", args=[duty.pk]), {"how": "fertig", "submission": key})
        assert (response.status_code, response.url) == (302, reverse("duties:duties"))
    assert Entry.objects.filter(fact="duties.DutySettled").count() == 1


def test_handing_on_twice_by_one_form_hands_on_once(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    client, fields = signed_in(people.alice), {"to": people.bob.pk, "note": "", "submission": str(uuid.uuid4())}
    for _click in range(2):
        assert client.post(reverse("duties:delegate", args=[duty.pk]), fields).status_code == 302
    assert Entry.objects.filter(fact="duties.DutyDelegated").count() == 1


def test_dropping_without_a_reason_shows_the_form_again(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    response = signed_in(people.alice).post(reverse("duties:drop", args=[duty.pk]), {"why": " "})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"why"}
    assert Duty.objects.get().state == "open"


def test_a_duty_settled_meanwhile_says_so_in_the_form(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    Duty.objects.update(state="settled", settled_at=now)
    response = signed_in(people.alice).post(reverse("duties:drop", args=[duty.pk]), {"why": "entfällt"})
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()


def test_people_to_choose_from_are_found_by_name(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    client, address = signed_in(people.alice), reverse("duties:delegate", args=[duty.pk])

    def offered(query: str) -> list[str]:
        return [label for _value, label in client.get(address + query).context["form"].fields["to"].widget.choices[1:]]

    assert offered("") == ["Bob", "Dilan", "Erik"]
    assert offered("?who=chlo") == ["Chloé"]
    assert offered("?who=fatma") == []


def test_a_person_found_by_name_can_be_chosen(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    signed_in(people.alice).post(reverse("duties:delegate", args=[duty.pk]), {"to": people.chloe.pk, "note": "bitte"})
    assert Duty.objects.get().owner == people.chloe


def test_a_person_who_would_not_see_it_cannot_be_chosen(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now)
    response = signed_in(people.alice).post(reverse("duties:delegate", args=[duty.pk]), {"to": people.fatma.pk})
    assert response.status_code == 422
    assert Duty.objects.get().owner == people.alice


def test_a_duty_that_does_not_exist_is_not_found(people: Cast) -> None:
    assert signed_in(people.alice).get(reverse("duties:duty", args=[4711])).status_code == 404


def test_the_list_takes_the_same_queries_for_one_duty_and_for_many(people: Cast, now: datetime) -> None:
    client = signed_in(people.alice)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("duties:duties"))
        return len(seen)

    make_duty(people.alice, at=now)
    few = queries()
    for number in range(2, 20):
        make_duty(people.alice, at=now, subject_id=number, due=timezone.localdate() + timedelta(days=number))
    assert queries() == few
