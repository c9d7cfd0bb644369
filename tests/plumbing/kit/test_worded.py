"""A question that was worded once gives what the queryset itself would, for every value."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nahtstelle.plumbing.kit.worded import Worded, belonging
from nahtstelle.register.organisations.models import Membership
from nahtstelle.register.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def several() -> list[Person]:
    names = ("Ada", "Bo", "50 % ' \" \\ \x02")
    return [Person.objects.create(slug=f"p{n}", name=name, mail=f"p{n}@example.org") for n, name in enumerate(names)]


def called(name: str) -> Any:
    return Person.objects.filter(name=name).order_by("pk")


def numbered(pk: int, least: int) -> Any:
    return Person.objects.filter(pk=pk, pk__gte=least).values_list("pk", "name", "slug")


def test_each_value_gets_its_own_answer(several: list[Person]) -> None:
    ask = Worded(called, str)
    for one in several:
        assert ask(one.name) == list(called(one.name)) == [one]
    assert ask("nobody") == []


def test_rows_of_values_come_as_the_queryset_gives_them(several: list[Person]) -> None:
    ask = Worded(numbered, int, int)
    one = several[1]
    assert ask(one.pk, 0) == list(numbered(one.pk, 0)) == [(one.pk, "Bo", "p1")]
    assert ask(one.pk, one.pk + 1) == []


def test_it_is_worded_once(several: list[Person]) -> None:
    worded = []

    def ask(name: str) -> Any:
        worded.append(name)
        return called(name)

    question = Worded(ask, str)
    with CaptureQueriesContext(connection) as asked:
        assert [len(question(name)) for name in ("Ada", "Bo", "Ada")] == [1, 1, 1]
    assert (len(asked), len(worded)) == (3, 1)


def test_a_value_that_narrows_nothing_is_refused() -> None:
    with pytest.raises(TypeError, match="in no place"):
        Worded(lambda _name: Person.objects.all(), str)("Ada")


def test_what_would_be_prefetched_is_refused() -> None:
    with pytest.raises(TypeError, match="prefetches nothing"):
        Worded(lambda name: called(name).prefetch_related("memberships"), str)("Ada")


def test_as_many_values_as_types() -> None:
    with pytest.raises(TypeError, match="1 values, not with 2"):
        Worded(called, str)("Ada", "Bo")


def test_what_belongs_to_a_thing_is_not_asked_for_again(several: list[Person]) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert list(several[0].memberships.all()) == []
    assert len(asked) == 1
    row = Membership(person=several[0])
    belonging(several[0], "memberships", [row])
    with CaptureQueriesContext(connection) as asked:
        assert list(several[0].memberships.all()) == [row]
    assert len(asked) == 0
