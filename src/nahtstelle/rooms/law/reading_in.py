"""Taking one reading into the stock: which law, which provisions, which wordings, what changed.

The one place where the engine's values become rows. Everything is written in bulk; the number of statements does not
depend on the number of norms beyond their chunks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nahtstelle.engines.lawtext.comparing import compare
from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.values import LawReading, Norm
from nahtstelle.plumbing.files.actions import content_of
from nahtstelle.plumbing.files.models import KeptFile

from .identities import Keys, before, carry_on, come_back, make_new, norms_of, provisions_of, show_newest
from .models import Announcement, Change, Law, LawName, Reading, Sighting
from .naming import citation_of, fold, names_of
from .noticing import write_changes
from .placing import Place
from .remarks import keep_announcements
from .wordings import CHUNK, keep_wordings, kept_key, wording_digest


@dataclass(frozen=True, slots=True)
class Taken:
    law: Law
    reading: Reading
    changes: list[Change]
    announced: list[Announcement]
    renamed: bool = False  # a law in stock has got a name it did not have

    @property
    def substance(self) -> int:
        return sum(change.substance for change in self.changes)


def engine_reading(reading: Reading) -> LawReading:
    """A kept reading as the engine's value, read anew from its file."""
    return read_law(content_of(reading.file))


def see_again(place: Place, *, digest: str, seen_on: date) -> Reading:
    """Widen the span in which a known reading was seen."""
    reading = place.previous if place.previous and place.previous.digest == digest else place.following
    if reading is None or reading.digest != digest:
        raise ValueError("Neither neighbour has this text; take it in as a reading of its own.")
    if not reading.first_seen <= seen_on <= reading.last_seen:
        reading.first_seen = min(reading.first_seen, seen_on)
        reading.last_seen = max(reading.last_seen, seen_on)
        reading.save(update_fields=["first_seen", "last_seen"])
        keep_announcements(reading.law)
    found_again(reading.law, seen_on)
    return reading


def found_again(law: Law, seen_on: date) -> None:
    """The law was seen: it is not missing any more, unless a later crawl missed it."""
    Law.objects.filter(pk=law.pk, missing_since__lte=seen_on).update(missing_since=None)


def take(place: Place, slug: str, law: LawReading, *, file: KeptFile, seen_on: date, at: datetime) -> Taken:
    """Write a new reading of a law: names, wordings, sightings, changes, announcements.

    A reading that arrives late refines the past: it names no changes and does not alter how provisions look today.
    """
    row = place.law or Law.objects.create(slug=slug, citation=citation_of(law), portal_name="", long_title="")
    late = place.following is not None
    reading = Reading.objects.create(
        law=row,
        first_seen=seen_on,
        last_seen=seen_on,
        build=law.build,
        digest=file.digest,
        file=file,
        stand=[{"kind": entry.kind, "text": entry.text} for entry in law.stand],
        imported_at=at,
        filed_late=late,
    )
    norms = norms_of(law)
    previous = engine_reading(place.previous) if place.previous else None
    known = provisions_of(place.previous) if place.previous else {}
    continued = carry_on(norms, before(previous, law), known) if previous else {}
    if place.following is not None:
        continued |= _known_from_later(law, norms, place.following, continued)
    continued |= come_back(row, norms, continued)
    identities = make_new(row, norms, continued, gone=late)
    wordings = keep_wordings(norms)
    _write_sightings(reading, norms, identities, wordings)
    changes: list[Change] = []
    if not late:
        refresh_law(row, law)
        show_newest(row, norms, identities)
        if previous is not None and place.previous is not None:
            changes = write_changes(
                reading, place.previous, compare(previous, law), known=known, identities=identities, wordings=wordings
            )
    renamed = add_names(row, law) and place.law is not None
    found_again(row, seen_on)
    return Taken(row, reading, changes, keep_announcements(row), renamed)


def _known_from_later(law: LawReading, norms: Sequence[Norm], following: Reading, continued: Keys) -> Keys:
    """Of a reading filed late, the norms that the reading after it knows and the one before it did not."""
    later = {old: new for new, old in before(law, engine_reading(following)).items()}
    found = carry_on(norms, later, provisions_of(following))
    taken = set(continued.values())
    return {key: pk for key, pk in found.items() if key not in continued and pk not in taken}


def _write_sightings(reading: Reading, norms: Sequence[Norm], identities: Keys, wordings: dict[str, int]) -> None:
    Sighting.objects.bulk_create(
        (
            Sighting(
                reading=reading,
                provision_id=identities[kept_key(norm)],
                wording_id=wordings[wording_digest(norm)],
                key=kept_key(norm),
                designation=norm.designation[:150],
                position=position,
                structure=list(norm.structure),
                repealed=norm.repealed,
            )
            for position, norm in enumerate(norms)
        ),
        batch_size=CHUNK,
    )


def refresh_law(row: Law, law: LawReading) -> None:
    """Let the law look as this reading, its newest, shows it."""
    row.portal_name = law.short_names[0][:200] if law.short_names else ""
    if law.official_abbreviation:  # else the name people know it by stays
        row.citation = citation_of(law)
    row.short_title = law.short_title[:300]
    row.long_title = law.long_title
    row.enacted = law.enacted
    row.gazette = law.gazette[:200]
    row.document_number = law.document_number[:40]
    row.save()


def add_names(row: Law, law: LawReading) -> bool:
    """Remember every name the file gives its law, and whether one was new; former names stay, old texts use them."""
    known = set(row.names.values_list("folded", flat=True))
    fresh = {fold(name)[:500]: name for name in sorted(names_of(law))}
    rows = (LawName(law=row, name=name, folded=folded) for folded, name in fresh.items() if folded not in known)
    return bool(LawName.objects.bulk_create(rows, ignore_conflicts=True))
