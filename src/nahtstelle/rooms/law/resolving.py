"""From a citation in a text to the provision and part in our stock that it means."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nahtstelle.engines.lawtext.anatomy import find_part, parts
from nahtstelle.engines.lawtext.citations import DEFAULT_NAMES, Citation, LawNames
from nahtstelle.engines.lawtext.citations.social_code import with_arabic_number, with_roman_number
from nahtstelle.engines.lawtext.values import Block, BlockKind, Norm, NormKind

from .models import Law, LawName, Provision, Reading, Sighting, Wording
from .reading_in import as_path, fold


@dataclass(frozen=True, slots=True)
class Target:
    """What a citation means in our stock; all empty where the law or provision is not in it."""

    law: Law | None = None
    provision: Provision | None = None
    reading: Reading | None = None
    path: str = "/"


def names_in_stock() -> LawNames:
    """The built-in names of laws and those of every law we have: what the parser recognises in a text."""
    newest = LawName.objects.order_by("-pk").values_list("pk", flat=True).first()
    return _names(newest or 0, LawName.objects.count())


@lru_cache(maxsize=2)
def _names(_newest: int, _number: int) -> LawNames:
    names: dict[str, list[str]] = {}
    for citation, name in LawName.objects.values_list("law__citation", "name"):
        names.setdefault(citation, []).append(name)
    return DEFAULT_NAMES.extended_with(names.items())


def law_called(name: str) -> Law | None:
    """The law people mean by a name; of several the one that is not missing, then the newest."""
    folded = fold(name)
    direct = Law.objects.filter(citation__iexact=name).order_by("missing_since", "-enacted").first()
    if direct is not None:
        return direct
    return (
        Law.objects.filter(names__folded__in={folded, fold(with_roman_number(name)), fold(with_arabic_number(name))})
        .order_by("missing_since", "-enacted")
        .first()
    )


def blocks_of(wording: Wording) -> tuple[Block, ...]:
    return tuple(Block(BlockKind(kind), start, end, depth, marker) for kind, start, end, depth, marker in wording.blocks)


def norm_from(wording: Wording, *, designation: str = "", repealed: bool = False) -> Norm:
    """A kept wording as the engine's value, its anatomy read anew."""
    blocks = blocks_of(wording)
    return Norm(
        key=designation,
        kind=NormKind.PROVISION,
        designation=designation,
        title=wording.title,
        text=wording.text,
        blocks=blocks,
        parts=parts(wording.text, blocks),
        notes=wording.notes,
        repealed=repealed,
    )


def designation_of(citation: Citation) -> list[str]:
    """How the official file may print the cited section."""
    section = citation.section or ""
    if citation.unit.startswith("Art"):
        return [f"Art {section}", f"Artikel {section}", f"Art. {section}"]
    if citation.unit.startswith(("Anlage", "Anhang")):
        return [f"{citation.unit} {section}".strip()]
    return [f"§ {section}"]


def resolve(citation: Citation, *, law: Law | None = None) -> Target:
    """The provision and part a citation means in the newest reading."""
    return resolve_all([citation], law=law)[0]


def resolve_all(citations: Iterable[Citation], *, law: Law | None = None) -> list[Target]:
    """As ``resolve`` for many citations with a handful of queries."""
    citations = list(citations)
    laws: dict[str, Law | None] = {}
    for name in {c.law for c in citations if c.law}:
        laws[name] = law_called(name)
    wanted: dict[int, set[str]] = {}
    for citation in citations:
        found = laws.get(citation.law or "") or (law if citation.law is None else None)
        if found is not None:
            wanted.setdefault(found.pk, set()).update(designation_of(citation))
    provisions: dict[tuple[int, str], Provision] = {}
    for law_id, designations in wanted.items():
        for provision in Provision.objects.filter(law=law_id, designation__in=designations).order_by("gone", "-position"):
            provisions.setdefault((law_id, provision.designation), provision)
        missing = designations - {d for (owner, d) in provisions if owner == law_id}
        if missing:
            # An older number: what is § 21b today may still be cited as § 21.
            former = (
                Sighting.objects.filter(provision__law=law_id, designation__in=missing)
                .select_related("provision")
                .order_by("-reading__first_seen")
            )
            for sighting in former:
                provisions.setdefault((law_id, sighting.designation), sighting.provision)
    newest = _newest_sightings({p.pk for p in provisions.values()})
    return [
        _target(c, laws.get(c.law or "") or (law if c.law is None else None), provisions, newest) for c in citations
    ]


def _newest_sightings(provision_ids: set[int]) -> dict[int, Sighting]:
    newest: dict[int, Sighting] = {}
    rows = Sighting.objects.filter(provision__in=provision_ids).select_related("wording", "reading")
    for sighting in rows.order_by("reading__first_seen"):
        newest[sighting.provision_id] = sighting
    return newest


def _target(
    citation: Citation, law: Law | None, provisions: dict[tuple[int, str], Provision], newest: dict[int, Sighting]
) -> Target:
    if law is None:
        return Target()
    for designation in designation_of(citation):
        provision = provisions.get((law.pk, designation))
        if provision is not None:
            sighting = newest.get(provision.pk)
            path = _path(citation, sighting.wording) if sighting else "/"
            return Target(law, provision, sighting.reading if sighting else None, path)
    return Target(law=law)


def _path(citation: Citation, wording: Wording) -> str:
    """The deepest cited part that the wording really has."""
    names = ("absatz", "satz", "nummer", "buchstabe", "doppelbuchstabe")
    steps = {name: getattr(citation, name) for name in names}
    if not any(steps.values()):
        return "/"
    norm = norm_from(wording)
    for name in reversed(names):
        if any(steps.values()):
            part = find_part(norm, **steps)
            if part is not None:
                return as_path(part.path)
            steps[name] = None
    return "/"
