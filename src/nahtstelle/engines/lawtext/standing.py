"""Standing: what the editors say about the state of a text ("standangabe").

"Änderung durch Art. 2 G v. 16.8.2023 I Nr. 217 mWv 1.3.2024 bzw. 2.6.2024 noch nicht berücksichtigt": an act of 16
August 2023, in force from 1 March and 2 June 2024, not yet in the text. Such a sentence disappears from the file once
the text is changed, so whoever needs it later must keep it.
"""

import re
from datetime import date

from nahtstelle.engines.lawtext.values import StandEntry

_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        start=1,
    )
}
_DAY = rf"\d{{1,2}}\. ?(?:\d{{1,2}}\.|{'|'.join(_MONTHS)}) ?\d{{4}}"
_DAY_PARTS = re.compile(rf"(\d{{1,2}})\. ?(?:(\d{{1,2}})\.|({'|'.join(_MONTHS)})) ?(\d{{4}})")
# "v. 16.8.2023", "v 25.10.2024", "vom 28.3.2025", once "Bek. 19.2.1987"; not the v of "mWv".
_ACT = re.compile(rf"(?<![A-Za-z])(?:v\.? ?|vom |Bek\. ?)({_DAY})")
_IN_FORCE = re.compile(rf"(?:mWv|mit Wirkung (?:vom|zum)) ?({_DAY}(?: ?(?:,|bzw\.|u\.|und|oder|sowie) ?{_DAY})*)")
_PENDING = re.compile(r"noch nicht (?:\w+ )?berücksichtig")


def read_stand(kind: str, text: str) -> StandEntry:
    """One entry; of several acts in a sentence ("Vertrag v. … iVm Art. 1 G v. …") the first counts."""
    act = _ACT.search(text)
    in_force = [day for found in _IN_FORCE.finditer(text) for day in _days(found.group(1))]
    return StandEntry(
        kind=kind,
        text=text,
        act_date=next(iter(_days(act.group(1))), None) if act else None,
        in_force=tuple(dict.fromkeys(in_force)),
        pending=_PENDING.search(text) is not None,
    )


def _days(text: str) -> list[date]:
    """The dates written in ``text``; an impossible one ("31.2.2020") is left out."""
    days: list[date] = []
    for day, month, name, year in _DAY_PARTS.findall(text):
        try:
            days.append(date(int(year), int(month) if month else _MONTHS[name], int(day)))
        except ValueError:
            continue
    return days
