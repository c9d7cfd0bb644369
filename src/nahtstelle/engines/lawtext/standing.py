"""Standing: what the editors say about the state of a text ("standangabe")."""

import re
from datetime import date

from nahtstelle.engines.lawtext.values import StandEntry

_DAY = r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})"


def read_stand(kind: str, text: str) -> StandEntry:
    return StandEntry(kind, text)
