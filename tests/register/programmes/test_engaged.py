"""Who is engaged, by programme, region, role and day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes import queries
from nahtstelle.register.programmes.models import Engagement
from tests.register.world import World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
Role = Engagement.Role


def names(*given: Any) -> list[str]:
    return [one.person.name for one in queries.engaged(*given)]


def test_everybody_engaged_today_is_found(there: World) -> None:
    assert names(TODAY) == ["Nora", "Pia", "Wim"]


def test_an_engagement_holds_until_its_last_day(there: World) -> None:
    assert "Zoe" in names(date(2024, 12, 31))
    assert "Zoe" not in names(date(2025, 1, 1))


def test_each_dimension_narrows(there: World) -> None:
    assert names(TODAY, [there.iq]) == ["Nora", "Pia"]
    assert names(TODAY, [], [there.bavaria]) == ["Wim"]
    assert names(TODAY, [], [], [Role.ADVISER]) == ["Pia", "Wim"]
    assert names(TODAY, [there.iq], [there.saxony], [Role.ADVISER]) == ["Pia"]
    assert names(TODAY, [there.wir], [there.saxony]) == []


def test_the_bund_means_every_land(there: World) -> None:
    assert names(TODAY, [], [there.germany]) == ["Nora", "Pia", "Wim"]


def test_who_works_for_the_bund_or_for_no_land_belongs_to_each(there: World) -> None:
    for person, region in ((there.people.alice, there.germany), (there.people.bob, None)):
        Engagement.objects.create(person=person, role=Role.FUNDER, programme=there.iq, region=region)
    assert names(TODAY, [], [there.bavaria]) == ["Alice", "Bob", "Wim"]


def test_a_person_is_found_once_with_every_reason(there: World) -> None:
    Engagement.objects.create(person=there.pia, role=Role.PR, programme=there.iq, region=there.saxony)
    with translation.override("de"):
        (pia,) = queries.engaged(TODAY, [there.iq], [], [Role.ADVISER, Role.PR])
        assert pia.because == "IQ · Niedersachsen · Berater*in; IQ · Niedersachsen · Öffentlichkeitsarbeit"


def test_it_is_one_query_however_many_there_are(there: World, django_assert_num_queries) -> None:
    people = Person.objects.bulk_create(Person(slug=f"p-{n}", name=f"P {n}") for n in range(100))
    Engagement.objects.bulk_create(
        Engagement(person=person, role=Role.ADVISER, programme=there.iq, region=there.saxony) for person in people
    )
    with django_assert_num_queries(1):
        found = queries.engaged(TODAY, [there.iq], [there.germany], [Role.ADVISER])
        reasons = {one.because for one in found}
    assert (len(found), len(reasons)) == (101, 1)


engagements = st.lists(
    st.tuples(
        st.sampled_from(["iq", "wir"]),
        st.sampled_from(["germany", "saxony", "bavaria", ""]),
        st.sampled_from([Role.ADVISER, Role.PR]),
        st.integers(-3, 3),
        st.integers(0, 4),
    ),
    max_size=6,
)
some_of = st.lists(st.sampled_from(["saxony", "bavaria", "germany"]), max_size=2)


@given(engagements, st.lists(st.sampled_from(["iq", "wir"]), max_size=1), some_of, st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_query_finds_what_looking_at_each_one_finds(
    there: World, made: list[tuple[str, str, str, int, int]], programmes: list[str], regions: list[str], pr: bool
) -> None:
    Engagement.objects.all().delete()
    wanted = set()
    for number, (programme, region, role, start, length) in enumerate(made):
        person = Person.objects.get_or_create(slug=f"h-{number}", defaults={"name": f"H {number}"})[0]
        first = TODAY + timedelta(days=start)
        last = first + timedelta(days=length)
        Engagement.objects.create(
            person=person, role=role, programme=getattr(there, programme), valid_from=first, valid_until=last,
            region=getattr(there, region) if region else None,
        )  # fmt: skip
        near = not regions or region in ("", "germany") or region in regions or "germany" in regions
        if (
            first <= TODAY <= last
            and (not programmes or programme in programmes)
            and near
            and (not pr or role == Role.PR)
        ):
            wanted.add(person.name)
    found = names(
        TODAY, [getattr(there, p) for p in programmes], [getattr(there, r) for r in regions], [Role.PR] if pr else []
    )
    assert set(found) == wanted
