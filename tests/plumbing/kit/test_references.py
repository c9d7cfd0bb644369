"""What refers to an object, whichever room it stands in."""

import pytest

from nahtstelle.plumbing.kit.references import references_to
from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Network
from tests.register.world import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def there() -> World:
    return world()


def test_foreign_keys_and_one_to_ones_count(there: World) -> None:
    found = references_to(Person, [there.pia.pk, there.people.fatma.pk], besides={})
    assert set(found) == {there.pia.pk}
    assert sorted(found[there.pia.pk].values()) == [1, 1, 1]  # account, membership, engagement


def test_what_came_with_it_does_not_count(there: World) -> None:
    memberships = set(Membership.objects.values_list("pk", flat=True))
    found = references_to(Organisation, [there.carrier.pk], besides={"organisations.membership": memberships})
    assert sorted(found[there.carrier.pk].values()) == [1]  # the project


def test_its_own_many_to_many_does_not_count_but_that_of_another_does(there: World) -> None:
    alone = Network.objects.create(key="neu", name_de="Neu", level=there.networks_level)
    alone.regions.add(there.saxony)
    alone.predecessors.add(there.north)
    assert references_to(Network, [alone.pk], besides={}) == {}
    follower = Network.objects.create(key="danach", name_de="Danach", level=there.networks_level)
    follower.predecessors.add(alone)
    assert sum(references_to(Network, [alone.pk], besides={})[alone.pk].values()) == 1
    assert references_to(Network, [alone.pk], besides={"programmes.network": {follower.pk}}) == {}
