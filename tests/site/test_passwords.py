"""Setting a password by a link from a letter, and the first account of an empty centre."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.site.desk.passwords import link_for, send_link
from tests.letters import first_link
from tests.site.reading_pages import heading, page, words

pytestmark = pytest.mark.django_db
ASK = "/schreibtisch/passwort/"
GOOD = "ein langes Kennwort mit Leerzeichen"


def path_of(address: str) -> str:
    return urlsplit(address).path


def set_at(client: Client, path: str, password: str = GOOD, again: str | None = None) -> Any:
    """Open a link, as a person does, and fill the form behind it."""
    form = client.get(path, follow=True)
    place = form.redirect_chain[-1][0] if form.redirect_chain else path
    return client.post(place, {"new_password1": password, "new_password2": again or password})


def can_sign_in(account: Account, password: str = GOOD) -> bool:
    return Client().post("/schreibtisch/anmelden/", {"username": account.mail, "password": password}).status_code == 302


def test_the_link_in_the_letter_sets_a_password(jana: Account) -> None:
    assert not can_sign_in(jana)
    Client().post(ASK, {"mail": jana.mail.upper()})
    letter = Letter.objects.get()
    assert (letter.to, letter.state) == (jana.mail, "queued")
    assert set_at(Client(), first_link(letter))["Location"] == reverse("desk:sign-in")
    assert can_sign_in(jana)


def test_nobody_learns_who_has_an_account(jana: Account) -> None:
    known, unknown = (words(page(Client().post(ASK, {"mail": mail}))) for mail in (jana.mail, "niemand@example.org"))
    assert known.replace(jana.mail, "X") == unknown.replace("niemand@example.org", "X")
    assert Letter.objects.count() == 1


def test_a_closed_account_gets_no_link(jana: Account) -> None:
    Account.objects.update(is_active=False)
    Client().post(ASK, {"mail": jana.mail})
    assert Letter.objects.count() == 0


def test_asking_again_and_again_writes_one_letter_an_hour(jana: Account, now: datetime) -> None:
    for _number in range(5):
        send_link(jana, at=now)
    send_link(jana, at=now + timedelta(hours=1))
    assert Letter.objects.count() == 2


def test_a_link_is_good_once(jana: Account) -> None:
    path = path_of(link_for(jana))
    set_at(Client(), path)
    again = Client().get(path, follow=True)
    assert "Dieser Link wurde schon benutzt oder ist zu alt." in words(page(again))


def test_a_link_grows_old(jana: Account, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    path = path_of(link_for(jana))
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "zu alt" in words(page(Client().get(path, follow=True)))


def test_a_forged_link_opens_nothing(jana: Account, ruth: Account) -> None:
    mine, theirs = path_of(link_for(jana)).split("/"), path_of(link_for(ruth)).split("/")
    forged = "/".join([*theirs[:-2], mine[-2], ""])
    assert "zu alt" in words(page(Client().get(forged, follow=True)))
    assert Client().get("/schreibtisch/passwort/unsinn/xyz-abc/").status_code == 200


@pytest.mark.parametrize(
    ("password", "again"), [("kurz", "kurz"), (GOOD, GOOD + "!"), ("passwordpassword1", "passwordpassword2")]
)
def test_a_weak_or_mistyped_password_is_refused(jana: Account, password: str, again: str) -> None:
    answer = set_at(Client(), path_of(link_for(jana)), password, again)
    assert answer.status_code == 200
    assert page(answer).xpath("//*[contains(@class, 'n-errors')]") != []
    assert not can_sign_in(jana, password)


def test_the_token_is_in_no_address_that_is_shown(jana: Account) -> None:
    path = path_of(link_for(jana))
    answer = Client().get(path)
    assert (answer.status_code, path.split("/")[-2] in answer["Location"]) == (302, False)


def test_other_sessions_end_when_the_password_changes(tariq: Account) -> None:
    set_at(Client(), path_of(link_for(tariq)))
    elsewhere = Client()
    elsewhere.post("/schreibtisch/anmelden/", {"username": tariq.mail, "password": GOOD})
    assert elsewhere.get("/schreibtisch/").status_code == 200
    tariq.refresh_from_db()
    set_at(Client(), path_of(link_for(tariq)), GOOD + " neu")
    assert elsewhere.get("/schreibtisch/").status_code == 302


def test_it_is_recorded_without_the_password(jana: Account) -> None:
    set_at(Client(), path_of(link_for(jana)))
    entry = Entry.objects.get(fact="desk.PasswordSet")
    assert (entry.payload, list(entry.touches.values_list("changes", flat=True))) == (
        {"account": jana.pk}, [{"password": ["", "•••"]}]
    )  # fmt: skip


@pytest.mark.parametrize(("language", "greeting"), [("de", "Guten Tag Jana,"), ("en", "Hello Jana,")])
def test_the_letter_is_in_the_readers_language(jana: Account, language: str, greeting: str, now: datetime) -> None:
    Person.objects.update(language=language)
    jana.person.refresh_from_db()
    assert send_link(jana, at=now).text.strip().startswith(greeting)


def first_account(*arguments: str) -> str:
    out = StringIO()
    call_command("first_account", *arguments, stdout=out)
    return out.getvalue().strip()


def test_the_first_account_is_the_head_and_gets_a_link() -> None:
    path = path_of(first_account("Rahel Anders", "rahel@example.org"))
    account = Account.objects.get(mail="rahel@example.org")
    assert list(account.person.centre_roles.values_list("role", flat=True)) == [CentreRole.Role.LEAD]
    set_at(Client(), path)
    assert can_sign_in(account)
    client = Client()
    client.post("/schreibtisch/anmelden/", {"username": account.mail, "password": GOOD})
    # The head of the centre sets up a second factor before anything else.
    assert heading(client.get("/schreibtisch/", follow=True)) == "Wie ich mich anmelde"


def test_where_somebody_opens_accounts_already_there_is_no_first_one(ruth: Account) -> None:
    with pytest.raises(CommandError, match="ask them"):
        first_account("Rahel Anders", "rahel@example.org")
    assert not Person.objects.filter(mail="rahel@example.org").exists()


def test_a_first_account_without_an_address_leaves_nothing() -> None:
    with pytest.raises(CommandError):
        first_account("", "rahel@example.org")
    assert (Person.objects.count(), CentreRole.objects.count()) == (0, 0)


def test_the_moment_of_a_link_is_the_real_one(jana: Account) -> None:
    Client().post(ASK, {"mail": jana.mail})
    assert abs(Letter.objects.get().not_before - timezone.now()) < timedelta(minutes=1)
