"""An invitation by project and role: from the coordinator's form to the day on which the role has ended."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from playwright.sync_api import expect

from nahtstelle.register.notices.models import Letter
from nahtstelle.register.organisations.models import Organisation
from nahtstelle.register.people.models import Account
from nahtstelle.register.programmes.models import Engagement, FundingPeriod, Level, Network, Project
from nahtstelle.register.vocabulary.models import Concept
from tests.cast import SINCE, account, app_code, facet, programme, with_app
from tests.journeys.visitor import PASSWORD, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.once]
Look = Callable[[Any], None]


@pytest.fixture
def clock(now: datetime) -> Iterator[Any]:
    with time_machine.travel(now) as clock:
        yield clock


@pytest.fixture
def marlene(live_centre: str) -> Account:
    """Coordinates the network North, in which the project Bridge runs."""
    iq = programme("iq", "IQ")
    period = FundingPeriod.objects.create(key="iq-4", programme=iq, name_de="IQ 4", valid_from=SINCE)
    level = Level.objects.create(key="tp", period=period, name_de="Teilprojekt", rank=1)
    north = Network.objects.create(key="nord", level=level, name_de="Netzwerk Nord", valid_from=SINCE)
    kind = Concept.objects.create(
        key="sh-traeger", facet=facet("stakeholder", "Beteiligte", "Stakeholders"), name_de="Träger", name_en="Carrier"
    )
    carrier = Organisation.objects.create(slug="weser", name="Weser e. V.", kind=kind)
    Project.objects.create(
        key="bruecke", level=level, network=north, carrier=carrier, name_de="Brücke", valid_from=SINCE
    )
    made = _with_password(with_app(account("Marlene")))
    role = Engagement.Role.NETWORK_COORDINATOR
    Engagement.objects.create(person=made.person, programme=iq, network=north, role=role, valid_from=SINCE)
    return made


@pytest.fixture
def tariq(live_centre: str) -> Account:
    """Known to the centre, with a second factor, and without a role anywhere."""
    return with_app(account("Tariq"))


def _with_password(made: Account) -> Account:
    made.password = make_password(PASSWORD)
    made.save()
    return made


def test_a_practitioner_is_invited_accepts_and_may_what_the_role_brings_until_its_last_day(
    clock: Any, marlene: Account, tariq: Account, visitor: Callable[..., Visitor], axe: Look
) -> None:
    coordinator = visitor()
    coordinator.signs_in(marlene.mail)
    invites(coordinator, tariq.mail, last_day=date(2026, 11, 24), axe=axe)

    me = visitor(phone=True)
    me.page.goto(path_in_the_letter_to(tariq.mail))
    me.sees("You are invited", within="h1")
    axe(me.page)
    me.presses("Accept the invitation")
    expect(me.heading).to_have_text(me.said("Second step"))
    me.fills("Code", app_code())
    me.presses("Sign in", within="#main")
    expect(me.heading).to_have_text("Tariq")
    me.sees("What I may do, and why")
    brought = me.said("see who works in the programme %s") % "IQ"
    me.sees(brought, plain=True)
    axe(me.page)
    assert may_see(me, marlene)

    clock.shift(timedelta(days=2))
    assert not may_see(me, marlene)
    me.opens("people:me")
    me.sees("What I may do, and why")
    me.does_not_see(brought, plain=True)


def invites(me: Visitor, mail: str, *, last_day: date, axe: Look) -> None:
    me.opens("invitations:new", query="?projekt=bruecke")
    axe(me.page)
    me.fills("E-mail", mail)
    me.page.locator("#id_to").select_option("project:adviser")
    me.page.locator("#id_last_day").fill(last_day.isoformat())
    me.presses("Send the invitation", within="#main")
    me.sees(me.said("The invitation to %s is on its way.") % mail, plain=True)
    axe(me.page)


def path_in_the_letter_to(mail: str) -> str:
    letter = Letter.objects.get(to=mail)
    return urlsplit(re.findall(r"https?://\S+", letter.text)[0]).path


def may_see(me: Visitor, colleague: Account) -> bool:
    """Whether the page of a colleague in the programme is there."""
    me.opens("people:person", colleague.person.slug)
    return me.heading.inner_text() == colleague.person.name
