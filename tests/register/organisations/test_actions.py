from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.organisations import actions
from nahtstelle.register.organisations.models import Membership, Organisation
from tests.register.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("name", "slug"), [("Größe & Söhne gGmbH", "groe-sohne-ggmbh"), ("Neu", "neu-2"), ("Träger-EV", "trager-ev")]
)
def test_an_organisations_address_is_made_of_its_name(name: str, slug: str, by: Actor, there: World) -> None:
    assert actions.add_organisation(name=name, kind=there.carrier_kind, by=by, at=AT).slug == slug


def test_adding_is_recorded_with_all_particulars(by: Actor, there: World) -> None:
    made = actions.add_organisation(
        name="Kammer", kind=there.carrier_kind, region=there.bavaria, valid_from=date(2020, 1, 1), by=by, at=AT
    )
    with translation.override("en"):
        assert trail_of(made)[0].changes == {
            "name": [None, "Kammer"], "kind": [None, "Carriers"], "region": [None, "Bavaria"], "website": [None, ""],
            "valid_from": [None, "2020-01-01"],
        }  # fmt: skip


def test_a_kind_of_another_facet_is_refused(by: Actor, there: World) -> None:
    with pytest.raises(Refusal, match="comes from the facet of stakeholders"):
        actions.add_organisation(name="X", kind=there.bavaria, by=by, at=AT)
    with pytest.raises(Refusal, match="comes from the facet of regions"):
        actions.change_organisation(organisation=there.carrier, region=there.carrier_kind, by=by, at=AT)


def test_an_end_before_the_beginning_is_refused(by: Actor, there: World) -> None:
    with pytest.raises(Refusal, match="The last day lies before the first"):
        actions.change_organisation(
            organisation=there.carrier, valid_from=date(2020, 1, 2), valid_until=date(2020, 1, 1), by=by, at=AT
        )


def test_a_change_keeps_the_address_and_is_in_the_trail(by: Actor, there: World) -> None:
    actions.change_organisation(organisation=there.carrier, name="Träger gGmbH", by=by, at=AT)
    changed = Organisation.objects.get(slug="traeger-ev")
    assert changed.name == "Träger gGmbH"
    assert trail_of(changed)[0].changes == {"name": ["Träger e. V.", "Träger gGmbH"]}


def test_a_change_that_changes_nothing_leaves_no_trail(by: Actor, there: World) -> None:
    actions.change_organisation(organisation=there.carrier, name="Träger e. V.", by=by, at=AT)
    assert not Entry.objects.exists()


def test_a_membership_is_recorded_on_the_person(by: Actor, there: World) -> None:
    actions.add_membership(
        person=there.nora, organisation=there.carrier, function="Vorstand", valid_from=date(2026, 1, 1), by=by, at=AT
    )
    assert trail_of(there.nora)[0].changes == {
        "organisation": [None, "Träger e. V."], "function": [None, "Vorstand"], "from": [None, "2026-01-01"],
    }  # fmt: skip


def test_a_person_belongs_to_an_organisation_once_at_a_time(by: Actor, there: World) -> None:
    with pytest.raises(NotNow, match="Pia already belongs to Träger"):
        actions.add_membership(person=there.pia, organisation=there.carrier, valid_from=date(2026, 1, 1), by=by, at=AT)
    actions.add_membership(person=there.pia, organisation=there.carrier, valid_until=date(2022, 12, 31), by=by, at=AT)
    assert Membership.objects.filter(person=there.pia).count() == 2


def test_a_membership_ends_on_its_day(by: Actor, there: World) -> None:
    membership = Membership.objects.get(person=there.pia)
    actions.end_membership(membership=membership, last_day=date(2026, 12, 31), by=by, at=AT)
    held = Membership.objects.filter(person=there.pia)
    assert (held.on(date(2026, 12, 31)).exists(), held.on(date(2027, 1, 1)).exists()) == (True, False)
    with pytest.raises(Refusal, match="The last day lies before the first"):
        actions.end_membership(membership=membership, last_day=date(2022, 1, 1), by=by, at=AT)
