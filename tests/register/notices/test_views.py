"""The inbox and what belongs to it, for its owner and for others."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from nahtstelle.register.notices.models import Notice, Preference
from nahtstelle.register.notices.unsubscribing import Subscription, unsubscribe_url
from nahtstelle.register.people.models import Person
from nahtstelle.register.vocabulary.models import Concept, Facet
from tests.cast import come_in
from tests.register.cast import Cast
from tests.register.notices.making import make_notice

INBOX = "/nachrichten/"


def signed_in(person: Person) -> Client:
    client = Client()
    come_in(client, person.account)
    return client


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("name", ["inbox", "preferences"])
def test_an_anonymous_reader_is_led_to_the_door(people: Cast, name: str) -> None:
    response = Client().get(reverse(f"notices:{name}"))
    assert (response.status_code, response.url.startswith(reverse("desk:sign-in"))) == (302, True)


def test_the_inbox_is_mine_in_my_language_newest_first(people: Cast, now: datetime) -> None:
    make_notice(people.alice, 2, at=now)
    make_notice(people.alice, 3, at=now)
    make_notice(people.bob, 7, at=now)
    client = signed_in(people.alice)
    german = [item.title for item in client.get(INBOX).context["items"]]
    assert german == [f"{n} Ihrer Pflichten werden bald fällig oder sind überfällig." for n in (3, 2)]
    english = [item.title for item in client.get(INBOX, headers={"accept-language": "en"}).context["items"]]
    assert english == [f"{n} of your duties fall due soon or are overdue." for n in (3, 2)]


def test_an_empty_inbox_says_what_will_come(people: Cast) -> None:
    assert "Noch keine Mitteilungen" in text_of(signed_in(people.alice).get(INBOX))


def test_the_inbox_is_paged(people: Cast, now: datetime) -> None:
    for number in range(60):
        make_notice(people.alice, number, at=now)
    client = signed_in(people.alice)
    assert [len(client.get(INBOX, {"page": page}).context["items"]) for page in (1, 2, 3)] == [25, 25, 10]


def test_the_filter_shows_what_is_unread(people: Cast, now: datetime) -> None:
    make_notice(people.alice, 2, at=now)
    make_notice(people.alice, 3, at=now)
    Notice.objects.filter(cause="cause-2").update(read_at=now)
    items = signed_in(people.alice).get(INBOX, {"show": "unread"}).context["items"]
    assert [(item.unread, item.title[:1]) for item in items] == [(True, "3")]


def test_the_filter_by_kind_shows_that_kind(people: Cast, now: datetime) -> None:
    make_notice(people.alice, 2, at=now)
    make_notice(people.alice, 3, at=now, kind="notices.bounced", words={"to": "a@b.de", "reason": "weg"})
    client = signed_in(people.alice)
    assert [facet["label"] for facet in client.get(INBOX).context["facets"]] == ["Worum es geht"]
    items = client.get(INBOX, {"kind": "notices.bounced"}).context["items"]
    assert [item.title for item in items] == ["Post an a@b.de kam zurück: weg"]


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?show=x", "?kind=%00", "?kind=nonsense"])
def test_nonsense_in_the_address_is_no_error(people: Cast, now: datetime, query: str) -> None:
    make_notice(people.alice, at=now)
    assert signed_in(people.alice).get(INBOX + query).status_code == 200


def test_opening_a_notice_leads_to_what_it_is_about_and_marks_it_read(people: Cast, now: datetime) -> None:
    notice = make_notice(people.alice, at=now, link="/recht/")
    response = signed_in(people.alice).get(reverse("notices:open", args=[notice.pk]))
    assert (response.status_code, response.url) == (302, "/recht/")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_another_persons_notice_does_not_exist(people: Cast, now: datetime) -> None:
    notice = make_notice(people.alice, at=now)
    client = signed_in(people.bob)
    assert client.get(reverse("notices:open", args=[notice.pk])).status_code == 404
    assert client.post(reverse("notices:read", args=[notice.pk])).status_code == 404
    client.post(reverse("notices:read-all"))
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/nachrichten/?page=2", "/nachrichten/?page=2"),
        ("https://evil.example/", INBOX),
        ("//evil.example", INBOX),
        ("", INBOX),
    ],
)
def test_marking_read_leads_back_to_the_list_and_nowhere_else(
    people: Cast, now: datetime, wanted: str, led_to: str
) -> None:
    notice = make_notice(people.alice, at=now)
    response = signed_in(people.alice).post(reverse("notices:read", args=[notice.pk]), {"next": wanted})
    assert response.url == led_to
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_marking_all_read(people: Cast, now: datetime) -> None:
    for number in range(3):
        make_notice(people.alice, number, at=now)
    signed_in(people.alice).post(reverse("notices:read-all"))
    assert not Notice.objects.filter(read_at=None).exists()


def test_reading_by_following_a_link_is_refused(people: Cast, now: datetime) -> None:
    notice = make_notice(people.alice, at=now)
    assert signed_in(people.alice).get(reverse("notices:read", args=[notice.pk])).status_code == 405


FORM = {"rhythm": "weekly", "digest_hour": "9", "quiet_from": "22:00", "quiet_until": "07:00", "law_letters": "on"}


def test_a_person_chooses_how_to_be_told(people: Cast) -> None:
    facet = Facet.objects.create(key="theme", name_de="Thema", name_en="Theme")
    theme = Concept.objects.create(key="tests-theme", facet=facet, name_de="Arbeit", name_en="Work")
    response = signed_in(people.alice).post(reverse("notices:preferences"), {**FORM, "themes": [theme.pk]})
    assert response.status_code == 302
    kept = Preference.objects.get()
    assert (kept.person, kept.rhythm, kept.digest_hour, list(kept.themes.all())) == (people.alice, "weekly", 9, [theme])


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"quiet_until": ""}, {"quiet_until"}),
        ({"quiet_from": ""}, {"quiet_from"}),
        ({"quiet_from": "25:00"}, {"quiet_from"}),
        ({"quiet_from": "07:00"}, {"quiet_until"}),
        ({"rhythm": "hourly"}, {"rhythm"}),
        ({"digest_hour": "24"}, {"digest_hour"}),
        ({"themes": ["4711"]}, {"themes"}),
    ],
)
def test_a_choice_that_makes_no_sense_is_shown_at_its_field(people: Cast, changed: dict, wrong: set[str]) -> None:
    response = signed_in(people.alice).post(reverse("notices:preferences"), {**FORM, **changed})
    assert (response.status_code, set(response.context["form"].errors)) == (422, wrong)
    assert not Preference.objects.filter(rhythm="weekly").exists()


def path_of(person: Person, what: Subscription = Subscription.DIGEST) -> str:
    return unsubscribe_url(person, what, at=timezone.now()).removeprefix("http://localhost:8000")


def test_opening_the_link_asks_and_changes_nothing(people: Cast) -> None:
    response = Client().get(path_of(people.alice))
    assert response.status_code == 200
    assert "alice@example.org wird keine Mitteilungen per E-Mail mehr erhalten." in text_of(response)
    assert not Preference.objects.exists()


def test_the_page_speaks_the_persons_language(people: Cast) -> None:
    assert "bob@example.org will get no more letters on changes of law." in text_of(
        Client().get(path_of(people.bob, Subscription.LAW_LETTERS))
    )


def test_one_post_without_account_cookie_or_token_unsubscribes(people: Cast) -> None:
    """RFC 8058 section 3.2: that is all a mail program sends."""
    client = Client(enforce_csrf_checks=True)
    response = client.post(path_of(people.fatma), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert Preference.objects.values_list("person__name", "rhythm").get() == ("Fatma", "never")


def test_posting_twice_is_fine(people: Cast) -> None:
    for _time in range(2):
        assert Client().post(path_of(people.fatma)).status_code == 200


@pytest.mark.parametrize("token", ["x", "a:b", "%00", "x" * 3000])
def test_a_damaged_link_is_a_page_with_a_sentence(people: Cast, token: str) -> None:
    response = Client().get(f"/nachrichten/abbestellen/{token}/")
    assert response.status_code == 409
    assert "beschädigt" in text_of(response)


def test_a_link_of_a_person_who_was_erased_is_not_found(people: Cast) -> None:
    address = path_of(people.fatma)
    people.fatma.delete()
    assert Client().get(address).status_code == 404


def test_the_inbox_takes_the_same_queries_for_one_notice_and_for_many(people: Cast, now: datetime) -> None:
    client = signed_in(people.alice)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(INBOX)
        return len(seen)

    make_notice(people.alice, at=now)
    few = queries()
    for number in range(2, 25):
        make_notice(people.alice, number, at=now + timedelta(minutes=number))
    assert queries() == few
