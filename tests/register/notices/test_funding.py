"""A digest belongs to no programme; it carries the marks that are meant for all letters of the centre."""

from datetime import date, datetime

import pytest

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.notices.letters import digest_letter
from nahtstelle.register.programmes.actions import save_mark
from nahtstelle.register.programmes.models import FundingPeriod, Programme
from tests.register.cast import person
from tests.register.programmes.pictures import png

pytestmark = pytest.mark.django_db


def test_a_digest_carries_the_marks_meant_for_all_letters(now: datetime) -> None:
    programme = Programme.objects.create(key="iq", short_name="IQ", name_de="IQ")
    period = FundingPeriod.objects.create(
        key="p", programme=programme, name_de="P", valid_from=date(2020, 1, 1), valid_until=date(2090, 12, 31)
    )
    for position, (funder, everywhere) in enumerate([("Bund", True), ("Land", False)], start=1):
        save_mark(
            period=period, funder_de=funder, position=position, on_letters=everywhere, logo=png(),
            by=system("tests"), at=now,
        )  # fmt: skip
    letter = digest_letter(person("Mia"), [], at=now)
    assert ("Bund" in letter.text, "Land" in letter.text, 'alt="Bund"' in letter.html) == (True, False, True)
