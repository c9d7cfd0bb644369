"""What the duties want to know from those above them. ``site/wiring.py`` says who answers."""

from collections.abc import Callable, Iterable
from typing import Any

# (duty, reader=account, on=day) → what came in about a duty that this reader may see: its name and address
answers: list[Callable[..., Iterable[tuple[str, str]]]] = []


def answers_to(duty: Any, **reading: Any) -> list[tuple[str, str]]:
    return [one for answer in answers for one in answer(duty, **reading)]
