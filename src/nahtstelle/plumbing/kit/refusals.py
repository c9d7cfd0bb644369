"""A rule says no: raised with a sentence a person can read, in the reader's language when shown."""

from collections.abc import Callable
from typing import Any


class Refusal(Exception):
    """What was asked for is not allowed, or not now. ``str(refusal)`` is the sentence."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotYours(Refusal):
    """The person has no right to it (answered 403, or 404 where even its existence is none of their business)."""


class NotNow(Refusal):
    """The thing is in a state in which this cannot happen (answered 409)."""


def refused(check: Callable[..., None], *args: Any, **kwargs: Any) -> str:
    """The sentence with which ``check`` refuses, or "" where it agrees: what greys out a button and explains it."""
    try:
        check(*args, **kwargs)
    except Refusal as refusal:
        return str(refusal)
    return ""


def may(check: Callable[..., None], *args: Any, **kwargs: Any) -> bool:
    """Whether ``check`` agrees."""
    return not refused(check, *args, **kwargs)
