"""Very many values, some at a time: no statement is given more than a database takes."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

Value = TypeVar("Value")


def slices(values: Sequence[Value], at_once: int) -> Iterator[Sequence[Value]]:
    """The values in their order, at most ``at_once`` in each part."""
    return (values[start : start + at_once] for start in range(0, len(values), at_once))
