"""The door: passwords, too many of them, the demo's personas, and that nobody is led astray."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from nahtstelle.register.people.models import Account
from tests.cast import account
from tests.site.reading_pages import heading, page, words

pytestmark = pytest.mark.django_db
DOOR = "/schreibtisch/anmelden/"
RIGHT, WRONG = "ein langes Kennwort mit Leerzeichen", "geraten"


@pytest.fixture
def nele(db: None) -> Account:
    """Somebody with a password."""
    made = account("Nele")
    made.password = make_password(RIGHT)
    made.save()
    return made


def try_(client: Client, who: Account, password: str, **more: str) -> Any:
    return client.post(DOOR, {"username": who.mail, "password": password, **more})


def test_the_right_password_leads_to_the_desk(nele: Account) -> None:
    client = Client()
    answer = try_(client, nele, RIGHT)
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:start"))
    assert client.get(reverse("desk:start")).status_code == 200


def test_a_wrong_password_is_said_in_a_sentence(nele: Account) -> None:
    answer = try_(Client(), nele, WRONG)
    said = words(page(answer).xpath("//*[contains(@class, 'n-errors')]")[0])
    assert answer.status_code == 200
    assert "E-Mail und Passwort passen nicht zusammen. Bei beiden zählt Groß- und Kleinschreibung." in said


def test_the_door_names_the_centre_and_not_the_machine(settings: Any) -> None:
    settings.SITE_NAME = "Fachstelle Probe"
    shown = page(Client().get(DOOR))
    assert words(shown.xpath("//*[@class='n-brand__site']")[0]) == "Fachstelle Probe"


def test_a_stranger_hears_the_same_as_somebody_with_a_wrong_password(nele: Account) -> None:
    client = Client()
    known, unknown = (
        words(
            page(client.post(DOOR, {"username": mail, "password": WRONG})).xpath("//*[contains(@class, 'n-errors')]")[0]
        )
        for mail in (nele.mail, "niemand@example.org")
    )
    assert known == unknown


def test_a_closed_account_does_not_come_in(nele: Account) -> None:
    Account.objects.filter(pk=nele.pk).update(is_active=False)
    client = Client()
    try_(client, nele, RIGHT)
    assert client.get(reverse("desk:start")).status_code == 302


@pytest.mark.parametrize(
    ("language", "title"), [("de", "Zu viele Versuche"), ("en", "Too many attempts")], ids=["de", "en"]
)
def test_after_ten_wrong_passwords_the_door_is_closed_readably(nele: Account, language: str, title: str) -> None:
    client = Client(headers={"accept-language": language})
    answers = [try_(client, nele, WRONG) for _number in range(10)]
    assert ([answer.status_code for answer in answers[:9]], answers[9].status_code) == ([200] * 9, 429)
    assert heading(answers[9]) == title
    assert try_(client, nele, RIGHT).status_code == 429


def test_writing_the_address_otherwise_is_the_same_door(nele: Account) -> None:
    client = Client()
    for number in range(10):
        mail = nele.mail.upper() if number % 2 else nele.mail
        client.post(DOOR, {"username": mail, "password": WRONG})
    assert client.post(DOOR, {"username": nele.mail.title(), "password": RIGHT}).status_code == 429


def test_a_closed_door_is_closed_for_one_account_only(nele: Account) -> None:
    other = account("Olaf")
    other.password = make_password(RIGHT)
    other.save()
    client = Client()
    for _number in range(10):
        try_(client, nele, WRONG)
    assert try_(client, other, RIGHT).status_code == 302


def test_success_forgets_the_failures_before(nele: Account) -> None:
    client = Client()
    for _number in range(9):
        try_(client, nele, WRONG)
    assert try_(client, nele, RIGHT).status_code == 302
    client = Client()
    assert try_(client, nele, WRONG).status_code == 200


@pytest.mark.parametrize(
    "wish",
    ["https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_nobody_is_led_to_another_site(nele: Account, wish: str) -> None:
    assert try_(Client(), nele, RIGHT, next=wish)["Location"] == reverse("desk:start")


def test_a_wish_within_the_house_is_granted(nele: Account) -> None:
    wish = reverse("outputs:outputs") + "?q=pflege"
    assert try_(Client(), nele, RIGHT, next=wish)["Location"] == wish


def test_the_session_changes_its_key_at_the_door(nele: Account) -> None:
    client = Client()
    client.get(reverse("demo:doors"))
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    try_(client, nele, RIGHT)
    assert client.cookies["sessionid"].value != before


def test_the_session_cookie_is_out_of_reach_for_scripts_and_strangers(nele: Account) -> None:
    client = Client()
    try_(client, nele, RIGHT)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_signing_out_ends_the_session(nele: Account, as_: Callable[..., Client]) -> None:
    client = as_(nele)
    assert client.post(reverse("desk:sign-out"))["Location"] == reverse("home")
    assert client.get(reverse("desk:start")).status_code == 302


def test_a_link_alone_signs_nobody_out(nele: Account, as_: Callable[..., Client]) -> None:
    client = as_(nele)
    assert client.get(reverse("desk:sign-out")).status_code == 405
    assert client.get(reverse("desk:start")).status_code == 200


# --- the demo's doors ---


@pytest.fixture
def persona(db: None) -> Account:
    made = account("Jana Wolters", role="legal-officer")
    assert made.person.slug == "jana-wolters"
    return made


def enter(client: Client, slug: str, **more: str) -> Any:
    return client.post(reverse("demo:enter"), {"person": slug, **more})


def test_a_persona_is_entered_without_a_password(persona: Account) -> None:
    client = Client()
    assert enter(client, "jana-wolters")["Location"] == reverse("desk:start")
    assert int(client.session["_auth_user_id"]) == persona.pk


def test_only_the_people_on_the_page_are_entered(persona: Account, nele: Account) -> None:
    client = Client()
    assert (enter(client, nele.person.slug).status_code, "_auth_user_id" in client.session) == (404, False)


def test_a_link_alone_makes_nobody_a_persona(persona: Account) -> None:
    assert Client().get(reverse("demo:enter"), {"person": "jana-wolters"}).status_code == 405


def test_a_persona_without_token_is_refused(persona: Account) -> None:
    assert enter(Client(enforce_csrf_checks=True), "jana-wolters").status_code == 403


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_the_demos_doors_lead_nowhere_else(persona: Account, wish: str) -> None:
    assert enter(Client(), "jana-wolters", next=wish)["Location"] == reverse("desk:start")


def test_outside_the_demo_there_are_no_such_doors(root: Any) -> None:
    """Asked of a process of its own: addresses are laid out once, when the house starts."""
    import os  # reason: only this test starts a process
    import subprocess
    import sys

    ask = (
        "import django; django.setup(); from django.urls import resolve, Resolver404\n"
        "for address in ('/demo/personen/', '/demo/personen/als/', '/demo/rundgang/', '/demo/briefe/', '/stil/'):\n"
        "    try: resolve(address); print('open', address)\n"
        "    except Resolver404: print('closed')\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NAHTSTELLE_")}
    environment |= {"DJANGO_SETTINGS_MODULE": "nahtstelle.site.settings", "NAHTSTELLE_SECRET_KEY": "k" * 50}
    done = subprocess.run(
        [sys.executable, "-c", ask], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["closed"] * 5
