"""What the vocabulary wants to know from those above it. ``site/wiring.py`` says who answers."""

from collections.abc import Callable
from datetime import date
from typing import Any

# (account, on=day): raises a refusal where the account may not change the vocabulary
EditorCheck = Callable[..., None]
editors: list[EditorCheck] = []

# (account, on=day): raises a refusal where the account is not of the centre's staff
StaffCheck = Callable[..., None]
staff: list[StaffCheck] = []


def ask(checks: list[Callable[..., None]], account: Any, *, on: date) -> bool:
    """Put the question to all who answer; False where nobody does. Raises what they raise."""
    for check in checks:
        check(account, on=on)
    return bool(checks)
