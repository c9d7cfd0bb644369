from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.models import Entry
from nahtstelle.plumbing.ledger.queries import trail_of
from nahtstelle.register.people import actions
from nahtstelle.register.people.models import Person
from tests.register.world import World

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Änne Groß", "anne-gro"), ("Ich", "ich-2"), ("Neu", "neu-2"), ("日本", "person"), ("Pia", "pia-2")],
)
def test_a_persons_address_is_made_of_the_name(name: str, slug: str, by: Actor, there: World) -> None:
    assert actions.add_person(name=name, by=by, at=AT).slug == slug


def test_adding_a_person_is_recorded(by: Actor, there: World) -> None:
    made = actions.add_person(name=" Änne ", mail="aenne@example.org", language="en", by=by, at=AT)
    assert trail_of(made)[0].changes == {
        "name": [None, "Änne"], "mail": [None, "aenne@example.org"], "language": [None, "en"],
    }  # fmt: skip
    assert Entry.objects.latest("id").payload == {"person_id": made.pk}


def test_one_address_belongs_to_one_person(by: Actor, there: World) -> None:
    with pytest.raises(Refusal, match="Another person has this e-mail address"):
        actions.add_person(name="Zweite", mail="PIA@example.org", by=by, at=AT)
    with pytest.raises(Refusal, match="Another person has this e-mail address"):
        actions.change_person(person=there.nora, mail="Pia@Example.org", by=by, at=AT)


def test_a_person_may_keep_their_own_address(by: Actor, there: World) -> None:
    actions.change_person(person=there.pia, mail="PIA@example.org", by=by, at=AT)
    assert Person.objects.get(pk=there.pia.pk).mail == "PIA@example.org"


def test_a_person_without_a_name_is_refused(by: Actor, there: World) -> None:
    with pytest.raises(Refusal, match="A person needs a name"):
        actions.change_person(person=there.pia, name=" ", by=by, at=AT)


def test_a_change_is_in_the_trail(by: Actor, there: World) -> None:
    actions.change_person(person=there.pia, name="Pia Neu", language="de", ends_on=date(2027, 1, 1), by=by, at=AT)
    assert trail_of(there.pia)[0].changes == {"name": ["Pia", "Pia Neu"], "ends_on": [None, "2027-01-01"]}


def test_a_change_that_changes_nothing_leaves_no_trail(by: Actor, there: World) -> None:
    actions.change_person(person=there.pia, name="Pia", by=by, at=AT)
    assert not trail_of(there.pia).exists()
