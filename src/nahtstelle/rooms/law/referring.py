"""The references a law's own text makes: to its Absätze, its other provisions, and other laws in stock."""

from dataclasses import dataclass

from nahtstelle.engines.lawtext.citations import find_citations

from .models import Law, Provision
from .naming import names_in_stock
from .resolving import resolve_all

MOST_CHARACTERS = 60_000  # an annex of hundreds of pages is a table, not prose


@dataclass(frozen=True, slots=True)
class Reference:
    """Characters ``start`` to ``end`` point to a provision, to an ``absatz`` ("2a") of it or of the text itself."""

    start: int
    end: int
    provision: Provision | None = None
    law: Law | None = None
    absatz: str = ""


def references(text: str, *, law: Law) -> list[Reference]:
    """The references in the text of a provision of ``law`` that lead somewhere, in order, none over another."""
    if len(text) > MOST_CHARACTERS:
        return []
    found = find_citations(text, names=names_in_stock(), context_law=law.citation)
    named = [citation for citation in found if citation.section]
    targets = dict(zip(map(id, named), resolve_all(named, law=law), strict=True))
    answers: list[Reference] = []
    at = 0
    for citation in sorted(found, key=lambda one: (one.member_start, one.member_end)):
        start, end = citation.member_start, citation.member_end
        if start < at or start >= end:
            continue
        target = targets.get(id(citation))
        if target is not None and target.provision is not None:
            answers.append(Reference(start, end, target.provision, target.law, citation.absatz or ""))
            at = end
        elif target is None and citation.internal and citation.absatz:
            answers.append(Reference(start, end, absatz=citation.absatz))
            at = end
    return answers
