"""Signing in by a link from a letter."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import Account
from nahtstelle.site.door.sign_in_links import MOST_AN_HOUR, send_link
from tests.cast import app_code, with_app
from tests.site.reading_pages import page, words

pytestmark = pytest.mark.django_db
ASK, DESK = "/anmeldung/link/", "/schreibtisch/"


def ask(account: Account) -> str:
    """Ask for a link; the path in the letter."""
    Client().post(ASK, {"mail": account.mail.upper()})
    letter = Letter.objects.latest("id")
    assert letter.to == account.mail
    return urlsplit(re.findall(r"https?://\S+", letter.text)[0]).path


def test_the_link_signs_in_once(tariq: Account) -> None:
    path, client = ask(tariq), Client()
    assert client.post(path)["Location"] == DESK
    assert client.get(DESK).status_code == 200
    again = Client().post(path)
    assert (again.status_code, "Dieser Link wurde schon benutzt" in words(page(again))) == (409, True)


def test_opening_it_uses_nothing_up(tariq: Account) -> None:
    path, scanner = ask(tariq), Client()
    for _number in range(3):
        assert scanner.get(path).status_code == 200
    assert "_auth_user_id" not in scanner.session
    assert Client().post(path).status_code == 302


def test_it_ends_after_a_quarter_of_an_hour(tariq: Account) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z") as clock:
        path = ask(tariq)
        clock.shift(timedelta(minutes=16))
        answer = Client().post(path)
    assert (answer.status_code, "Dieser Link ist abgelaufen." in words(page(answer))) == (409, True)


def test_a_forged_link_is_damaged(tariq: Account) -> None:
    path = ask(tariq)
    assert Client().get(path).status_code == 200
    for forged in (path[:-3] + "x/", reverse("door:open-link", args=["unsinn"])):
        answer = Client().post(forged)
        assert (answer.status_code, "beschädigt" in words(page(answer))) == (409, True)


def test_nobody_learns_who_has_an_account(tariq: Account) -> None:
    known, unknown = (words(page(Client().post(ASK, {"mail": mail}))) for mail in (tariq.mail, "niemand@example.org"))
    assert known.replace(tariq.mail, "X") == unknown.replace("niemand@example.org", "X")
    assert Letter.objects.count() == 1


def test_a_closed_account_gets_no_link_and_its_link_opens_nothing(tariq: Account) -> None:
    path = ask(tariq)
    Account.objects.update(is_active=False)
    Client().post(ASK, {"mail": tariq.mail})
    assert (Letter.objects.count(), Client().post(path).status_code) == (1, 409)


def test_an_address_changed_since_proves_nothing(tariq: Account) -> None:
    path = ask(tariq)
    Account.objects.filter(pk=tariq.pk).update(mail="anders@example.org")
    assert Client().post(path).status_code == 409


def test_asking_without_end_writes_a_handful_of_letters_an_hour(tariq: Account) -> None:
    for _number in range(MOST_AN_HOUR + 3):
        send_link(tariq.mail, at=timezone.now())
    assert Letter.objects.count() == MOST_AN_HOUR


def test_who_has_an_app_needs_it_after_the_link(ruth: Account) -> None:
    path, client = ask(with_app(ruth)), Client()
    assert client.post(path)["Location"] == reverse("door:second")
    assert "_auth_user_id" not in client.session
    client.post(reverse("door:second"), {"code": app_code()})
    assert client.get(DESK).status_code == 200


def test_staff_without_a_second_factor_set_one_up_first(jana: Account) -> None:
    path, client = ask(jana), Client()
    client.post(path)
    assert client.get(DESK)["Location"] == reverse("door:access")
