"""Citations that were not understood when they were written, once their law is in stock or has got a new name."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from nahtstelle.engines.lawtext.citations import DEFAULT_NAMES, LawNames
from nahtstelle.engines.lawtext.citations import Citation as Found
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.rooms.law.models import Law
from nahtstelle.rooms.law.naming import laws_called, names_in_stock
from nahtstelle.rooms.law.resolving import Target, resolve_all

from . import drawing, sweep
from .citing import find_in, find_of, key_of, part_named
from .models import Citation, Output

READ_AT_ONCE = 100  # texts in memory
TELLING_WORDS = 4  # of a name, the longest: what a text must contain to be read again


def understand(law: Law, *, names_are_new: bool, by: Actor, at: datetime) -> None:
    """A law has come into stock, changed, or got a new name: texts that meant it before are understood now.

    What readers have and what changed since it was published is brought together as when an edition comes out.
    """
    reached = resolve_unknown(law)
    if names_are_new:
        reached |= read_again(law)
    for output in Output.objects.filter(pk__in=reached).exclude(edition=None).select_related("edition"):
        if output.edition and output.state in (Output.State.PUBLISHED, Output.State.UNDER_REVIEW):
            sweep.catch_up(output, since=output.edition.published_at, by=by, at=at)


def read_again(law: Law) -> set[int]:
    """Read the texts again that may call the law by a name nobody knew when they were written.

    The texts are chosen by the words of these names in the database; the parser decides. The outputs are returned in
    which readers' citations were found.
    """
    unknown = [name for name in law.names.values_list("name", flat=True) if DEFAULT_NAMES.canonical(name) is None]
    chosen = _mentioning(unknown)
    if chosen is None:
        return set()
    ids = list(Output.objects.filter(chosen).order_by("pk").values_list("pk", flat=True))
    names = names_in_stock() if ids else None
    reached = set()
    for start in range(0, len(ids), READ_AT_ONCE):
        for output in Output.objects.filter(pk__in=ids[start : start + READ_AT_ONCE]).select_related("edition"):
            if find_of(law, output, names=names):
                drawing.forget([output.pk])
                reached.add(output.pk)
    return reached


def _mentioning(names: Iterable[str]) -> Q | None:
    """Outputs with every telling word of one of the names somewhere in a text of theirs; None without such a word."""
    chosen: Q | None = None
    for words in sorted({tuple(telling_words(name)) for name in names}):
        if not words:
            continue
        for where in ("title", "summary", "body", "edition__title", "edition__summary", "edition__body"):
            inside = Q()
            for word in words:
                inside &= Q(**{f"{where}__icontains": word})
            chosen = inside if chosen is None else chosen | inside
    return chosen


def telling_words(name: str) -> list[str]:
    """What of a name stands in a text however it is inflected: "des Neuen Gesetzes" for "Neues Gesetz".

    SQLite compares letters beyond ASCII as they are, so only a word's longest run of plain letters counts.
    """
    stems = set()
    for word in re.findall(r"\w+", name):
        inflected = len(word) > 4 and sum(letter.isupper() for letter in word) < 2
        runs = re.findall(r"[a-z0-9]{2,}", (word[:-2] if inflected else word).lower())
        if runs:
            stems.add(max(runs, key=len))
    return sorted(stems, key=lambda stem: (-len(stem), stem))[:TELLING_WORDS]


def resolve_unknown(law: Law) -> set[int]:
    """Point the citations that meant the law at its provisions; the outputs whose readers' citations were."""
    waiting = Citation.objects.filter(provision=None)
    meant = _meaning(law, waiting.order_by().values_list("law_name", flat=True).distinct())
    if not meant:
        return set()
    rows: list[Citation] = []
    found: list[Found] = []
    names = names_in_stock()
    for row in waiting.filter(law_name__in=meant).order_by("id").iterator(chunk_size=2000):
        if match := _as_found(row, names):
            rows.append(row)
            found.append(match)
    known = {
        (c.output_id, *key_of(c)): c
        for c in Citation.objects.filter(output__in={row.output_id for row in rows}, law_name=law.citation)
    }
    changed: dict[int, Citation] = {}
    twice: list[int] = []
    for row, target in zip(rows, resolve_all(found, law=law), strict=True):
        if target.law != law or target.provision is None:
            continue
        key = (row.output_id, law.citation[:200], row.section, target.path[:120], row.version_note)
        other = known.setdefault(key, row)
        if other.pk != row.pk:
            _take_over(other, row)
            twice.append(row.pk)
        other.law, other.provision, other.reading = law, target.provision, target.reading
        other.law_name, other.path = key[1], key[3]
        changed[other.pk] = other
    Citation.objects.filter(pk__in=twice).delete()
    drawing.forget({row.output_id for row in rows})
    fields = ["law", "provision", "reading", "law_name", "path", "published", "working", "confirmed", "role", "origin"]
    Citation.objects.bulk_update(changed.values(), fields, batch_size=300)
    return {row.output_id for row in changed.values() if row.published}


def _meaning(law: Law, names: Iterable[str]) -> list[str]:
    """Of these names those that mean the law."""
    called = laws_called(names)
    return [name for name, found in called.items() if found is not None and found.pk == law.pk]


def _as_found(row: Citation, names: LawNames) -> Found | None:
    """The member of a reference that a row was made of: "§§ 16d, 18a AufenthG" has two."""
    parsed = [one for one in find_in(row.words, names=names) if one.section == row.section]
    return next((one for one in parsed if part_named(one, Target()) == row.path), parsed[0] if parsed else None)


def _take_over(citation: Citation, twin: Citation) -> None:
    """Two rows turned out to be one citation: what people said of either stays."""
    citation.published |= twin.published
    citation.working |= twin.working
    citation.confirmed |= twin.confirmed
    if Citation.Role.BASIS in (citation.role, twin.role):
        citation.role = Citation.Role.BASIS
    if Citation.Origin.DECLARED in (citation.origin, twin.origin):
        citation.origin = Citation.Origin.DECLARED
