"""Letters carry the funders of what they are about, as on the day they go out."""

from datetime import date
from typing import Any

import pytest

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.actions import save_mark
from nahtstelle.register.programmes.models import FundingPeriod
from tests.register.programmes.pictures import png
from tests.rooms.outreach.making import AT, TODAY, Room, send

pytestmark = pytest.mark.django_db


def fund(place: Room) -> None:
    period = FundingPeriod.objects.create(
        key="iq-p", programme=place.iq, name_de="P", valid_from=date(2020, 1, 1), valid_until=date(2090, 12, 31),
        funding_line_de="Das Programm wird gefördert.",
    )  # fmt: skip
    common: dict[str, Any] = {"period": period, "by": system("tests"), "at": AT}
    save_mark(funder_de="Bund <heute>", text_de="Gefördert durch", valid_from=TODAY, logo=png(), **common)
    save_mark(funder_de="Bund von früher", valid_until=date(2020, 12, 31), **common)


def test_a_letter_carries_line_and_marks_of_its_day(place: Room, mia: Person) -> None:
    fund(place)
    place.bulletin.programmes.add(place.iq)
    send(place)
    letter = Letter.objects.get(person=mia)
    assert "Das Programm wird gefördert." in letter.text
    assert "Gefördert durch: Bund <heute>" in letter.text
    assert 'alt="Bund &lt;heute&gt;"' in letter.html
    assert "/programme/foerderung/" in letter.html
    assert "früher" not in letter.text + letter.html


def test_a_letter_about_another_programme_does_not(place: Room, mia: Person) -> None:
    fund(place)
    place.bulletin.programmes.set([place.ivaf])
    send(place)
    assert "gefördert" not in Letter.objects.get(person=mia).text.lower()
