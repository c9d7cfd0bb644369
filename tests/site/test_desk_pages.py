"""The pages of duties, notices, the machine room and the trail in a browser: no barriers, on a desktop and on a phone."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.plumbing.ledger.heartbeats import beat
from nahtstelle.plumbing.ledger.models import Delivery, Entry
from nahtstelle.register.duties import kinds
from nahtstelle.register.duties.actions import delegate
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.notices.models import Bounce, Letter, Preference
from nahtstelle.register.notices.unsubscribing import Subscription, unsubscribe_url
from nahtstelle.register.people.models import Person
from nahtstelle.register.vocabulary.models import Concept, Facet
from tests.cast import come_in
from tests.register.cast import cast
from tests.register.duties.making import make_duty
from tests.register.notices.making import make_letter, make_notice

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

kinds.declare("tests.review", label="Prüfung", sentence="„%(title)s“ nach einer Rechtsänderung prüfen")


@pytest.fixture
def dilan(live_centre: str) -> Person:
    """A coordinator with duties, notices, letters in trouble and failed deliveries before her."""
    people, now = cast(), timezone.now()
    facet = Facet.objects.create(key="theme", name_de="Thema", name_en="Theme")
    for number, name in enumerate(("Arbeitsmarktzugang", "Anerkennung", "Sprache")):
        Concept.objects.create(key=f"t-{number}", facet=facet, name_de=name, name_en=name)
    for number in range(24):
        due = timezone.localdate() + timedelta(days=number * 3 - 5)
        title = f"Merkblatt {number}: Zugang zum Arbeitsmarkt mit Duldung"
        make_duty(people.dilan, at=now, subject_id=number, due=due, subject_title=title)
        make_notice(people.dilan, number, at=now)
    make_duty(people.fatma, at=now, subject_id=99, due=date(2026, 12, 1))
    handed = make_duty(people.alice, at=now, subject_id=100)
    delegate(duty=handed, to=people.dilan, note="Bitte bis Freitag", by=people.alice.account.actor, at=now)
    _trouble(now)
    return people.dilan


def _trouble(now: datetime) -> None:
    entry = Entry.objects.first()
    assert entry is not None
    error = (
        'Traceback (most recent call last):\n  File "reactions.py", line 12\nValueError: Der Text hat keine Fassung.\n'
    )
    Delivery.objects.create(
        entry=entry,
        reaction="nahtstelle.rooms.outputs.reactions.sweep",
        not_before=now,
        state="stuck",
        error=error,
        attempts=16,
    )
    make_letter(1, at=now)
    Letter.objects.update(state="failed", trouble="550 5.7.1 we take nothing from you")
    Bounce.objects.create(to="weg@example.org", hard=True, status="5.1.1", diagnostic="no such user", at=now)
    beat(worker="host:17:a1b2c3", started_at=now, delivered=12, trouble="", at=now)
    deliver_all(at=now)


def enter(page: Any, person: Person, centre: str) -> None:
    client = Client()
    come_in(client, person.account)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": centre}])


def addresses() -> dict[str, str]:
    mine = Duty.objects.get(subject_id=100)
    return {
        "duties": reverse("duties:duties"),
        "duties_escalated": reverse("duties:duties") + "?view=escalated",
        "duties_none": reverse("duties:duties") + "?q=nichts",
        "duty": reverse("duties:duty", args=[mine.pk]),
        "duty_settle": reverse("duties:settle", args=[mine.pk]),
        "duty_delegate": reverse("duties:delegate", args=[mine.pk]),
        "duty_drop": reverse("duties:drop", args=[mine.pk]),
        "inbox": reverse("notices:inbox"),
        "preferences": reverse("notices:preferences"),
        "machinery": reverse("machinery:health"),
        "trail": reverse("machinery:trail"),
        "trail_of": reverse("machinery:trail-of", args=["duties.duty", mine.pk]),
    }


@pytest.mark.appearance
@pytest.mark.parametrize(("language", "phone"), [("de", False), ("en", True)])
def test_no_page_has_a_barrier(
    dilan: Person, live_centre: str, open_page: Callable[..., Any], axe: Any, picture: Any, language: str, phone: bool
) -> None:
    page = open_page("/", phone=phone, language=language)
    enter(page, dilan, live_centre)
    for name, address in addresses().items():
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{name} is wider than the screen"
        )
        picture(page, f"{name}-{language}{'-phone' if phone else ''}", whole=True)


@pytest.mark.appearance
def test_the_way_out_without_an_account_has_no_barrier(
    dilan: Person, live_centre: str, open_page: Callable[..., Any], axe: Any, picture: Any
) -> None:
    page = open_page(unsubscribe_url(dilan, Subscription.DIGEST, at=timezone.now()))
    axe(page)
    picture(page, "unsubscribe")
    page.locator("#main button").click()
    page.get_by_role("heading", name="Sie haben abbestellt", level=1).wait_for()
    axe(page)
    assert Preference.objects.get(person=dilan).rhythm == "never"


def test_choosing_people_and_settling_work_without_script(
    dilan: Person, live_centre: str, open_page: Callable[..., Any]
) -> None:
    page = open_page("/", script=False)
    enter(page, dilan, live_centre)
    mine = Duty.objects.get(subject_id=100)
    page.goto(reverse("duties:delegate", args=[mine.pk]))
    page.locator("#delegate-who").fill("chlo")
    page.locator("#delegate-who").press("Enter")
    page.locator("#id_to").select_option(label="Chloé")
    page.locator("form[method=post] button.kern-btn--primary").last.click()
    mine.refresh_from_db()
    assert mine.owner is not None
    assert mine.owner.name == "Chloé"
