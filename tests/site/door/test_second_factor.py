"""The second step: who needs it, what it accepts, how often one may try, and what changing it ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import Account, CentreRole
from nahtstelle.site.door import factors
from nahtstelle.site.door.models import Factor, RecoveryCode
from nahtstelle.site.door.sealing import unseal
from tests.cast import APP, SINCE, app_code, come_in, with_app
from tests.site.reading_pages import heading, page, words

pytestmark = pytest.mark.django_db
DOOR, DESK, SECOND, ACCESS = (
    "/schreibtisch/anmelden/",
    "/schreibtisch/",
    "/anmeldung/zweiter-schritt/",
    "/anmeldung/zugang/",
)
PASSWORD = "ein langes Kennwort mit Leerzeichen"


def with_password(somebody: Account) -> Account:
    somebody.password = make_password(PASSWORD)
    somebody.save()
    return somebody


@pytest.fixture
def ruth_in(ruth: Account) -> Account:
    return with_app(with_password(ruth))


def first_step(somebody: Account, wish: str = "") -> Client:
    client = Client()
    client.post(DOOR, {"username": somebody.mail, "password": PASSWORD, "next": wish})
    return client


def shown(client: Client, path: str = DESK) -> str:
    return heading(client.get(path, follow=True))


# --- who needs one ---


def test_staff_without_a_second_factor_get_to_setting_one_up_and_nowhere_else(jana: Account) -> None:
    client = first_step(with_password(jana))
    for path in (DESK, reverse("outputs:workshop"), reverse("people:people"), reverse("home"), reverse("law:laws")):
        assert client.get(path)["Location"] == ACCESS
    assert client.post(reverse("notices:read-all"))["Location"] == ACCESS
    assert "Ihre Rolle braucht einen zweiten Faktor" in words(page(client.get(ACCESS)))


def test_the_same_pages_open_once_it_is_shown(ruth_in: Account) -> None:
    client = first_step(ruth_in)
    client.post(SECOND, {"code": app_code()})
    assert [client.get(path).status_code for path in (DESK, reverse("outputs:workshop"))] == [200, 200]


def test_a_way_out_stays_open_while_nothing_else_is(jana: Account) -> None:
    client = first_step(with_password(jana))
    assert client.get(reverse("privacy")).status_code == 200
    assert client.post(reverse("desk:sign-out"))["Location"] == reverse("home")
    assert client.get(reverse("home")).status_code == 200


def test_who_has_no_role_at_the_centre_needs_none(tariq: Account) -> None:
    assert shown(first_step(with_password(tariq))) == "Mein Schreibtisch"


def test_a_role_given_meanwhile_demands_it_at_once(tariq: Account) -> None:
    client = first_step(with_password(tariq))
    assert client.get(DESK).status_code == 200
    CentreRole.objects.create(person=tariq.person, role="editor", valid_from=SINCE)
    assert client.get(DESK)["Location"] == ACCESS


def test_who_has_one_without_needing_it_is_asked_for_it(tariq: Account) -> None:
    client = first_step(with_app(with_password(tariq)))
    assert client.get(DESK).status_code == 302
    client.post(SECOND, {"code": app_code()})
    assert client.get(DESK).status_code == 200


def test_the_demos_people_are_asked_for_none_and_only_in_the_demo(jana: Account, settings: Any) -> None:
    jana.person.slug = "jana-wolters"
    jana.person.save()
    client = Client()
    client.post(reverse("demo:enter"), {"person": "jana-wolters"})
    assert client.get(DESK).status_code == 200
    settings.DEMO = False
    assert client.get(DESK)["Location"] == ACCESS


# --- the second step ---


def test_a_password_alone_signs_nobody_in_who_has_an_app(ruth_in: Account) -> None:
    client = first_step(ruth_in)
    assert "_auth_user_id" not in client.session
    assert client.get(DESK)["Location"].startswith(DOOR)


def test_the_code_leads_to_where_one_wanted(ruth_in: Account) -> None:
    client = first_step(ruth_in, wish=reverse("outputs:workshop"))
    assert client.post(SECOND, {"code": app_code()})["Location"] == reverse("outputs:workshop")


def test_nobody_is_led_to_another_site_after_it(ruth_in: Account) -> None:
    client = first_step(ruth_in, wish="https://evil.example/")
    assert client.post(SECOND, {"code": app_code()})["Location"] == DESK


@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "１２３４５６", "0" * 40, "\x00" * 6])
def test_a_wrong_code_is_said_in_a_sentence(ruth_in: Account, code: str) -> None:
    client = first_step(ruth_in)
    answer = client.post(SECOND, {"code": code})
    assert (answer.status_code, "_auth_user_id" in client.session) == (422, False)


def test_a_code_is_good_once(ruth_in: Account) -> None:
    code = app_code()
    first, second = first_step(ruth_in), first_step(ruth_in)
    assert first.post(SECOND, {"code": code}).status_code == 302
    answer = second.post(SECOND, {"code": code})
    assert answer.status_code == 422
    assert "Dieser Code ist falsch, oder er wurde schon benutzt." in words(page(answer))


def test_a_clock_may_be_half_a_minute_off_and_not_more(ruth_in: Account) -> None:
    with time_machine.travel("2026-11-23T09:00:10Z", tick=False):
        assert (
            factors.use_code(
                account=ruth_in, code=pyotp.TOTP(APP).at(timezone.now() - timedelta(seconds=90)), at=timezone.now()
            )
            is False
        )
        assert (
            factors.use_code(
                account=ruth_in, code=pyotp.TOTP(APP).at(timezone.now() - timedelta(seconds=30)), at=timezone.now()
            )
            is True
        )


def test_the_second_step_waits_ten_minutes(ruth_in: Account) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z") as clock:
        client = first_step(ruth_in)
        clock.shift(timedelta(minutes=11))
        answer = client.post(SECOND, {"code": app_code()})
    assert answer.status_code == 409
    assert "Bitte melden Sie sich noch einmal an." in words(page(answer))


def test_without_a_first_step_there_is_no_second(ruth_in: Account) -> None:
    assert Client().get(SECOND)["Location"] == DOOR
    assert Client().post(SECOND, {"code": app_code()}).status_code == 409


def test_a_password_changed_between_the_steps_ends_them(ruth_in: Account) -> None:
    client = first_step(ruth_in)
    ruth_in.set_password(PASSWORD + " neu")
    ruth_in.save()
    assert client.post(SECOND, {"code": app_code()}).status_code == 409


def test_ten_wrong_codes_close_the_door_for_the_password_as_well(ruth_in: Account) -> None:
    client = first_step(ruth_in)
    answers = [client.post(SECOND, {"code": "000000"}).status_code for _number in range(10)]
    assert answers == [422] * 9 + [429]
    assert client.post(SECOND, {"code": app_code()}).status_code == 429
    assert Client().post(DOOR, {"username": ruth_in.mail, "password": PASSWORD}).status_code == 429


def test_wrong_passwords_and_wrong_codes_count_together(ruth_in: Account) -> None:
    for _number in range(5):
        Client().post(DOOR, {"username": ruth_in.mail, "password": "geraten"})
    client = first_step(ruth_in)
    answers = [client.post(SECOND, {"code": "000000"}).status_code for _number in range(5)]
    assert answers == [422] * 4 + [429]


# --- setting one up ---


def set_up(client: Client) -> Any:
    client.get(reverse("door:add-app"))
    code = pyotp.TOTP(client.session["door-app-secret"]).at(timezone.now())
    return client.post(reverse("door:add-app"), {"name": "Mein Telefon", "code": code})


def test_setting_up_an_app_opens_the_house_and_shows_recovery_codes_once(jana: Account) -> None:
    client = first_step(with_password(jana))
    client.get(reverse("outputs:workshop"))
    answer = set_up(client)
    assert (heading(answer), "no-store" in answer["Cache-Control"]) == ("Ihre Wiederherstellungscodes", True)
    assert len(page(answer).xpath("//main//li/code")) == 10
    (way_on,) = page(answer).xpath("//main//a[contains(@class, 'kern-btn--primary')]/@href")
    assert way_on == reverse("outputs:workshop")
    assert client.get(way_on).status_code == 200


def test_where_one_wanted_to_go_is_offered_once(jana: Account) -> None:
    client = first_step(with_password(jana))
    client.get(reverse("outputs:workshop"))
    set_up(client)
    again = client.post(reverse("door:recovery-codes"))
    assert page(again).xpath("//main//a[contains(@class, 'kern-btn--primary')]/@href") == [DESK]


def test_the_secret_lies_sealed_in_the_database(jana: Account) -> None:
    client = first_step(with_password(jana))
    client.get(reverse("door:add-app"))
    secret = client.session["door-app-secret"]
    set_up(client)
    sealed = Factor.objects.get().sealed_secret
    assert (secret in sealed, unseal(sealed)) == (False, secret)


def test_an_app_that_shows_something_else_is_not_added(jana: Account) -> None:
    client = first_step(with_password(jana))
    client.get(reverse("door:add-app"))
    answer = client.post(reverse("door:add-app"), {"name": "Telefon", "code": "000000"})
    assert (answer.status_code, Factor.objects.count()) == (422, 0)
    assert "Dieser Code passt nicht." in words(page(answer))


def test_a_new_factor_is_recorded_and_told_by_mail(jana: Account) -> None:
    set_up(first_step(with_password(jana)))
    letter = Letter.objects.get()
    assert (
        letter.to,
        "Ein zweiter Faktor wurde Ihrem Konto hinzugefügt: Authenticator-App: Mein Telefon." in letter.text,
    ) == (jana.mail, True)
    assert Entry.objects.filter(fact="door.FactorAdded").count() == 1


def test_sessions_elsewhere_end_when_a_factor_is_added(tariq: Account) -> None:
    with_password(tariq)
    here, elsewhere = first_step(tariq), first_step(tariq)
    assert elsewhere.get(DESK).status_code == 200
    set_up(here)
    assert (here.get(DESK).status_code, elsewhere.get(DESK).status_code) == (200, 302)


def test_an_unlocked_screen_alone_changes_no_factor(ruth_in: Account) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z") as clock:
        client = first_step(ruth_in)
        client.post(SECOND, {"code": app_code()})
        assert client.get(reverse("door:add-app")).status_code == 200
        clock.shift(timedelta(minutes=31))
        assert client.get(reverse("door:add-app"))["Location"] == SECOND
        assert client.post(SECOND, {"code": app_code()})["Location"] == reverse("door:add-app")
        assert client.get(reverse("door:add-app")).status_code == 200


def test_a_first_factor_wants_a_fresh_sign_in(tariq: Account) -> None:
    with time_machine.travel("2026-11-23T09:00:00Z") as clock:
        client = first_step(with_password(tariq))
        clock.shift(timedelta(minutes=31))
        assert client.get(reverse("door:add-app"))["Location"].startswith(DOOR)


# --- removing, recovery, reset ---


def test_staff_keep_at_least_one(ruth_in: Account) -> None:
    client = come_in(Client(), ruth_in)
    only = Factor.objects.get()
    assert client.post(reverse("door:remove", args=[only.pk])).status_code == 409
    with_app(ruth_in)
    assert client.post(reverse("door:remove", args=[only.pk])).status_code == 302
    assert Factor.objects.filter(account=ruth_in).count() == 1
    assert client.get(DESK).status_code == 200


def test_nobody_removes_the_factor_of_another(ruth_in: Account, jana: Account) -> None:
    with_app(ruth_in)
    factor = Factor.objects.filter(account=ruth_in).first()
    assert factor is not None
    client = come_in(Client(), with_app(jana))
    assert client.post(reverse("door:remove", args=[factor.pk])).status_code == 404
    assert come_in(Client(), ruth_in).post(reverse("door:remove", args=[factor.pk])).status_code == 302


def test_a_recovery_code_is_good_once_however_it_is_written(ruth_in: Account) -> None:
    code = factors.make_recovery_codes(account=ruth_in, by=ruth_in.actor, at=timezone.now())[3]
    written = code.upper().replace("-", " ")
    assert first_step(ruth_in).post(SECOND, {"code": written}).status_code == 302
    assert first_step(ruth_in).post(SECOND, {"code": code}).status_code == 422
    assert "9 sind übrig" in Letter.objects.get(key__startswith="door-recovery").text


def test_new_recovery_codes_replace_the_old(ruth_in: Account) -> None:
    old = factors.make_recovery_codes(account=ruth_in, by=ruth_in.actor, at=timezone.now())
    client = come_in(Client(), ruth_in)
    assert client.post(reverse("door:recovery-codes")).status_code == 200
    assert RecoveryCode.objects.filter(account=ruth_in).count() == 10
    assert first_step(ruth_in).post(SECOND, {"code": old[0]}).status_code == 422


def test_an_administrator_resets_the_factors_of_somebody_with_a_reason(sam: Account, ruth_in: Account) -> None:
    theirs = come_in(Client(), ruth_in)
    address = reverse("door:reset", args=[ruth_in.person.slug])
    client = come_in(Client(), sam)
    assert client.post(address, {"why": "ja"}).status_code == 422
    assert Factor.objects.count() == 1
    assert client.post(address, {"why": "Telefon verloren"}).status_code == 302
    assert Factor.objects.count() == 0
    assert theirs.get(DESK).status_code == 302
    entry = Entry.objects.get(fact="door.FactorsReset")
    assert (entry.actor, entry.why) == (sam.actor.ref, "Telefon verloren")
    letter = Letter.objects.get(key__startswith="door-reset")
    assert (letter.to, "Telefon verloren" in letter.text, "Sam" in letter.text) == (ruth_in.mail, True, True)


@pytest.mark.parametrize("who", ["jana", "tariq", "stranger"])
def test_nobody_else_resets_them(who: str, ruth_in: Account, request: Any) -> None:
    client = come_in(Client(), request.getfixturevalue(who))
    answer = client.post(reverse("door:reset", args=[ruth_in.person.slug]), {"why": "Telefon verloren"})
    assert (answer.status_code in (403, 404), Factor.objects.count()) == (True, 1)


def test_nobody_resets_their_own(ruth_in: Account) -> None:
    answer = come_in(Client(), ruth_in).post(
        reverse("door:reset", args=[ruth_in.person.slug]), {"why": "Telefon verloren"}
    )
    assert (answer.status_code, Factor.objects.count()) == (403, 1)


def test_the_persons_page_tells_keepers_of_factors_and_nobody_else(
    ruth_in: Account, sam: Account, emre: Account, as_: Callable[..., Client]
) -> None:
    address = reverse("people:person", args=[ruth_in.person.slug])
    assert "Zweite Faktoren zurücksetzen" in words(page(as_(sam).get(address)))
    assert "Telefon" not in words(page(as_(emre).get(address)))
    assert "Wie ich mich anmelde, ändern" in words(page(as_(ruth_in).get(address)))


def test_an_operator_resets_them_where_nobody_else_is_left(ruth_in: Account) -> None:
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("reset_factors", "niemand@example.org", why="Telefon verloren")
    with pytest.raises(CommandError):
        call_command("reset_factors", ruth_in.mail, why=" ")
    call_command("reset_factors", ruth_in.mail, why="Telefon verloren")
    assert (Factor.objects.count(), Entry.objects.get(fact="door.FactorsReset").actor) == (0, "system:operator")
