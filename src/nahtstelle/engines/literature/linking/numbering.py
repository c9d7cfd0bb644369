"""The keys of a record as numbers a database keeps, for comparing what is new with what lies there already.

``finding.candidates`` brings the same pairs together where all records are at hand at once.
"""

import hashlib
from collections.abc import Iterable

from nahtstelle.engines.literature.linking.blocking import NEIGHBOURS, keys_of
from nahtstelle.engines.literature.linking.traits import Traits, packed

_BYTES = 8


def numbers_of(traits: Traits) -> tuple[int, ...]:
    """Each key once, between -2^63 and 2^63; two records that share one are worth comparing."""
    return tuple(dict.fromkeys(_number(key) for key in keys_of(traits) if key))


def part_of(number: int, traits: Traits) -> int:
    """Under a key that a crowd shares: the key of the part of the crowd that is compared (year, first author, page)."""
    author = traits.families[0] if traits.families else ""
    return _number(f"{number}|{traits.year}|{author}|{traits.first_page}")


def near(part: Iterable[tuple[int, Traits]]) -> dict[int, list[int]]:
    """Of each row of a part of a crowd those it is compared with: its nearest in content, as the engine takes them."""
    order = [row for row, _traits in sorted(part, key=lambda one: (packed(one[1]), one[0]))]
    return {
        row: order[max(0, at - NEIGHBOURS) : at] + order[at + 1 : at + 1 + NEIGHBOURS] for at, row in enumerate(order)
    }


def _number(key: str) -> int:
    data = key.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=_BYTES).digest(), signed=True)
