"""Roles at the centre begin and end by themselves."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal, may
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.people import actions, rules
from nahtstelle.register.people.models import CentreRole
from nahtstelle.register.people.queries import centre_roles, keepers, staff
from tests.register.cast import Cast
from tests.register.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SPRING = {"valid_from": date(2027, 3, 1), "valid_until": date(2027, 5, 31)}


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2027, 2, 28), False),
        (date(2027, 3, 1), True),
        (date(2027, 5, 31), True),
        (date(2027, 6, 1), False),
    ],
)
def test_a_role_holds_from_its_first_to_its_last_day(day: date, held: bool, by: Actor, people: Cast) -> None:
    actions.grant_role(person=people.chloe, role="editor", by=by, at=AT, **SPRING)
    assert ("editor" in centre_roles(people.chloe, on=day)) is held
    assert staff(on=day, role="editor").filter(pk=people.chloe.pk).exists() is held
    assert may(rules.check_vocabulary_editor, people.chloe.account, on=day) is held


def test_a_closed_account_has_no_rights(people: Cast) -> None:
    account = people.bob.account
    assert may(rules.check_vocabulary_editor, account, on=AT.date())
    account.is_active = False
    assert not may(rules.check_vocabulary_editor, account, on=AT.date())


def test_giving_a_role_is_recorded_on_the_person(by: Actor, people: Cast) -> None:
    held = actions.grant_role(person=people.chloe, role="editor", by=by, at=AT, **SPRING)
    assert Entry.objects.latest("id").payload == {
        "role_id": held.pk, "person_id": people.chloe.pk, "role": "editor", "first_day": "2027-03-01",
        "last_day": "2027-05-31",
    }  # fmt: skip
    assert trail_of(people.chloe)[0].changes == {"roles": [None, "editor"]}


def test_nobody_gives_themselves_a_role(people: Cast) -> None:
    with pytest.raises(NotYours, match="Nobody gives or takes roles"):
        actions.grant_role(
            person=people.erik, role="legal-officer", valid_from=date(2026, 1, 1), by=people.erik.account.actor, at=AT
        )
    assert centre_roles(people.erik, on=AT.date()) == {"centre-lead"}


def test_nobody_ends_their_own_role(people: Cast) -> None:
    role = CentreRole.objects.get(person=people.erik)
    with pytest.raises(NotYours, match="Nobody gives or takes roles"):
        actions.end_role(role=role, last_day=date(2026, 12, 31), by=people.erik.account.actor, at=AT)


@pytest.mark.parametrize(
    "span",
    [
        {"valid_from": date(2027, 5, 31)},
        {"valid_from": date(2026, 1, 1), "valid_until": date(2027, 3, 1)},
        {"valid_from": None},
        {"valid_from": date(2027, 4, 1), "valid_until": date(2027, 4, 2)},
    ],
)
def test_a_role_is_not_held_twice_at_a_time(span: dict[str, date], by: Actor, people: Cast) -> None:
    actions.grant_role(person=people.chloe, role="editor", by=by, at=AT, **SPRING)
    with pytest.raises(NotNow, match="Chloé already holds this role in that time"):
        actions.grant_role(person=people.chloe, role="editor", by=by, at=AT, **span)


def test_a_role_may_be_held_again_later(by: Actor, people: Cast) -> None:
    actions.grant_role(person=people.chloe, role="editor", by=by, at=AT, **SPRING)
    actions.grant_role(person=people.chloe, role="editor", by=by, at=AT, valid_from=date(2027, 6, 1))
    assert CentreRole.objects.filter(person=people.chloe).count() == 2


def test_a_role_that_does_not_exist_cannot_be_given(by: Actor, people: Cast) -> None:
    with pytest.raises(ValueError, match="emperor"):
        actions.grant_role(person=people.chloe, role="emperor", by=by, at=AT, valid_from=None)


def test_an_ended_role_ends_on_its_day(by: Actor, people: Cast) -> None:
    role = CentreRole.objects.get(person=people.alice)
    actions.end_role(role=role, last_day=date(2026, 12, 31), by=by, at=AT)
    assert centre_roles(people.alice, on=date(2026, 12, 31)) == {"researcher"}
    assert centre_roles(people.alice, on=date(2027, 1, 1)) == frozenset()


@pytest.mark.parametrize(
    ("last_day", "sentence"),
    [(date(2019, 12, 31), "The last day lies before the first"), (date(2027, 6, 2), "give it anew instead")],
)
def test_a_role_cannot_end_outside_its_time(last_day: date, sentence: str, by: Actor, people: Cast) -> None:
    role = CentreRole.objects.get(person=people.alice)
    role.valid_until = date(2027, 6, 1)
    role.save()
    with pytest.raises(Refusal, match=sentence):
        actions.end_role(role=role, last_day=last_day, by=by, at=AT)


def test_the_last_who_gives_roles_keeps_theirs(by: Actor, people: Cast) -> None:
    role = CentreRole.objects.get(person=people.erik)
    with pytest.raises(NotNow, match="Nobody would be left"):
        actions.end_role(role=role, last_day=date(2026, 12, 31), by=by, at=AT)
    actions.grant_role(person=people.bob, role="administrator", valid_from=date(2027, 1, 1), by=by, at=AT)
    actions.end_role(role=role, last_day=date(2026, 12, 31), by=by, at=AT)
    assert [account.person for account in keepers(on=date(2027, 1, 1))] == [people.bob]


def test_the_database_knows_no_role_that_ends_before_it_begins(there: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CentreRole.objects.create(
            person=there.pia, role="editor", valid_from=date(2027, 1, 1), valid_until=date(2026, 1, 1)
        )
