"""A rule says no in a sentence; pages ask the same rule to explain a grey button."""

from django.utils.translation import gettext_lazy, override

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal, may, refused


def check_even(number: int, *, loud: bool = False) -> None:
    if number % 2:
        raise NotNow("ODD" if loud else "odd")


def test_refused_is_the_sentence_of_the_rule() -> None:
    assert (refused(check_even, 3), refused(check_even, 3, loud=True), refused(check_even, 2)) == ("odd", "ODD", "")


def test_may_is_whether_the_rule_agrees() -> None:
    assert (may(check_even, 2), may(check_even, 3)) == (True, False)


def test_the_sentence_is_in_the_language_of_its_reader() -> None:
    refusal = Refusal(gettext_lazy("Monday"))
    with override("de"):
        german = str(refusal)
    with override("en"):
        english = str(refusal)
    assert (german, english) == ("Montag", "Monday")


def test_whose_right_is_missing_and_what_cannot_be_now_are_both_refusals() -> None:
    assert (issubclass(NotYours, Refusal), issubclass(NotNow, Refusal)) == (True, True)


def test_another_error_is_not_taken_for_a_refusal() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    try:
        may(broken)
    except ZeroDivisionError:
        return
    raise AssertionError("An error of ours was hidden.")
