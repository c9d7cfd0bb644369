"""Citations that were not understood when they were written, once their law is in stock or has got a new name."""

from nahtstelle.engines.lawtext.citations import Citation as Found
from nahtstelle.engines.lawtext.citations import LawNames
from nahtstelle.rooms.law.models import Law
from nahtstelle.rooms.law.naming import law_called, names_in_stock
from nahtstelle.rooms.law.resolving import Target, resolve_all

from .citing import find_in, key_of, part_named
from .models import Citation


def resolve_unknown(law: Law) -> int:
    """A law has come into stock, or got a new name: point the citations that meant it at its provisions."""
    waiting = Citation.objects.filter(provision=None)
    meant = [name for name in waiting.order_by().values_list("law_name", flat=True).distinct() if _means(name, law)]
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
    fields = ["law", "provision", "reading", "law_name", "path", "published", "working", "confirmed", "role", "origin"]
    Citation.objects.bulk_update(changed.values(), fields, batch_size=300)
    return len(changed)


def _means(name: str, law: Law) -> bool:
    called = law_called(name)
    return called is not None and called.pk == law.pk


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
