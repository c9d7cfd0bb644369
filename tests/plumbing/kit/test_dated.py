"""Things that are so from a day until a day: both ends belong to them, an empty end is open."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.register.people.models import CentreRole, Person

DAY = date(2026, 11, 23)
days = st.none() | st.integers(-3, 3).map(lambda number: DAY + timedelta(days=number))


def role(start: date | None, end: date | None) -> CentreRole:
    person, _made = Person.objects.get_or_create(slug="ada", defaults={"name": "Ada"})
    return CentreRole(person=person, role=CentreRole.Role.EDITOR, valid_from=start, valid_until=end)


@pytest.mark.django_db
def test_on_a_day_means_what_holds_on_it_means() -> None:
    spans = [None, *(DAY + timedelta(days=number) for number in (-1, 0, 1))]
    for start in spans:
        for end in spans:
            if start and end and end < start:
                continue
            made = role(start, end)
            made.save()
            found = CentreRole.objects.on(DAY).filter(pk=made.pk).exists()
            assert found == made.holds_on(DAY), (start, end)
            made.delete()


@given(start=days, end=days)
def test_both_ends_belong_to_the_span(start: date | None, end: date | None) -> None:
    slow = all([start is None or start <= DAY, end is None or end >= DAY])
    assert CentreRole(valid_from=start, valid_until=end).holds_on(DAY) is slow


@pytest.mark.django_db
def test_an_end_before_the_start_is_refused_by_the_database() -> None:
    wrong = role(DAY, DAY - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


@pytest.mark.django_db
def test_an_end_before_the_start_is_said_in_a_sentence() -> None:
    wrong = role(DAY, DAY - timedelta(days=1))
    with pytest.raises(ValidationError) as refused:
        wrong.full_clean()
    assert refused.value.messages == ["Das Ende liegt vor dem Anfang."]


@pytest.mark.django_db
def test_a_single_day_is_a_span() -> None:
    made = role(DAY, DAY)
    made.save()
    assert list(CentreRole.objects.on(DAY)) == [made]
