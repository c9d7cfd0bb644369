"""Two people at one card: what each said, in one where it fits; what does not fit is named.

Pure: plain values in and out. ``base`` is what both began with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nahtstelle.plumbing.kit.merging import both_texts

SETS = ("concepts", "programmes")


@dataclass(frozen=True, slots=True)
class Merged:
    """``says`` keeps what stood there where both touched the same; ``met`` are the later one's words for these fields."""

    says: dict[str, Any]
    met: dict[str, Any] = field(default_factory=dict)


def merged(base: Mapping[str, Any], now: Mapping[str, Any], sent: Mapping[str, Any]) -> Merged:
    """``now`` is what stands there, ``sent`` what arrives; whatever only one of them touched is taken from that one."""
    says, met = dict(now), {}
    for name, mine in sent.items():
        before, there = base.get(name), now.get(name)
        if mine in (before, there):
            continue
        if there == before:
            says[name] = mine
        elif name in SETS:
            says[name] = _both_sets(before or [], there or [], mine)
        elif name == "particulars":
            inner = merged(before or {}, there or {}, mine)
            says[name] = inner.says
            if inner.met:
                met[name] = inner.met
        elif _are_texts(before, there, mine) and (both := both_texts(before, there, mine)) is not None:
            says[name] = both
        else:
            met[name] = mine
    return Merged(says, met)


def _both_sets(before: list[str], there: list[str], mine: list[str]) -> list[str]:
    """What each put in is in, what each took out is out."""
    return sorted((set(there) | (set(mine) - set(before))) - (set(before) - set(mine)))


def _are_texts(*values: Any) -> bool:
    return all(isinstance(one, str) for one in values)
