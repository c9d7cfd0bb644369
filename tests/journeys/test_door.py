"""Coming in: with a password and an app, and with a passkey alone, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from playwright.sync_api import expect

from nahtstelle.register.people.models import Account
from nahtstelle.site.door.models import Factor
from tests.cast import account
from tests.journeys.visitor import PASSWORD, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.once]
Look = Callable[[Any], None]


@pytest.fixture
def jana_new(live_centre: str) -> Account:
    """The legal officer on her first day: a password, and nothing else."""
    made = account("Jana", role="legal-officer")
    made.password = make_password(PASSWORD)
    made.save()
    return made


def enters_the_password(me: Visitor, mail: str) -> None:
    me.opens("desk:sign-in")
    me.page.locator("#id_username").fill(mail)
    me.page.locator("#id_password").fill(PASSWORD)
    me.presses("Sign in", within="#main")


def leaves(me: Visitor) -> None:
    me.page.context.clear_cookies()


def test_an_app_is_set_up_on_the_first_day_and_asked_for_on_the_second(
    jana_new: Account, visitor: Callable[..., Visitor], axe: Look
) -> None:
    me = visitor(phone=True)
    enters_the_password(me, jana_new.mail)
    me.opens("outputs:workshop")
    me.sees("Your role needs a second factor")
    axe(me.page)
    me.follows("Add an authenticator app", within="#main")
    axe(me.page)
    secret = me.page.locator("main code").inner_text().replace(" ", "")
    me.fills("Code", pyotp.TOTP(secret).at(timezone.now()))
    me.presses("Add the app")
    me.sees("Your recovery codes", within="h1")
    axe(me.page)
    code = me.page.locator("main li code").first.inner_text()
    me.follows("I have kept them")
    assert me.path == "/veroeffentlichungen/werkstatt/"

    leaves(me)
    enters_the_password(me, jana_new.mail)
    axe(me.page)
    me.fills("Code", code)  # a day without the phone
    me.presses("Sign in", within="#main")
    expect(me.heading).to_have_text(me.said("My desk"))


def test_a_passkey_alone_comes_in(jana_new: Account, visitor: Callable[..., Visitor], axe: Look) -> None:
    me = visitor()
    device = me.page.context.new_cdp_session(me.page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    enters_the_password(me, jana_new.mail)
    me.opens("door:add-passkey")
    axe(me.page)
    me.presses("Add the passkey")
    me.sees("Your recovery codes", within="h1")
    assert Factor.objects.get().kind == "passkey"

    leaves(me)
    me.opens("desk:sign-in")
    axe(me.page)
    me.presses("Sign in with a passkey")
    expect(me.page).to_have_url(re.compile("/schreibtisch/$"))
    expect(me.heading).to_have_text(me.said("My desk"))
    assert Factor.objects.get().sign_count > 0


def test_without_script_there_is_no_passkey_button_and_the_password_works(
    jana_new: Account, visitor: Callable[..., Visitor]
) -> None:
    me = visitor(script=False)
    me.opens("desk:sign-in")
    assert not me.named("button", "Sign in with a passkey").is_visible()
    enters_the_password(me, jana_new.mail)
    expect(me.heading).to_have_text(me.said("How I sign in"))
