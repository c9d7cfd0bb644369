"""Taking one reading into the stock: which law, which provisions, which wordings, what changed.

The one place where the engine's values become rows. Everything is written in bulk; the number of statements does not
depend on the number of norms beyond their chunks.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nahtstelle.engines.lawtext.changed_parts import changed_parts
from nahtstelle.engines.lawtext.comparing import ChangeClass, ChangeKind, NormChange, compare
from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.values import LawReading, Norm, NormKind
from nahtstelle.plumbing.files.actions import content_of
from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.refusals import Refusal

from .models import (
    Announcement,
    Change,
    ImportItem,
    Law,
    LawName,
    Provision,
    Reading,
    Sighting,
    TouchedPart,
    Wording,
)
from .rules import check_file_is_not_younger

CHUNK = 400
NOT_LAW = {NormKind.HEAD, NormKind.STRUCTURE, NormKind.CONTENTS}
GONE = {ChangeKind.REPEALED, ChangeKind.REMOVED, ChangeKind.MERGED}
# What a repeal or a renumbering is, whatever its words.
ALWAYS_SUBSTANCE = {
    ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.REPEALED, ChangeKind.RE_ENACTED, ChangeKind.RENUMBERED,
    ChangeKind.SPLIT, ChangeKind.MERGED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reading belongs among those we have."""

    law: Law | None
    state: ImportItem.State
    previous: Reading | None  # the one seen last before it
    following: Reading | None  # the one first seen after it


@dataclass(frozen=True, slots=True)
class Taken:
    law: Law
    reading: Reading
    changes: list[Change]
    announced: list[Announcement]

    @property
    def substance(self) -> int:
        return sum(change.substance for change in self.changes)


def fold(name: str) -> str:
    """A law's name as it is looked up: lower case, single spaces."""
    return " ".join(name.replace("\u00a0", " ").split()).lower()


def digest_of(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def find_law(slug: str, law: LawReading) -> Law | None:
    """The law a file is of: by its document number, else by its slug (a re-promulgated law gets a new number)."""
    if law.document_number:
        known = Law.objects.filter(document_number=law.document_number).first()
        if known is not None:
            return known
    return Law.objects.filter(slug=slug).first()


def slug_of(file_name: str, law: LawReading) -> str:
    """The slug a law gets: its file's name, unless that is only a document number or the portal's "xml.zip"."""
    steps = [step for step in file_name.replace("\\", "/").split("/") if step]
    stem = steps[-1].split(".")[0] if steps else ""
    if (stem.upper().startswith("BJNR") or stem in ("xml", "")) and len(steps) > 1:
        stem = steps[-2].split(".")[0]
    if stem.upper().startswith("BJNR") or not stem or stem == "xml":
        stem = law.short_names[0] if law.short_names else law.document_number
    return slugify(stem.replace(".", "_").replace("/", "_"))[:120] or law.document_number.lower()


def place_of(slug: str, law: LawReading, *, digest: str, seen_on: date) -> Place:
    """Where this file belongs.

    Raises ``Refusal`` when another text is already known for that day.
    """
    check_file_is_not_younger(law.build, seen_on)
    known = find_law(slug, law)
    if known is None:
        return Place(None, ImportItem.State.NEW_LAW, None, None)
    readings = known.readings.all()
    previous = readings.filter(first_seen__lte=seen_on).order_by("-first_seen").first()
    following = readings.filter(first_seen__gt=seen_on).order_by("first_seen").first()
    if (previous and previous.digest == digest) or (following and following.digest == digest):
        return Place(known, ImportItem.State.SAME, previous, following)
    if previous and previous.last_seen >= seen_on:
        raise Refusal(
            _("For %(day)s another text of %(law)s is already known; which of the two is right must be settled first.")
            % {"day": date_format(seen_on), "law": known.citation}
        )
    return Place(known, ImportItem.State.LATE if following else ImportItem.State.NEWER, previous, following)


def see_again(place: Place, *, digest: str, seen_on: date) -> Reading:
    """Widen the span in which a known reading was seen."""
    if place.previous and place.previous.digest == digest:
        reading = place.previous
        if seen_on > reading.last_seen:
            reading.last_seen = seen_on
            reading.save(update_fields=["last_seen"])
        return reading
    assert place.following is not None
    reading = place.following
    reading.first_seen = seen_on
    reading.save(update_fields=["first_seen"])
    return reading


def engine_reading(reading: Reading) -> LawReading:
    """A kept reading as the engine's value, read anew from its file."""
    return read_law(content_of(reading.file))


def take(place: Place, slug: str, law: LawReading, *, file: KeptFile, seen_on: date, at: datetime) -> Taken:
    """Write a new reading of a law: names, wordings, sightings, changes, announcements."""
    row = place.law or _new_law(slug, law)
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
    neighbour = place.previous or place.following
    if neighbour is None:
        differences: tuple[NormChange, ...] = ()
        known: dict[str, int] = {}
    else:
        old = engine_reading(neighbour)
        differences = compare(old, law)
        known = dict(neighbour.sightings.values_list("key", "provision_id"))
    norms = [norm for norm in law.norms if norm.kind is not NormKind.HEAD]
    identities = _identities(row, norms, differences, known, newest=not late)
    wordings = _wordings(norms)
    Sighting.objects.bulk_create(
        (
            Sighting(
                reading=reading,
                provision_id=identities[norm.key],
                wording_id=wordings[wording_digest(norm)],
                key=norm.key[:150],
                designation=norm.designation[:150],
                position=position,
                structure=list(norm.structure),
                repealed=norm.repealed,
            )
            for position, norm in enumerate(norms)
        ),
        batch_size=CHUNK,
    )
    changes: list[Change] = []
    if not late:
        _refresh_law(row, law)
        if neighbour is not None:
            changes = _write_changes(reading, neighbour, differences, identities, known, wordings)
    announced = _note_announcements(row, law, seen_on=seen_on)
    return Taken(row, reading, changes, announced)


def _new_law(slug: str, law: LawReading) -> Law:
    row = Law.objects.create(slug=slug, citation=_citation_name(law), portal_name="", long_title="")
    _refresh_law(row, law)
    return row


def _citation_name(law: LawReading) -> str:
    return (law.official_abbreviation or (law.short_names[0] if law.short_names else law.document_number))[:120]


def _refresh_law(row: Law, law: LawReading) -> None:
    row.portal_name = law.short_names[0][:200] if law.short_names else ""
    if law.official_abbreviation:
        row.citation = law.official_abbreviation[:120]
    row.short_title = law.short_title[:300]
    row.long_title = law.long_title
    row.enacted = law.enacted
    row.gazette = law.gazette[:200]
    row.document_number = law.document_number
    row.missing_since = None
    row.save()
    names = {*law.short_names, law.official_abbreviation, law.short_title, law.long_title} - {""}
    LawName.objects.bulk_create(
        (LawName(law=row, name=name[:500], folded=fold(name)[:500]) for name in sorted(names)), ignore_conflicts=True
    )


def _identities(
    row: Law, norms: Sequence[Norm], differences: Iterable[NormChange], known: dict[str, int], *, newest: bool
) -> dict[str, int]:
    """Which provision each norm is: the one it was before, or a new one. Updates their current face when newest."""
    before: dict[str, str | None] = {}
    for change in differences:
        if change.kind is ChangeKind.MERGED or change.new is None:
            continue  # the norm that took another in stays itself
        moved_on = change.old is not None and change.kind is not ChangeKind.SPLIT
        before[change.new.key] = change.old.key if moved_on else None  # type: ignore[union-attr]
    identities: dict[str, int] = {}
    fresh: list[tuple[str, Provision]] = []
    faces: list[Provision] = []
    for position, norm in enumerate(norms):
        old_key = before.get(norm.key, norm.key)
        face = Provision(
            law=row,
            key=norm.key[:150],
            designation=norm.designation[:150],
            kind=norm.kind,
            title=norm.title,
            position=position,
            repealed=norm.repealed,
            gone=False,
        )
        if old_key is not None and old_key[:150] in known:
            face.pk = identities[norm.key] = known[old_key[:150]]
            faces.append(face)
        else:
            fresh.append((norm.key, face))
    Provision.objects.bulk_create((face for _key, face in fresh), batch_size=CHUNK)
    identities.update((key, face.pk) for key, face in fresh)
    if newest:
        Provision.objects.filter(law=row).exclude(pk__in=identities.values()).update(gone=True)
        kept = {p.pk: _face(p) for p in Provision.objects.filter(law=row)}
        Provision.objects.bulk_update(
            [face for face in faces if _face(face) != kept.get(face.pk)],
            ["key", "designation", "kind", "title", "position", "repealed", "gone"],
            batch_size=CHUNK // 8,
        )
    elif fresh:
        Provision.objects.filter(pk__in=[face.pk for _key, face in fresh]).update(gone=True)
    return identities


def _face(provision: Provision) -> tuple[object, ...]:
    return (
        provision.key, provision.designation, str(provision.kind), provision.title, provision.position,
        provision.repealed, provision.gone,
    )  # fmt: skip


def wording_digest(norm: Norm) -> str:
    """Names a wording: the same title, text, lines and notes have the same digest."""
    content = json.dumps(
        [norm.title, norm.text, [_line(block) for block in norm.blocks], norm.notes], ensure_ascii=False
    )
    return hashlib.sha256(content.encode()).hexdigest()


def _line(block: object) -> list[object]:
    return [str(block.kind), block.start, block.end, block.depth, block.marker]  # type: ignore[attr-defined]


def _wordings(norms: Sequence[Norm]) -> dict[str, int]:
    by_digest = {wording_digest(norm): norm for norm in norms}
    known = _ids_of(list(by_digest))
    Wording.objects.bulk_create(
        (
            Wording(
                digest=digest,
                title=norm.title,
                text=norm.text,
                blocks=[_line(block) for block in norm.blocks],
                notes=norm.notes,
            )
            for digest, norm in by_digest.items()
            if digest not in known
        ),
        batch_size=CHUNK,
        ignore_conflicts=True,
    )
    return known | _ids_of([digest for digest in by_digest if digest not in known])


def _ids_of(digests: list[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for start in range(0, len(digests), CHUNK):
        ids.update(Wording.objects.filter(digest__in=digests[start : start + CHUNK]).values_list("digest", "pk"))
    return ids


def is_substance(change: NormChange) -> bool:
    """Does the change alter what the law says? A new table of contents, a heading or an editor's note does not."""
    norm = change.new or change.old
    if norm is None or norm.kind in NOT_LAW:
        return False
    return ChangeClass.TEXT in change.classes or change.kind in ALWAYS_SUBSTANCE


def _write_changes(
    reading: Reading,
    before: Reading,
    differences: Iterable[NormChange],
    identities: dict[str, int],
    known: dict[str, int],
    wordings: dict[str, int],
) -> list[Change]:
    told = [
        change
        for change in differences
        if (change.new or change.old).kind is not NormKind.HEAD  # type: ignore[union-attr]
        and set(change.classes) - {ChangeClass.REBUILD}
        or change.kind in ALWAYS_SUBSTANCE
    ]
    old_wordings = dict(before.sightings.values_list("key", "wording_id"))
    rows: dict[int, tuple[Change, NormChange]] = {}
    for change in told:
        here = change.new if change.kind is not ChangeKind.MERGED else None
        provision = identities[here.key] if here else known.get(change.old.key[:150])  # type: ignore[union-attr]
        if provision is None or provision in rows:
            continue
        rows[provision] = (
            Change(
                reading=reading,
                before=before,
                provision_id=provision,
                kind=change.kind,
                classes=[str(one) for one in change.classes],
                substance=is_substance(change),
                old_designation=(change.old_designation or "")[:150],
                new_designation=(change.designation or "")[:150] if change.new else "",
                old_wording_id=old_wordings.get(change.old.key[:150]) if change.old else None,
                new_wording_id=wordings[wording_digest(change.new)] if change.new else None,
            ),
            change,
        )
    changes = Change.objects.bulk_create([row for row, _change in rows.values()], batch_size=CHUNK)
    TouchedPart.objects.bulk_create(
        (
            TouchedPart(change=row, path=path, grown=grown)
            for row, change in zip(changes, (change for _row, change in rows.values()), strict=True)
            if row.substance
            for path, grown in sorted(_paths(change).items())
        ),
        batch_size=CHUNK,
    )
    return changes


def as_path(steps: Sequence[str]) -> str:
    """A part's path as the database compares it: "/A2/S1/N3/"; "/" is the whole provision."""
    return "/" + "".join(f"{step}/" for step in steps)


def _paths(change: NormChange) -> dict[str, bool]:
    """The touched parts in terms of the old text, which is what citations were written against; True where only grown."""
    if change.old is None or change.new is None or change.kind in GONE:
        return {"/": False}
    touched = changed_parts(change.old, change.new)
    paths = {as_path(path): True for path in touched.grown} | {as_path(path): False for path in touched.old}
    return {path[:120]: grown for path, grown in paths.items()}


def _note_announcements(row: Law, law: LawReading, *, seen_on: date) -> list[Announcement]:
    """Keep the editors' remarks on amendments to come; those first seen now are returned."""
    fresh: list[Announcement] = []
    for entry in law.stand:
        if not entry.pending and not entry.in_force:
            continue
        digest = hashlib.sha256(entry.text.encode()).hexdigest()
        for day in entry.in_force or (None,):
            remark, made = Announcement.objects.get_or_create(
                law=row,
                digest=digest,
                in_force=day,
                defaults={
                    "text": entry.text,
                    "act_date": entry.act_date,
                    "first_seen": seen_on,
                    "last_seen": seen_on,
                    "pending": entry.pending,
                },
            )
            if made:
                fresh.append(remark)
            else:
                Announcement.objects.filter(pk=remark.pk).filter(
                    Q(first_seen__gt=seen_on) | Q(last_seen__lt=seen_on)
                ).update(first_seen=min(remark.first_seen, seen_on), last_seen=max(remark.last_seen, seen_on))
    return [remark for remark in fresh if remark.pending]
