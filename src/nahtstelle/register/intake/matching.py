"""Who may be who: rows against the register and against earlier rows of the same table.

An address is compared with all; names only within blocks (the given name and the family name's initial, and the other
way round), so that 5,000 rows against 100,000 persons take seconds. Nothing here decides; a person does.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from nahtstelle.register.organisations.models import Membership, Organisation
from nahtstelle.register.people.models import Person
from nahtstelle.register.programmes.models import Network, Project
from nahtstelle.register.vocabulary.folding import fold

from .fields import Kind

LETTERS_PER_SLIP = 12  # a letter too many, too few, wrong or swapped with the next, per so many letters
MOST_SLIPS = 3
PLACES_LIKE = 85  # per cent of the names of two organisations
LOOKED_AT = 8  # likest names per row
LEGAL_FORMS = frozenset(["e", "v", "ev", "gmbh", "ggmbh", "mbh", "ag", "kg", "eg", "gag", "ug"])


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in the register, or a row: what it is called, and what tells it from others of its name."""

    id: int
    name: str  # folded, words in order of the alphabet
    mail: str = ""  # casefolded
    places: frozenset[int] = field(default_factory=frozenset)  # organisations, region, carrier
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """``of`` an entry of the register, or of an earlier row where ``is_row``."""

    of: int
    is_row: bool
    reason: str
    likeness: int


Alike = Callable[[Entry, Entry, int], bool]  # the row, the entry, the slips between their names


def sorted_words(name: str, *, without: frozenset[str] = frozenset()) -> str:
    words = sorted(fold(name).split())
    return " ".join(word for word in words if word not in without) or " ".join(words)


def slips_allowed(name: str) -> int:
    return min(max(1, len(name) // LETTERS_PER_SLIP), MOST_SLIPS)


def _digits(name: str) -> str:
    return "".join(sign for sign in name if sign.isdigit())


def entry_of(kind: str, row_id: int, values: dict[str, Any]) -> Entry:
    """A row as an entry."""
    forms = LEGAL_FORMS if kind == Kind.ORGANISATIONS else frozenset()
    name = sorted_words(values.get("name") or values.get("name_de") or "", without=forms)
    place = {Kind.PERSONS: "organisation", Kind.ORGANISATIONS: "region", Kind.PROJECTS: "carrier"}.get(Kind(kind), "")
    places = frozenset([values[place]]) if place and values.get(place) else frozenset()
    return Entry(row_id, name, (values.get("mail") or "").casefold(), places, values.get("level"))


def entries_of(kind: str) -> Iterator[Entry]:
    """The register as entries; two queries."""
    match kind:
        case Kind.PERSONS:
            places: dict[int, set[int]] = defaultdict(set)
            for person, organisation in Membership.objects.values_list("person_id", "organisation_id").iterator():
                places[person].add(organisation)
            for pk, name, mail in Person.objects.order_by().values_list("pk", "name", "mail").iterator():
                yield Entry(pk, sorted_words(name), mail.casefold(), frozenset(places.get(pk, ())))
        case Kind.ORGANISATIONS:
            for pk, name, region in Organisation.objects.order_by().values_list("pk", "name", "region_id"):
                yield Entry(pk, sorted_words(name, without=LEGAL_FORMS), places=frozenset([region] if region else ()))
        case Kind.NETWORKS:
            for pk, name, level in Network.objects.order_by().values_list("pk", "name_de", "level_id"):
                yield Entry(pk, sorted_words(name), level=level)
        case Kind.PROJECTS:
            for pk, name, level, carrier in Project.objects.order_by().values_list(
                "pk", "name_de", "level_id", "carrier_id"
            ):
                yield Entry(pk, sorted_words(name), places=frozenset([carrier]), level=level)


def find_matches(kind: str, rows: Iterable[Entry], stock: Iterable[Entry], names: dict[int, str]) -> dict[int, Match]:
    """Row → what it may be the same as. ``names`` are those of organisations, for persons of two of them alike."""
    rows = list(rows)
    wanted = {key for row in rows for key in _keys(kind, row)}
    mails = {row.mail for row in rows if row.mail}
    known: dict[str, int] = {}
    there = _Blocks(kind)
    for entry in stock:
        if entry.mail and entry.mail in mails:
            known[entry.mail] = entry.id
        there.add(entry, only=wanted)
    earlier, row_by_mail = _Blocks(kind), dict[str, int]()
    alike = _alike_people(names) if kind == Kind.PERSONS else _ALIKE[Kind(kind)]
    found: dict[int, Match] = {}
    for row in rows:
        match = (
            _by_mail(row, known, is_row=False)
            or _by_mail(row, row_by_mail, is_row=True)
            or there.likest(row, alike, is_row=False)
            or earlier.likest(row, alike, is_row=True)
        )
        if match is not None:
            found[row.id] = match
        if row.mail:
            row_by_mail.setdefault(row.mail, row.id)
        if match is None or not match.is_row:
            earlier.add(row)
    return found


def _by_mail(row: Entry, known: dict[str, int], *, is_row: bool) -> Match | None:
    return Match(known[row.mail], is_row, "mail", 100) if row.mail and row.mail in known else None


class _Blocks:
    """Entries by the keys under which a likely spelling of their name would be looked for."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._blocks: dict[Hashable, dict[int, Entry]] = defaultdict(dict)

    def add(self, entry: Entry, *, only: set[Hashable] | None = None) -> None:
        for key in _keys(self._kind, entry):
            if only is None or key in only:
                self._blocks[key][entry.id] = entry

    def likest(self, row: Entry, alike: Alike, *, is_row: bool) -> Match | None:
        near: dict[int, Entry] = {}
        for key in _keys(self._kind, row):
            near |= self._blocks.get(key, {})
        choices = {pk: entry.name for pk, entry in near.items()}
        most = slips_allowed(row.name)
        hits = process.extract(row.name, choices, scorer=OSA.distance, score_cutoff=most, limit=LOOKED_AT)
        for name, slips, pk in hits:
            # "Netz 1" and "Netz 2" are no slip apart.
            if _digits(name) == _digits(row.name) and alike(row, near[pk], slips):
                return Match(pk, is_row, "name", 100 - 100 * slips // max(len(row.name), 1))
        return None


def _keys(kind: str, entry: Entry) -> Iterator[Hashable]:
    words = entry.name.split()
    if not words:
        return
    if kind != Kind.PERSONS:
        for word in sorted(words, key=len, reverse=True)[:2]:
            yield (entry.level, word[:4])
        return
    if len(words) == 1:
        yield (words[0][:4],)
        return
    ends = {words[0], words[-1], *sorted(words, key=len, reverse=True)[:2]}
    for one in ends:
        for other in ends - {one}:
            yield (one, other[0])
            yield (one[0], other[:3])


def _alike_people(names: dict[int, str]) -> Alike:
    """One name at one organisation; or one name and no address that speaks against it."""

    def alike(row: Entry, entry: Entry, slips: int) -> bool:
        differ = bool(row.mail and entry.mail and row.mail != entry.mail)
        if row.places and entry.places and _places_alike(row.places, entry.places, names):
            return slips == 0 or not differ
        return slips == 0 and not differ

    return alike


def _places_alike(some: frozenset[int], others: frozenset[int], names: dict[int, str]) -> bool:
    if some & others:
        return True
    return any(fuzz.ratio(names.get(a, ""), names.get(b, "")) >= PLACES_LIKE for a in some for b in others)


def _alike_organisations(row: Entry, entry: Entry, slips: int) -> bool:
    return not row.places or not entry.places or row.places == entry.places


def _alike_networks(row: Entry, entry: Entry, slips: int) -> bool:
    return row.level == entry.level


def _alike_projects(row: Entry, entry: Entry, slips: int) -> bool:
    return row.level == entry.level and row.places == entry.places


_ALIKE: dict[Kind, Alike] = {
    Kind.ORGANISATIONS: _alike_organisations,
    Kind.NETWORKS: _alike_networks,
    Kind.PROJECTS: _alike_projects,
}
