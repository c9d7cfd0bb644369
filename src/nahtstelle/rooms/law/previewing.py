"""What taking a checked file in would change: counts and designations for the preview."""

from typing import Any

from nahtstelle.engines.lawtext.comparing import ChangeKind, compare
from nahtstelle.engines.lawtext.values import LawReading

from .models import ImportItem
from .noticing import NOT_LAW, is_substance
from .placing import Place
from .reading_in import engine_reading

MOST_NAMES = 12  # designations shown in a preview before "and n more": of new provisions, of those gone, of the others
ARRIVED = {ChangeKind.ADDED, ChangeKind.SPLIT, ChangeKind.RE_ENACTED}
GONE = {ChangeKind.REPEALED, ChangeKind.REMOVED, ChangeKind.MERGED}


def preview_of(place: Place, law: LawReading) -> dict[str, Any]:
    """For a law not yet known the number of its provisions, for a newer reading what it changes, else nothing."""
    if place.state == ImportItem.State.NEW_LAW:
        return {"provisions": sum(norm.kind not in NOT_LAW for norm in law.norms)}
    if place.state != ImportItem.State.NEWER or place.previous is None:
        return {}
    changed = [change for change in compare(engine_reading(place.previous), law) if is_substance(change)]
    preview: dict[str, Any] = {"changed": len(changed), "since": place.previous.last_seen.isoformat()}
    for name, kinds in (("new", ARRIVED), ("gone", GONE), ("names", set(ChangeKind) - ARRIVED - GONE)):
        designations = [change.designation or change.old_designation for change in changed if change.kind in kinds]
        if designations or name == "names":
            preview[name] = designations[:MOST_NAMES]
    return preview
