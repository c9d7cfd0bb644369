"""A right that ends while somebody is at work: the page was shown, the step is refused in a sentence, nothing is half done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import CentreRole
from nahtstelle.rooms.outreach.models import Dispatch
from tests.rooms.outreach import making
from tests.rooms.outreach.making import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Room:
    return making.room()


def test_a_role_that_ends_between_reading_and_approving(place: Room) -> None:
    making.engage(making.person("Ines"), place.iq)
    dispatch = making.submit(place, programmes=[place.iq])
    ruth = making.signed_in(place.ruth)
    address = f"/versand/{dispatch.pk}/"
    assert ruth.get(address).status_code == 200
    entered = {"step": "approve", "seen": "on", "revision": dispatch.revision, "recipients": 1}
    CentreRole.objects.filter(person=place.ruth.person).update(valid_until=timezone.localdate() - timedelta(days=1))
    refused = ruth.post(f"{address}tun/", entered, headers={"accept-language": "en"})
    assert refused.status_code == 403
    assert "Only legal officers, editors, coordinators and the head of the centre" in refused.content.decode()
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.approved_by, Letter.objects.count()) == (Dispatch.State.SUBMITTED, None, 0)


def test_an_account_that_is_closed_while_its_person_writes(place: Room) -> None:
    emre = making.signed_in(place.emre)
    page = f"/versand/neu/{place.bulletin.slug}/"
    assert emre.get(page).status_code == 200
    place.emre.is_active = False
    place.emre.save()
    answer = emre.post(page, {**making.WORDS, "submission": "5b6f6c3e-1111-4222-8333-123456789abc"})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/schreibtisch/anmelden/")
    assert Dispatch.objects.count() == 0
