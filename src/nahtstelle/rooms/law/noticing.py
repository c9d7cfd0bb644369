"""What is noticed about provisions when a newer reading arrives, and which of their parts it touches."""

from collections.abc import Iterable

from nahtstelle.engines.lawtext.changed_parts import changed_parts
from nahtstelle.engines.lawtext.comparing import ChangeClass, ChangeKind, NormChange
from nahtstelle.engines.lawtext.values import NormKind

from .identities import Keys
from .models import Change, Reading, TouchedPart
from .wordings import CHUNK, as_path, kept_key, wording_digest

NOT_LAW = {NormKind.HEAD, NormKind.STRUCTURE, NormKind.CONTENTS}
GONE = {ChangeKind.REPEALED, ChangeKind.REMOVED, ChangeKind.MERGED}
# What a repeal or a renumbering is, whatever its words.
ALWAYS_SUBSTANCE = {
    ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.REPEALED, ChangeKind.RE_ENACTED, ChangeKind.RENUMBERED,
    ChangeKind.SPLIT, ChangeKind.MERGED,
}  # fmt: skip


def is_substance(change: NormChange) -> bool:
    """Does the change alter what the law says? A new table of contents, a heading or an editor's note does not."""
    if change.norm.kind in NOT_LAW:
        return False
    return ChangeClass.TEXT in change.classes or change.kind in ALWAYS_SUBSTANCE


def write_changes(
    reading: Reading,
    previous: Reading,
    differences: Iterable[NormChange],
    *,
    known: Keys,
    identities: Keys,
    wordings: dict[str, int],
) -> list[Change]:
    """Keep what changed since ``previous``, one row for each provision, and the parts it touches."""
    old_wordings = dict(previous.sightings.values_list("key", "wording_id"))
    rows: dict[int, tuple[Change, NormChange]] = {}
    for difference in differences:
        provision = provision_of(difference, known=known, identities=identities) if _is_told(difference) else None
        if provision is None or provision in rows:
            continue
        old, new = difference.old, difference.new
        row = Change(
            reading=reading,
            before=previous,
            provision_id=provision,
            kind=difference.kind,
            classes=[str(one) for one in difference.classes],
            substance=is_substance(difference),
            old_designation=difference.old_designation[:150],
            new_designation=new.designation[:150] if new is not None else "",
            old_wording_id=old_wordings.get(kept_key(old)) if old is not None else None,
            new_wording_id=wordings[wording_digest(new)] if new is not None else None,
        )
        rows[provision] = (row, difference)
    changes = Change.objects.bulk_create([row for row, _difference in rows.values()], batch_size=CHUNK)
    TouchedPart.objects.bulk_create(
        (
            TouchedPart(change=row, path=path, grown=grown)
            for row, difference in rows.values()
            if row.substance
            for path, grown in sorted(touched_paths(difference).items())
        ),
        batch_size=CHUNK,
    )
    return changes


def _is_told(difference: NormChange) -> bool:
    """A file that was only rebuilt changes nothing a reader could see."""
    if difference.norm.kind is NormKind.HEAD:
        return False
    return difference.kind in ALWAYS_SUBSTANCE or bool(set(difference.classes) - {ChangeClass.REBUILD})


def provision_of(difference: NormChange, *, known: Keys, identities: Keys) -> int | None:
    """Whose change it is: of the provision that stood in the old reading, unless the new norm is another one.

    Three repealed sections that now stand as one line "(XXXX) §§ 12 bis 14" are three changes of three provisions; a
    number that was given up by a provision that moved on is a change of the number's new holder.
    """
    old = known.get(kept_key(difference.old)) if difference.old is not None else None
    new = identities.get(kept_key(difference.new)) if difference.new is not None else None
    if difference.kind in (ChangeKind.SPLIT, ChangeKind.RE_ENACTED, ChangeKind.ADDED):
        return new
    if difference.kind is ChangeKind.MERGED or old == new:
        return old
    lives_on = old in identities.values()
    return new if lives_on or old is None else old


def touched_paths(difference: NormChange) -> dict[str, bool]:
    """The touched parts in terms of the old text, which citations were written against; True where it only grew."""
    if difference.old is None or difference.new is None or difference.kind in GONE:
        return {"/": False}
    touched = changed_parts(difference.old, difference.new)
    paths = {as_path(path): True for path in touched.grown} | {as_path(path): False for path in touched.old}
    return {path[:120]: grown for path, grown in paths.items()}
