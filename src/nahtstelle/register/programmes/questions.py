"""What the programmes want to know from above. ``site/wiring.py`` says who answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.safestring import SafeString

from .models import Programme


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of a programme's page that are drawn above: what the editors say of it, and what the rooms know of it."""

    head: SafeString  # links to style sheets and feeds
    introduction: SafeString
    composed: SafeString
    has_introduction: bool


# (programme, request of the reader, on=the day whose structure the page shows) → the parts
ProgrammeParts = Callable[..., Parts]
parts: list[ProgrammeParts] = []


def parts_for(programme: Programme, request: HttpRequest, *, on: date) -> list[Parts]:
    return [answer(programme, request, on=on) for answer in parts]
