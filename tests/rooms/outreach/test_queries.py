"""Who is concerned: against a slow oracle that walks through everybody, and case by case where words say why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nahtstelle.register.notices.models import Bounce, Preference
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Engagement
from nahtstelle.rooms.outreach import counting, queries
from nahtstelle.rooms.outreach.models import Dispatch, LeftOut
from nahtstelle.rooms.outreach.queries import Only
from tests.rooms.outreach.making import (
    AT,
    TODAY,
    Role,
    Room,
    bar,
    choose,
    crowd,
    engage,
    person,
    prepare,
    say_no,
    send,
    submit,
)

pytestmark = pytest.mark.django_db

ROLES = [Role.ADVISER, Role.PR, Role.PROJECT_LEAD]


def told(dispatch: Dispatch, *, on: date = TODAY) -> list[str]:
    return [one.person.name for one in queries.concerned(dispatch, on=on) if not one.left_out]


def reasons_of(dispatch: Dispatch) -> dict[str, str]:
    with override("de"):
        return {one.person.name: one.because for one in queries.concerned(dispatch, on=TODAY)}


# --- generated cases ---


@dataclass(frozen=True)
class Post:
    programme: int
    region: int | None
    role: str
    starts: int | None  # days from today
    ends: int | None


@dataclass(frozen=True)
class Somebody:
    posts: Sequence[Post]
    themes: frozenset[int] | None  # None: no preference kept
    letters: bool
    mail: str
    barred: bool
    ends: int | None


@dataclass(frozen=True)
class Wanted:
    programmes: frozenset[int]
    regions: frozenset[int]
    roles: frozenset[str]
    themes: frozenset[int]


days = st.one_of(st.none(), st.integers(-2, 2))
posts = st.builds(
    Post, st.integers(0, 1), st.one_of(st.none(), st.integers(0, 3)), st.sampled_from(ROLES), days, days
).filter(lambda post: post.starts is None or post.ends is None or post.starts <= post.ends)
somebodies = st.builds(
    Somebody, st.lists(posts, max_size=3), st.one_of(st.none(), st.frozensets(st.integers(0, 2))),
    st.sampled_from([True, True, True, False]), st.sampled_from(["ok", "ok", "", "broken"]),
    st.sampled_from([False, False, True]), days,
)  # fmt: skip
wishes = st.builds(
    Wanted, st.frozensets(st.integers(0, 1)), st.frozensets(st.sampled_from([1, 3])), st.frozensets(st.sampled_from(ROLES)),
    st.frozensets(st.integers(0, 2)),
)  # fmt: skip

# What lies within what: 0 Germany, 1 Lower Saxony, 2 Hanover, 3 Bavaria; 0 training, 1 drop-out, 2 housing.
REGION_ABOVE = {0: {0}, 1: {1, 0}, 2: {2, 1, 0}, 3: {3, 0}}
THEME_ABOVE = {0: {0}, 1: {1, 0}, 2: {2}}


def holds(post: Post) -> bool:
    return (post.starts is None or post.starts <= 0) and (post.ends is None or post.ends >= 0)


def is_there(post: Post, regions: frozenset[int]) -> bool:
    if not regions or post.region is None:
        return True
    return any(land in REGION_ABOVE[post.region] or post.region in REGION_ABOVE[land] for land in regions)


def oracle(people: Sequence[Somebody], wanted: Wanted) -> list[tuple[int, frozenset, str]]:
    """Number, reasons and why no letter, of everybody concerned."""
    found = []
    for number, one in enumerate(people):
        reasons = frozenset(
            (post.programme, post.region, post.role)
            for post in one.posts
            if holds(post)
            and (not wanted.programmes or post.programme in wanted.programmes)
            and (not wanted.roles or post.role in wanted.roles)
            and is_there(post, wanted.regions)
        )
        wide = set().union(*(THEME_ABOVE[theme] for theme in wanted.themes))
        if not reasons or (wanted.themes and one.themes and not one.themes & wide):
            continue
        if one.ends is not None and one.ends < 0:
            why = "ended"
        elif not one.letters:
            why = "unsubscribed"
        elif one.mail != "ok":
            why = "no address"
        else:
            why = "barred" if one.barred else ""
        found.append((number, reasons, why))
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(somebodies, max_size=6), wanted=wishes)
def test_exactly_those_are_concerned_whom_a_walk_through_everybody_finds(
    place: Room, people: list[Somebody], wanted: Wanted
) -> None:
    for model in (Engagement, Preference, Bounce, Dispatch):
        model.objects.all().delete()
    Person.objects.filter(slug__startswith="s-").delete()
    programmes = [place.iq, place.ivaf]
    regions = [place.germany, place.saxony, place.hanover, place.bavaria]
    themes = [place.training, place.dropout, place.housing]
    numbers = {}
    for number, one in enumerate(people):
        mail = {"ok": f"S{number}@example.org", "": "", "broken": f"s{number} at example"}[one.mail]
        made = person(f"s {number}", mail=mail, ends_on=_day(one.ends))
        numbers[made.pk] = number
        for post in one.posts:
            region = None if post.region is None else regions[post.region]
            engage(
                made, programmes[post.programme], region, post.role,
                valid_from=_day(post.starts), valid_until=_day(post.ends),
            )  # fmt: skip
        if one.themes is not None or not one.letters:
            kept = Preference.objects.create(person=made, law_letters=one.letters)
            kept.themes.set([themes[theme] for theme in one.themes or ()])
        if one.barred and mail:
            bar(made)
    dispatch = prepare(
        place, programmes=[programmes[n] for n in wanted.programmes], regions=[regions[n] for n in wanted.regions],
        themes=[themes[n] for n in wanted.themes], roles=sorted(wanted.roles),
    )  # fmt: skip

    found = [
        (
            numbers[one.person.pk],
            frozenset(
                (
                    programmes.index(reason.programme),
                    None if reason.region is None else regions.index(reason.region),
                    reason.role,
                )
                for reason in one.reasons
            ),
            str(one.left_out),
        )
        for one in queries.concerned(dispatch, on=TODAY)
    ]
    assert found == oracle(people, wanted)


def _day(offset: int | None) -> date | None:
    return None if offset is None else TODAY + timedelta(days=offset)


# --- in words ---


def test_a_person_concerned_for_three_reasons_is_one_person_with_all_of_them(place: Room) -> None:
    mia = person("Mia")
    engage(mia, place.iq, place.saxony)
    engage(mia, place.ivaf, place.bavaria)
    engage(mia, place.iq, None, Role.PR)
    assert reasons_of(prepare(place)) == {
        "Mia": "IQ · Niedersachsen · Berater*in; IvAF · Bayern · Berater*in; IQ · Öffentlichkeitsarbeit"
    }


def test_two_engagements_that_read_the_same_are_one_reason(place: Room) -> None:
    mia = person("Mia")
    engage(mia, place.iq, place.saxony)
    engage(mia, place.iq, place.saxony)
    assert reasons_of(prepare(place)) == {"Mia": "IQ · Niedersachsen · Berater*in"}


def test_only_the_reasons_that_match_are_given(place: Room) -> None:
    mia = person("Mia")
    engage(mia, place.iq, place.saxony)
    engage(mia, place.ivaf, place.saxony)
    assert reasons_of(prepare(place, programmes=[place.ivaf])) == {"Mia": "IvAF · Niedersachsen · Berater*in"}


def test_who_works_in_a_district_belongs_to_its_land(place: Room) -> None:
    engage(person("Mia"), place.iq, place.hanover)
    engage(person("Noah"), place.iq, place.bavaria)
    assert told(prepare(place, regions=[place.saxony])) == ["Mia"]


def test_who_chose_a_theme_is_told_of_a_narrower_one_but_not_of_a_broader_one(place: Room) -> None:
    wide, narrow, other, open_ = (person(name) for name in ("Wide", "Narrow", "Xother", "Yopen"))
    for one in (wide, narrow, other, open_):
        engage(one, place.iq)
    choose(wide, place.training)
    choose(narrow, place.dropout)
    choose(other, place.housing)
    assert told(prepare(place, themes=[place.dropout])) == ["Narrow", "Wide", "Yopen"]
    assert told(prepare(place, themes=[place.training])) == ["Wide", "Yopen"]
    assert told(prepare(place)) == ["Narrow", "Wide", "Xother", "Yopen"]


def test_who_cannot_be_written_to_is_named_with_the_reason(place: Room) -> None:
    made = {name: person(name) for name in ("Anna", "Bert", "Cleo", "Dora", "Ella")}
    made["Cleo"].mail = ""
    made["Cleo"].save()
    made["Dora"].ends_on = TODAY - timedelta(days=1)
    made["Dora"].save()
    for one in made.values():
        engage(one, place.iq)
    say_no(made["Anna"])
    bar(made["Bert"])
    found = {one.person.name: one.left_out for one in queries.concerned(prepare(place), on=TODAY)}
    assert found == {
        "Anna": LeftOut.UNSUBSCRIBED, "Bert": LeftOut.BARRED, "Cleo": LeftOut.NO_ADDRESS, "Dora": LeftOut.ENDED, "Ella": "",
    }  # fmt: skip


def test_a_cleared_address_is_written_to_again(place: Room) -> None:
    mia = person("Mia")
    engage(mia, place.iq)
    bar(mia, resolved_at=AT)
    assert told(prepare(place)) == ["Mia"]


def test_the_number_of_questions_does_not_grow_with_the_people(place: Room) -> None:
    dispatch = prepare(place, regions=[place.saxony], themes=[place.training])
    spent = []
    for number in (10, 300):
        Person.objects.filter(slug__startswith="p").delete()
        crowd(place, number)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(queries.concerned(dispatch, on=TODAY)) == number
        spent.append(len(asked))
    assert spent[0] == spent[1] <= 7


# --- parts and counts: the list to be and the fixed one say the same ---

PARTS = {
    "all": (lambda place: Only(), 40),
    "programme": (lambda place: Only(programme=place.ivaf.pk), 20),
    "language": (lambda place: Only(language="en"), 6),
    "role": (lambda place: Only(role=Role.PR), 14),
    "no Land": (lambda place: Only(region=0), 8),
    "role in no Land": (lambda place: Only(role=Role.PR, region=0), 0),
    "left out": (lambda place: Only(fate="left-out"), 2),
    "answered": (lambda place: Only(answer="used"), 0),
}


@pytest.fixture
def mixed(place: Room) -> Dispatch:
    crowd(place, 40)
    for one in Person.objects.filter(slug__in=["p3", "p4"]):
        say_no(one)
    return submit(place)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_of_the_list_is_the_same_before_and_after_it_is_fixed(place: Room, mixed: Dispatch, name: str) -> None:
    make, number = PARTS[name]
    only = make(place)
    before = [one.person.name for one in queries.concerned(mixed, on=TODAY) if queries.fits(one, only)]
    assert [one.person.name for one in queries.listed(mixed, only)] == before
    assert len(before) == number


def test_one_reason_has_to_hold_all_that_is_asked_for(place: Room) -> None:
    mia = person("Mia")
    engage(mia, place.iq, place.saxony, Role.ADVISER)
    engage(mia, place.ivaf, place.bavaria, Role.PR)
    dispatch = submit(place)
    assert queries.listed(dispatch, Only(programme=place.iq.pk, region=place.saxony.pk)).count() == 1
    assert queries.listed(dispatch, Only(programme=place.iq.pk, region=place.bavaria.pk)).count() == 0


def test_the_counts_are_the_same_before_and_after_the_list_is_fixed(place: Room, mixed: Dispatch) -> None:
    to_be = counting.counts_of(queries.concerned(mixed, on=TODAY))
    assert counting.counts_on_list(mixed) == to_be
    assert (to_be.total, sum(to_be.left_out.values())) == (38, 2)
    # Every person has one post as adviser; p0, p3 … are in public relations of IQ in Bavaria too, p3 said no.
    assert to_be.roles == {Role.ADVISER: 38, Role.PR: 13}
    assert to_be.languages == {"de": 32, "en": 6}


def test_who_got_a_letter_on_the_same_text_before_is_counted(place: Room) -> None:
    engage(person("Mia"), place.iq)
    engage(person("Noah"), place.ivaf)
    send(place, programmes=[place.iq])
    submit(place, programmes=[place.ivaf])  # waits; Noah got nothing yet
    again = submit(place)
    assert counting.written_before(again, again.recipients.values("person")) == 1
    assert counting.written_before(again, list(again.recipients.values_list("person", flat=True))) == 1


def test_who_could_not_open_the_text_is_counted(place: Room) -> None:
    engage(place.nora.person, place.iq)
    engage(person("Mia"), place.iq)
    dispatch = submit(place)
    ids = list(dispatch.recipients.values_list("person", flat=True))
    assert counting.shut_out(dispatch, ids) == 0
    dispatch.bulletin.audience = "network"
    assert counting.shut_out(dispatch, ids) == 1
    assert counting.shut_out(dispatch, dispatch.recipients.values("person")) == 1
