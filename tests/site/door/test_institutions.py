"""Signing in at one's institution, against a real provider: who comes in, and every answer that is not good enough."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.register.people.models import Account, Person
from tests.cast import app_code, with_app
from tests.site.door.provider import CLIENT, SECRET, Provider, running
from tests.site.reading_pages import heading, page, words

pytestmark = pytest.mark.django_db
GO = "/anmeldung/institution/uni/"


@pytest.fixture
def uni(settings: Any) -> Iterator[Provider]:
    with running() as provider:
        settings.OIDC_PROVIDERS = [
            {
                "key": "uni",
                "name": "Universität Probe",
                "issuer": provider.issuer,
                "client_id": CLIENT,
                "client_secret": SECRET,
            }
        ]
        yield provider


def come_back(provider: Provider, client: Client, *, wish: str = "", **claims: Any) -> Any:
    """Through the institution's door and back, with what it says of the person."""
    provider.claims = claims
    there = client.get(GO, {"next": wish})
    assert there.status_code == 302, words(page(there))
    way = urlsplit(provider.arrives(there["Location"]))
    return client.get(f"{way.path}?{way.query}")


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_verified_address_with_an_account_comes_in(uni: Provider, tariq: Account) -> None:
    client = Client()
    answer = come_back(uni, client, wish=reverse("outputs:outputs"), email=tariq.mail.upper())
    assert (answer["Location"], signed_in(client)) == (reverse("outputs:outputs"), True)
    assert uni.secrets_seen == [f"{CLIENT}:{SECRET}"]
    assert uni.asked["redirect_uri"].endswith("/anmeldung/institution/uni/zurueck/")


def test_the_sign_in_page_offers_it(uni: Provider) -> None:
    shown = page(Client().get(reverse("desk:sign-in")))
    assert "Anmelden bei Universität Probe" in words(shown)
    assert GO in shown.xpath("//main//a/@href")


def test_who_has_a_second_factor_shows_it_here_as_well(uni: Provider, tariq: Account) -> None:
    client = Client()
    assert come_back(uni, client, email=with_app(tariq).mail)["Location"] == reverse("door:second")
    assert not signed_in(client)
    client.post(reverse("door:second"), {"code": app_code()})
    assert signed_in(client)


def test_staff_without_a_second_factor_set_one_up(uni: Provider, jana: Account) -> None:
    client = Client()
    come_back(uni, client, email=jana.mail)
    assert client.get("/schreibtisch/")["Location"] == reverse("door:access")


def test_somebody_unknown_gets_a_clear_page_and_no_account(uni: Provider, tariq: Account) -> None:
    client = Client()
    before = Person.objects.count()
    answer = come_back(uni, client, email="fremd@example.org")
    assert (answer.status_code, heading(answer)) == (403, "Es gibt kein Konto mit dieser Adresse")
    assert "fremd@example.org" in words(page(answer))
    assert (signed_in(client), Person.objects.count()) == (False, before)


def test_a_closed_account_stays_closed(uni: Provider, tariq: Account) -> None:
    Account.objects.update(is_active=False)
    client = Client()
    assert (come_back(uni, client, email=tariq.mail).status_code, signed_in(client)) == (403, False)


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_was_not_verified_opens_nothing(uni: Provider, tariq: Account, verified: Any) -> None:
    client = Client()
    answer = come_back(uni, client, email=tariq.mail, email_verified=verified)
    assert (answer.status_code, signed_in(client)) == (409, False)
    assert "hat nicht bestätigt, dass Ihre E-Mail-Adresse Ihnen gehört" in words(page(answer))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"}, {"aud": "somebody-else"}, {"nonce": "guessed"}, {"nonce": None},
        {"exp": int(time.time()) - 600}, {"exp": None}, {"iss": None},
    ],
    ids=["wrong issuer", "wrong audience", "wrong nonce", "no nonce", "expired", "no end", "no issuer"],
)  # fmt: skip
def test_a_token_that_is_not_for_us_now_opens_nothing(uni: Provider, tariq: Account, claims: dict[str, Any]) -> None:
    client = Client()
    answer = come_back(uni, client, email=tariq.mail, **claims)
    assert (answer.status_code, signed_in(client)) == (409, False)
    assert "Die Anmeldung bei Universität Probe ist nicht gelungen." in words(page(answer))
    assert come_back(uni, client, email=tariq.mail).status_code == 302  # with the right claims it would


def test_a_token_signed_by_somebody_else_opens_nothing(uni: Provider, tariq: Account) -> None:
    uni.signs_with = uni.stranger
    client = Client()
    assert (come_back(uni, client, email=tariq.mail).status_code, signed_in(client)) == (409, False)


def test_without_an_identity_token_nobody_comes_in(uni: Provider, tariq: Account) -> None:
    uni.without_token = True
    client = Client()
    assert (come_back(uni, client, email=tariq.mail).status_code, signed_in(client)) == (409, False)


def test_an_answer_for_another_browser_opens_nothing(uni: Provider, tariq: Account) -> None:
    uni.claims = {"email": tariq.mail}
    way = urlsplit(uni.arrives(Client().get(GO)["Location"]))
    other = Client()
    assert (other.get(f"{way.path}?{way.query}").status_code, signed_in(other)) == (409, False)
    assert other.get(way.path, {"error": "access_denied"}).status_code == 409


def test_an_answer_is_good_once(uni: Provider, tariq: Account) -> None:
    client = Client()
    uni.claims = {"email": tariq.mail}
    way = urlsplit(uni.arrives(client.get(GO)["Location"]))
    address = f"{way.path}?{way.query}"
    assert [client.get(address).status_code, client.get(address).status_code] == [302, 409]


def test_a_provider_that_calls_itself_otherwise_or_is_away_is_one_sentence(uni: Provider, settings: Any) -> None:
    uni.says_issuer = "https://evil.example"
    assert Client().get(GO).status_code == 409
    settings.OIDC_PROVIDERS = [{**settings.OIDC_PROVIDERS[0], "issuer": "http://127.0.0.1:1"}]
    answer = Client().get(GO)
    assert (answer.status_code, "ist nicht gelungen" in words(page(answer))) == (409, True)


def test_an_institution_nobody_set_up_does_not_exist(uni: Provider) -> None:
    assert Client().get("/anmeldung/institution/andere/").status_code == 404
    assert Client().get("/anmeldung/institution/andere/zurueck/").status_code == 404


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example"])
def test_nobody_is_led_to_another_site(uni: Provider, tariq: Account, wish: str) -> None:
    assert come_back(uni, Client(), wish=wish, email=tariq.mail)["Location"] == "/schreibtisch/"
