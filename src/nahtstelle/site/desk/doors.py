"""Which door somebody knocks at: an address means the same account in whatever letters it is written."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def door_of(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The address entered, as failures are counted by it."""
    given = (credentials or request.POST).get("username")
    return str(given or "").strip().casefold()
