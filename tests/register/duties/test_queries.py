from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.register.duties import kinds, queries
from nahtstelle.register.duties.models import Duty
from nahtstelle.register.duties.queries import SOON, WHEN, Counts, Wave
from tests.register.cast import Cast
from tests.register.duties.making import make_duty

TODAY = date(2026, 11, 23)


def test_my_duties_are_mine_and_open_the_most_urgent_first(people: Cast, now: datetime) -> None:
    for number, days in enumerate((5, -2, 40)):
        make_duty(people.alice, at=now, subject_id=number, due=TODAY + timedelta(days=days))
    make_duty(people.bob, at=now, subject_id=9)
    Duty.objects.filter(subject_id=2).update(state="settled", settled_at=now)
    assert [duty.subject_id for duty in queries.of_person(people.alice)] == [1, 0]


def test_duties_are_counted_as_overdue_soon_and_later(people: Cast, now: datetime) -> None:
    for number, days in enumerate((-30, -1, 0, 14, 15, 200)):
        make_duty(people.alice, at=now, subject_id=number, due=TODAY + timedelta(days=days))
    counts = queries.counts(queries.of_person(people.alice), on=TODAY)
    assert counts == Counts(overdue=2, soon=2, later=2)
    assert counts.open == 6


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1)))
def test_every_day_is_overdue_soon_or_later_and_only_one_of_them(due: date) -> None:
    expected = "overdue" if due < TODAY else "soon" if due <= TODAY + SOON else "later"
    bounds = {
        "due__lt": lambda bound: due < bound,
        "due__gte": lambda bound: due >= bound,
        "due__lte": lambda bound: due <= bound,
        "due__gt": lambda bound: due > bound,
    }
    holding = [name for name, when in WHEN.items() if all(bounds[key](value) for key, value in when(TODAY).children)]
    assert holding == [expected]


def test_duties_are_narrowed_by_time_kind_and_words(people: Cast, now: datetime) -> None:
    make_duty(people.alice, at=now, subject_id=1, due=TODAY - timedelta(days=1), subject_title="Merkblatt Pflege")
    make_duty(people.alice, at=now, subject_id=2, subject_title="Merkblatt Bau", kind="tests.release")
    make_duty(people.alice, at=now, subject_id=3, subject_title="Leitfaden Pflege")
    mine = queries.of_person(people.alice)

    def found(**how: object) -> list[int]:
        return sorted(queries.narrowed(mine, on=TODAY, **how).values_list("subject_id", flat=True))

    assert found() == [1, 2, 3]
    assert found(when=["overdue"]) == [1]
    assert found(when=["overdue", "soon"]) == [1, 2, 3]
    assert found(when=["nonsense"]) == [1, 2, 3]
    assert found(kinds=["tests.release"]) == [2]
    assert found(words="pflege merkblatt") == [1]
    assert found(words="%") == []


def test_how_far_a_wave_has_come(people: Cast, now: datetime) -> None:
    for number, days in enumerate((-1, 3, 9, 9)):
        make_duty(people.alice, at=now, subject_id=number, due=TODAY + timedelta(days=days))
    Duty.objects.filter(subject_id=2).update(state="settled", settled_at=now)
    Duty.objects.filter(subject_id=3).update(state="dropped", settled_at=now)
    assert queries.wave("wave:1", on=TODAY) == Wave(settled=2, open=1, overdue=1)


def test_a_kind_nobody_declares_is_still_readable(people: Cast, now: datetime) -> None:
    duty = make_duty(people.alice, at=now, kind="tests.forgotten", subject_title="100 % Merkblatt")
    assert kinds.sentence_of(duty) in ("To be done: 100 % Merkblatt", "Zu erledigen: 100 % Merkblatt")
