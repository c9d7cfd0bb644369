"""A comparison as plain JSON values; the shape is fixed by ``compare.schema.json`` beside this file."""

from collections.abc import Iterable
from typing import Any

from nahtstelle.engines.lawtext.changed_parts import ChangedParts, changed_parts
from nahtstelle.engines.lawtext.changes import NormChange
from nahtstelle.engines.lawtext.values import Norm, NormKind


def changes_as_json(changes: Iterable[NormChange], *, full: bool = False) -> list[dict[str, Any]]:
    """One object a change, in order; with ``full`` the wordings and editors' notes of both sides too."""
    return [change_as_json(change, full=full) for change in changes]


def change_as_json(change: NormChange, *, full: bool = False) -> dict[str, Any]:
    told: dict[str, Any] = {
        "designation": change.designation,
        "old_designation": change.old_designation,
        "kind": change.kind.value,
        "classes": [each.value for each in change.classes],
        "substance": change.is_substance,
        "norm_kind": change.norm.kind.value,
        "title": change.new.title if change.new is not None else "",
        "old_title": change.old.title if change.old is not None else "",
        "similarity": round(change.similarity, 4),
        "parts": _parts(_touched(change)),
    }
    if full:
        told |= _wordings("old", change.old) | _wordings("new", change.new)
    return told


def _touched(change: NormChange) -> ChangedParts:
    if change.norm.kind is NormKind.HEAD:
        return ChangedParts()
    return changed_parts(change.old, change.new)


def _parts(parts: ChangedParts) -> dict[str, Any]:
    return {
        "old": sorted(list(path) for path in parts.old),
        "new": sorted(list(path) for path in parts.new),
        "grown": sorted(list(path) for path in parts.grown),
        "moved": [{"from": list(before), "to": list(now)} for before, now in parts.moved],
    }


def _wordings(side: str, norm: Norm | None) -> dict[str, str | None]:
    return {
        f"{side}_text": norm.text if norm is not None else None,
        f"{side}_notes": norm.notes if norm is not None else None,
    }
