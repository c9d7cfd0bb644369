"""What the platform shows a person of their roles: what they may do, why, and what ends soon."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.people.models import Account, CentreRole
from nahtstelle.rooms.law.rules import check_may_import
from nahtstelle.rooms.outreach.rules import check_may_prepare
from nahtstelle.site.mailroom.models import Mail
from tests.site.reading_pages import page, words

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
DESK = "/schreibtisch/"


def own_page(client: Client) -> str:
    return words(page(client.get(reverse("people:me"), follow=True)))


def test_ones_own_page_says_what_the_rooms_allow_and_why(jana: Account, emre: Account, as_: As) -> None:
    legal, editor = own_page(as_(jana)), own_page(as_(emre))
    assert "Gesetze einspielen und über Importe entscheiden – als Rechtsexpert*in" in legal
    assert "Gesetze einspielen" not in editor
    assert "Versände vorbereiten und lesen, was zurückkam – als Redakteur*in" in editor


def test_the_page_says_what_the_rules_say(jana: Account, ruth: Account, emre: Account, sam: Account, as_: As) -> None:
    today = timezone.localdate()
    for who in (jana, ruth, emre, sam):
        shown = own_page(as_(who))
        assert ("Gesetze einspielen" in shown) == may(check_may_import, who, on=today)
        assert ("Versände vorbereiten" in shown) == may(check_may_prepare, who, on=today)


def end(who: Account, days: int) -> None:
    CentreRole.objects.filter(person=who.person).update(valid_until=timezone.localdate() + timedelta(days=days))


def test_a_role_that_ends_within_a_month_is_shown_to_its_holder_and_to_who_gives_roles(
    jana: Account, ruth: Account, emre: Account, as_: As
) -> None:
    end(jana, 20)
    assert "Rollen, die bald enden Ihre Rolle" in words(page(as_(jana).get(DESK)))
    assert "Jana: Die Rolle" in words(page(as_(ruth).get(DESK)))
    assert "Rollen, die bald enden" not in words(page(as_(emre).get(DESK)))
    assert "endet bald" in own_page(as_(jana))


def test_one_that_ends_later_is_not(jana: Account, ruth: Account, as_: As) -> None:
    end(jana, 40)
    assert "Rollen, die bald enden" not in words(page(as_(jana).get(DESK)))
    assert "endet bald" not in own_page(as_(jana))


def test_the_desk_counts_open_mail_for_staff_only(jana: Account, tariq: Account, as_: As) -> None:
    for number in range(3):
        Mail.objects.create(key=f"{number}", kind="person", sender="unverified", received_at=timezone.now())
    Mail.objects.filter(key="1").update(assigned_to=jana.person)
    assert "3 Mails sind offen; eine davon liegt bei Ihnen" in words(page(as_(jana).get(DESK)))
    assert "Mails sind offen" not in words(page(as_(tariq).get(DESK)))
