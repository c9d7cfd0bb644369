"""What only some may see and do: proved possible for them, closed to all others."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.law import importing
from nahtstelle.rooms.law.models import Act, Import, ImportItem, Law, PlannedChange
from tests.rooms.law.asking import As, act_with_line
from tests.rooms.law.making import (
    BY,
    NOW,
    give,
    probe,
    the_item,
)

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(2024, 3, 6), date(2024, 6, 5)
LATER = "20240601000000"


def importer_pages(batch: Import) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        ("get", reverse("law:imports"), {}),
        ("get", reverse("law:new-import"), {}),
        ("get", reverse("law:import", args=[batch.pk]), {}),
        ("post", reverse("law:import-act", args=[batch.pk]), {"leave": the_item(batch).pk}),
    ]


def recorder_pages(act: Act, plan: PlannedChange) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        ("get", reverse("law:names", args=["probeg"]), {}),
        ("get", reverse("law:new-act"), {}),
        ("get", reverse("law:edit-act", args=[act.slug]), {}),
        ("get", reverse("law:plan", args=[act.slug]), {}),
        ("get", reverse("law:edit-plan", args=[act.slug, plan.pk]), {}),
        ("get", reverse("law:drop-plan", args=[act.slug, plan.pk]), {}),
        ("post", reverse("law:announce", args=[act.slug]), {"revision": act.revision}),
    ]


def ask(client: Client, way: str, address: str, values: dict[str, Any]) -> int:
    return int(getattr(client, way)(address, values).status_code)


@pytest.mark.parametrize("who", ["emre", "tariq", "marlene", "konrad", "stranger"])
def test_imports_are_closed_to_whoever_has_not_the_role(
    who: str, request: pytest.FixtureRequest, as_: As, sam: Account
) -> None:
    batch = give(probe(), MARCH)
    asked = importer_pages(batch)
    assert {ask(as_(sam), *one) for one in asked} <= {200, 302}  # it could be done
    importing.leave_out(the_item(batch), leave=False, by=BY, at=NOW)
    outsider = request.getfixturevalue(who)
    assert {ask(as_(outsider), *one) for one in asked} == {403}
    assert the_item(batch).state == ImportItem.State.NEW_LAW


@pytest.mark.parametrize("who", ["emre", "sam", "tariq", "marlene", "konrad", "stranger"])
def test_recording_is_closed_to_whoever_has_not_the_role(
    who: str, law: Law, request: pytest.FixtureRequest, as_: As, jana: Account, ruth: Account
) -> None:
    asked = recorder_pages(*act_with_line(jana))
    assert {ask(as_(ruth), *one) for one in asked} <= {200, 302}  # it could be done
    outsider = request.getfixturevalue(who)
    assert {ask(as_(outsider), *one) for one in asked} == {403}


def test_who_is_not_signed_in_is_led_to_the_door(law: Law, as_: As, jana: Account) -> None:
    asked = importer_pages(give(probe(), date(2024, 7, 3))) + recorder_pages(*act_with_line(jana))
    as_(None)
    for one in asked:
        response = getattr(as_(None), one[0])(one[1], one[2])
        assert (response.status_code, response.url.split("?")[0]) == (302, reverse("desk:sign-in"))


def test_what_only_staff_may_see_is_not_linked_for_others(law: Law, as_: As, jana: Account, tariq: Account) -> None:
    closed = [reverse("law:names", args=[law.slug]), reverse("law:new-act"), reverse("law:new-import")]
    open_pages = [reverse("law:law", args=[law.slug]), reverse("law:acts"), reverse("law:laws")]

    def seen(account: Account | None) -> set[str]:
        whole = "".join(as_(account).get(address).content.decode() for address in open_pages)
        return {address for address in closed if f'"{address}"' in whole}

    assert (seen(jana), seen(tariq), seen(None)) == (set(closed), set(), set())
