"""From records to groups: traits laid aside as bytes, pairs that share a key judged, groups checked as groups."""

import hashlib
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO, NamedTuple

from nahtstelle.engines.literature.linking.blocking import CROWD, MOST_RECORDS, NEIGHBOURS, Blocks
from nahtstelle.engines.literature.linking.grouping import Link, grouped
from nahtstelle.engines.literature.linking.judging import (
    CERTAIN,
    POSSIBLE,
    Verdict,
    in_one_issue,
    in_two_journals,
    judge,
)
from nahtstelle.engines.literature.linking.likeness import title_likeness
from nahtstelle.engines.literature.linking.places import pages_agree
from nahtstelle.engines.literature.linking.traits import Traits, packed, traits_of, unpacked
from nahtstelle.engines.literature.records import Record

GROUP_WOULD_HOLD = "the group would hold: "
_REMEMBERED = 4096  # traits kept unpacked while groups are checked


class Group(NamedTuple):
    rows: tuple[int, ...]  # places among the records given
    links: tuple[tuple[int, int, float, tuple[str, ...]], ...]  # which two, how certainly, and why
    reasons: tuple[str, ...]


class Possible(NamedTuple):
    one: int
    two: int
    certainty: float
    reasons: tuple[str, ...]
    doubt: str


class Linking(NamedTuple):
    groups: tuple[Group, ...]
    possible: tuple[Possible, ...]
    compared: int


class TooManyRecords(ValueError):
    """More records than the keys can number."""


class Shelf:
    """Traits by their row, as bytes in a file that can be sought; in memory where none is given."""

    def __init__(self, file: BinaryIO | None) -> None:
        self._file = BytesIO() if file is None else file
        self._starts = array("Q", [0])
        self._contents = array("Q")
        self._recent: OrderedDict[int, Traits] = OrderedDict()

    def content(self, row: int) -> int:
        return self._contents[row]

    def add(self, traits: Traits) -> None:
        data = packed(traits)
        self._contents.append(int.from_bytes(hashlib.blake2b(data, digest_size=8).digest()))
        self._file.write(data)
        self._starts.append(self._starts[-1] + len(data))

    def __getitem__(self, row: int) -> Traits:
        if (known := self._recent.get(row)) is not None:
            return known
        start, end = self._starts[row], self._starts[row + 1]
        self._file.seek(start)
        traits = unpacked(self._file.read(end - start))
        self._recent[row] = traits
        if len(self._recent) > _REMEMBERED:
            self._recent.popitem(last=False)
        return traits


def find_duplicates(
    records: Iterable[Record], *, certain: float = CERTAIN, possible: float = POSSIBLE, shelf: BinaryIO | None = None
) -> Linking:
    """The groups of records that are one work, and the pairs a person should look at.

    ``shelf`` is where what is compared of the records lies meanwhile (a temporary file, for many records).
    """
    lying, blocks = Shelf(shelf), Blocks()
    for record in records:
        if len(blocks) == MOST_RECORDS:
            raise TooManyRecords(f"More than {MOST_RECORDS} records cannot be compared at once.")
        traits = traits_of(record)
        lying.add(traits)
        blocks.add(traits)
    links: list[Link] = []
    doubtful: list[Possible] = []
    compared = 0
    for one, two in candidates(blocks, lying):
        compared += 1
        verdict = judge(lying[one], lying[two])
        certainty = verdict.certainty
        if verdict.apart or certainty < possible:
            continue
        if certainty >= certain and not verdict.for_a_person:
            links.append(Link(verdict.points, one, two, verdict.reasons))
        else:
            doubtful.append(
                Possible(one, two, certainty, verdict.reasons, verdict.for_a_person or "not certain enough")
            )
    return _answer(links, doubtful, lying, compared)


def candidates(blocks: Blocks, lying: Shelf) -> Iterator[tuple[int, int]]:
    """Each pair that shares a key, once."""
    of_crowds: set[tuple[int, int]] = set()
    for slot, rows in blocks.crowds():
        crowded = len(rows) > CROWD
        for part in _parted(rows, lying) if crowded else (rows,):
            for at, one in enumerate(part):
                for two in part[at + 1 : at + 1 + NEIGHBOURS] if crowded else part[at + 1 :]:
                    pair = (one, two) if one < two else (two, one)
                    if blocks.met_before(slot, one, two) or (of_crowds and pair in of_crowds):
                        continue
                    if crowded:
                        of_crowds.add(pair)
                    yield pair


def _parted(rows: Iterable[int], lying: Shelf) -> Iterator[list[int]]:
    """A crowd too big to compare each with each: by year, first author and page, each with its neighbours in content."""
    parts: dict[tuple[int, str, str], list[int]] = {}
    for row in rows:
        traits = lying[row]
        parts.setdefault((traits.year, "".join(traits.families[:1]), traits.first_page), []).append(row)
    for part in parts.values():
        yield sorted(part, key=lambda row: packed(lying[row]))


def forbidding(one: Traits, two: Traits) -> str:
    """Why two records may not be in one group, even where others link them."""
    if two < one:
        one, two = two, one
    verdict = judge(one, two)
    if verdict.apart:
        return verdict.apart
    same_doi = bool(one.doi) and one.doi == two.doi
    if (
        pages_agree(one, two) == "different"
        and not same_doi
        and not in_one_issue(one, two, title_likeness(one, two)[0])
    ):
        return "different pages"
    if not same_doi and one.volume and two.volume and one.volume != two.volume and in_two_journals(one, two):
        return "two journals and volumes"
    if not same_doi and verdict.points < -2.5:
        return "too little in common"
    return ""


def _answer(links: list[Link], doubtful: list[Possible], lying: Shelf, compared: int) -> Linking:
    groups = grouped(links, lambda one, two: forbidding(lying[one], lying[two]), lying.content)
    of_row = {row: at for at, rows in enumerate(groups.members) for row in rows}
    found = []
    for at, rows in enumerate(groups.members):
        used = sorted((link.one, link.two, _certainty(link), link.reasons) for link in groups.links[at])
        reasons = list(dict.fromkeys(reason for link in used for reason in link[3]))
        found.append(Group(tuple(rows), tuple(used), tuple(reasons)))
    for link, why in groups.refused:
        doubtful.append(Possible(link.one, link.two, _certainty(link), link.reasons, GROUP_WOULD_HOLD + why))
    left = [pair for pair in doubtful if pair.one not in of_row or of_row.get(pair.one) != of_row.get(pair.two)]
    left.sort(key=lambda pair: (-pair.certainty, pair.one, pair.two))
    return Linking(tuple(found), tuple(left), compared)


def _certainty(link: Link) -> float:
    return Verdict(link.points, ()).certainty
