"""The editors' remarks on amendments to come: they vanish from later files, so they are kept as announcements.

Everything here follows from the ``stand`` of the readings we have, so it can be worked out anew when one leaves.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nahtstelle.engines.lawtext.standing import read_stand

from .models import Announcement, Law, Reading

_Key = tuple[str, date | None]


@dataclass(slots=True)
class _Remark:
    text: str
    act_date: date | None
    pending: bool
    first_seen: date
    last_seen: date


def keep_announcements(law: Law) -> list[Announcement]:
    """Bring a law's announcements in line with its readings; the new ones that are pending are returned."""
    wanted = _announced(law.readings.order_by("first_seen"))
    have = {(row.digest, row.in_force): row for row in law.announcements.all()}
    for key in have.keys() - wanted.keys():
        have[key].delete()
    fresh = []
    for key, remark in wanted.items():
        known = have.get(key)
        if known is None:
            row = Announcement(
                law=law, digest=key[0], in_force=key[1], text=remark.text, act_date=remark.act_date,
                pending=remark.pending, first_seen=remark.first_seen, last_seen=remark.last_seen,
            )  # fmt: skip
            row.save()
            fresh.append(row)
        elif (known.first_seen, known.last_seen) != (remark.first_seen, remark.last_seen):
            known.first_seen, known.last_seen = remark.first_seen, remark.last_seen
            known.save(update_fields=["first_seen", "last_seen"])
    return [row for row in fresh if row.pending]


def _announced(readings: Iterable[Reading]) -> dict[_Key, _Remark]:
    found: dict[_Key, _Remark] = {}
    for reading in readings:
        for entry in reading.stand:
            said = read_stand(entry["kind"], entry["text"])
            if not said.pending and not said.in_force:
                continue
            digest = hashlib.sha256(said.text.encode()).hexdigest()
            for day in said.in_force or (None,):
                remark = found.setdefault(
                    (digest, day),
                    _Remark(said.text, said.act_date, said.pending, reading.first_seen, reading.last_seen),
                )
                remark.last_seen = max(remark.last_seen, reading.last_seen)
    return found
