"""Funders' marks: by programme, period and day; kept by the centre, shown where they belong."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.programmes import actions
from nahtstelle.register.programmes.funding import strip_of
from nahtstelle.register.programmes.models import FundingMark, FundingPeriod
from tests.register.programmes.pictures import png
from tests.register.world import SignIn, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SPAN = {"valid_from": date(2026, 1, 1), "valid_until": date(2028, 12, 31)}


def mark(there: World, by: Actor, **particulars: Any) -> FundingMark:
    values = {"period": there.period, "funder_de": "Bund", "by": by, "at": AT, **SPAN, **particulars}
    return actions.save_mark(**values)


def funders(there: World, day: date) -> list[str]:
    return [one.funder for one in strip_of([there.iq], on=day).marks]


def test_marks_follow_programme_and_day_in_their_order(there: World, by: Actor) -> None:
    mark(there, by, funder_de="Zwei", position=2)
    mark(there, by, funder_de="Eins", position=1)
    mark(there, by, funder_de="Früher", valid_from=date(2023, 1, 1), valid_until=date(2025, 12, 31))
    other = FundingPeriod.objects.get(programme=there.wir)
    mark(there, by, funder_de="Anderswo", period=other)
    assert funders(there, date(2026, 6, 1)) == ["Eins", "Zwei"]
    assert funders(there, date(2025, 12, 31)) == ["Früher"]
    assert funders(there, date(2029, 1, 1)) == []


def test_the_line_of_the_period_comes_first_in_the_language_of_the_reader(there: World, by: Actor) -> None:
    FundingPeriod.objects.filter(pk=there.period.pk).update(funding_line_de="Gefördert.", funding_line_en="Funded.")
    mark(there, by, funder_en="Federation")
    with override("en"):
        strip = strip_of([there.iq], on=date(2026, 6, 1))
    assert (strip.lines, strip.marks[0].funder) == (["Funded."], "Federation")


def test_what_belongs_to_no_programme_has_only_marks_meant_for_it(there: World, by: Actor) -> None:
    mark(there, by, funder_de="Nur Programm")
    mark(there, by, funder_de="Überall", position=2, on_letters=True)
    assert [one.funder for one in strip_of((), on=date(2026, 6, 1)).marks] == ["Überall"]


def test_a_strip_costs_two_queries(there: World, by: Actor) -> None:
    for position in range(1, 6):
        mark(there, by, position=position, funder_de=f"F{position}")
    with CaptureQueriesContext(connection) as asked:
        strip_of([there.iq, there.wir], on=date(2026, 6, 1))
    assert len(asked) == 2


def test_two_marks_do_not_stand_in_one_place_at_a_time(there: World, by: Actor) -> None:
    mark(there, by)
    with pytest.raises(NotNow):
        mark(there, by, valid_from=date(2027, 1, 1))


def test_days_outside_the_period_are_refused(there: World, by: Actor) -> None:
    with pytest.raises(Refusal):
        mark(there, by, valid_from=date(2022, 12, 31))


def test_the_database_wants_both_days(there: World, by: Actor) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingMark.objects.filter(pk=mark(there, by).pk).update(valid_until=None)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xff\xd8\xff\xe0 JPEG",
        png()[:-4],
        png().replace(b"IDAT", b"IDAX"),
        png(width=4001),
        b"\x89PNG\r\n\x1a\n" + b"x" * 1024 * 1024,
    ],
    ids=["svg", "jpeg", "cut", "damaged", "too many pixels", "too many bytes"],
)
def test_a_logo_that_is_none_is_refused_and_not_kept(there: World, by: Actor, content: bytes) -> None:
    with pytest.raises(Refusal):
        mark(there, by, logo=content)
    assert (FundingMark.objects.count(), KeptFile.objects.count()) == (0, 0)


def test_a_change_without_a_file_keeps_the_logo(there: World, by: Actor) -> None:
    made = mark(there, by, logo=png())
    changed = mark(there, by, mark=made, funder_de="Bund und Land")
    assert (changed.logo, changed.funder_de) == (made.logo, "Bund und Land")


def test_a_logo_that_was_replaced_is_not_kept(there: World, by: Actor) -> None:
    made, other = mark(there, by, logo=png()), png(width=3)
    changed = mark(there, by, mark=made, logo=other)
    assert list(KeptFile.objects.all()) == [changed.logo]
    assert mark(there, by, mark=changed, logo=other).logo == changed.logo


def test_a_logo_that_another_mark_shows_stays(there: World, by: Actor) -> None:
    made, same = mark(there, by, logo=png()), mark(there, by, position=2, logo=png())
    mark(there, by, mark=made, logo=png(width=3))
    assert same.logo in KeptFile.objects.all()


def test_a_mark_that_was_shown_is_ended_not_removed(there: World, by: Actor) -> None:
    shown, ahead = mark(there, by), mark(there, by, position=2, valid_from=date(2027, 1, 1), logo=png())
    with pytest.raises(NotNow):
        actions.remove_mark(mark=shown, by=by, at=AT)
    actions.remove_mark(mark=ahead, by=by, at=AT)
    assert (list(FundingMark.objects.all()), KeptFile.objects.count()) == ([shown], 0)


def addresses(one: FundingMark) -> list[str]:
    names = ["marks", "add-mark", "change-mark", "remove-mark"]
    return [
        reverse(f"programmes:{name}", args=[one.pk] if "change" in name or "remove" in name else []) for name in names
    ]


def test_pages_are_for_keepers_of_the_structure_only(there: World, by: Actor, as_: SignIn) -> None:
    for address in addresses(mark(there, by)):
        assert as_(there.people.dilan).get(address).status_code in (200, 405)
        for person in (there.people.alice, there.people.chloe, there.nora):
            assert as_(person).post(address, {}).status_code == 403


def test_a_logo_is_open_and_cannot_be_anything_but_a_picture(there: World, by: Actor, as_: SignIn) -> None:
    response = as_(None).get(reverse("programmes:mark-logo", args=[mark(there, by, logo=png()).pk]))
    assert (response.content, response["Content-Type"], response["X-Content-Type-Options"]) == (
        png(), "image/png", "nosniff",
    )  # fmt: skip


def test_a_mark_is_added_by_the_form_once(there: World, as_: SignIn) -> None:
    key = str(uuid4())
    for _time in range(2):
        values = {
            "period": there.period.pk, "funder_de": "Bund", "position": "1", "valid_until": "2028-12-31",
            "logo_file": SimpleUploadedFile("bund.png", png(), content_type="image/png"), "submission": key,
        }  # fmt: skip
        assert as_(there.people.dilan).post(reverse("programmes:add-mark"), values).status_code == 302
    made = FundingMark.objects.get()
    assert (made.valid_from, made.logo.size) == (there.period.valid_from, len(png()))


def test_a_bad_logo_comes_back_with_the_reason(there: World, as_: SignIn) -> None:
    values = {
        "period": there.period.pk, "funder_de": "Bund", "position": "1", "valid_until": "2028-12-31",
        "logo_file": SimpleUploadedFile("bund.svg", b"<svg/>", content_type="image/svg+xml"),
    }  # fmt: skip
    response = as_(there.people.dilan).post(reverse("programmes:add-mark"), values)
    assert (response.status_code, FundingMark.objects.count()) == (422, 0)
