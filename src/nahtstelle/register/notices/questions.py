"""What this room asks upward."""

from collections.abc import Callable

# Where operators see the outbox and what is wrong with it; the first answer counts.
machinery: list[Callable[[], str]] = []


def machinery_address() -> str:
    """The address of the page, "" where nobody answers."""
    return machinery[0]() if machinery else ""
