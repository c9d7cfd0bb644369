from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import ngettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from nahtstelle.plumbing.ledger.facts import fact, label_of, pack, sentence_for, unpack


@fact("tests.Everything", says="%(text)s on %(day)s")
@dataclass(frozen=True, slots=True)
class Everything:
    number: int
    text: str
    flag: bool
    day: date
    moment: datetime
    maybe: int | None
    maybe_day: date | None
    numbers: tuple[int, ...]
    words: tuple[str, ...]


moments = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))


@given(
    st.builds(
        Everything,
        number=st.integers(),
        text=st.text(),
        flag=st.booleans(),
        day=st.dates(),
        moment=moments,
        maybe=st.none() | st.integers(),
        maybe_day=st.none() | st.dates(),
        numbers=st.lists(st.integers()).map(tuple),
        words=st.lists(st.text()).map(tuple),
    )
)
def test_a_fact_comes_back_as_it_was_packed(everything: Everything) -> None:
    assert unpack("tests.Everything", pack(everything)) == everything


def test_a_fact_that_can_be_changed_is_refused() -> None:
    @dataclass
    class Changeable:
        number: int

    with pytest.raises(TypeError, match="frozen"):
        fact("tests.Changeable")(Changeable)


def test_a_fact_that_holds_more_than_plain_values_is_refused() -> None:
    @dataclass(frozen=True)
    class Heavy:
        things: dict

    with pytest.raises(TypeError, match="ids, dates and short texts"):
        fact("tests.Heavy")(Heavy)


def test_an_optional_field_may_name_none_first() -> None:
    @fact("tests.NoneFirst")
    @dataclass(frozen=True)
    class NoneFirst:
        maybe: None | int  # noqa: RUF036 - this order is what is tested

    assert unpack("tests.NoneFirst", pack(NoneFirst(maybe=3))) == NoneFirst(maybe=3)


def test_two_facts_of_one_name_are_refused() -> None:
    @dataclass(frozen=True)
    class Another:
        number: int

    with pytest.raises(TypeError, match=r"Two facts are called tests\.Everything"):
        fact("tests.Everything")(Another)


def test_a_fact_nobody_declares_any_more_is_named_in_the_error() -> None:
    with pytest.raises(LookupError, match=r"tests\.Forgotten"):
        unpack("tests.Forgotten", {})


def test_a_sentence_is_filled_with_the_facts_fields() -> None:
    assert sentence_for("tests.Everything", {"text": "Wahl", "day": "2026-11-23"}) == "Wahl on 2026-11-23"


def test_a_fact_without_a_sentence_is_its_name_in_words() -> None:
    assert sentence_for("law.ReadingTakenBack", {}) == "Reading taken back"


def test_a_sentence_whose_field_was_renamed_is_still_readable() -> None:
    assert sentence_for("tests.Everything", {"title": "Wahl"}) == "… on …"


def test_a_sentence_to_choose_from_has_gaps() -> None:
    @fact("tests.Several", says=ngettext_lazy("One thing: %(what)s", "%(count)s things: %(what)s", "count"))
    @dataclass(frozen=True)
    class Several:
        count: int
        what: str

    assert label_of("tests.Several") == "… things: …"
    assert [sentence_for("tests.Several", pack(Several(count=n, what="a"))) for n in (1, 3)] == [
        "One thing: a",
        "3 things: a",
    ]
