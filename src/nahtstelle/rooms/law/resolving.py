"""From a citation in a text to the provision and part in our stock that it means."""

from collections.abc import Iterable
from dataclasses import dataclass

from nahtstelle.engines.lawtext.anatomy import find_part
from nahtstelle.engines.lawtext.citations import Citation

from .models import Law, Provision, Reading, Sighting, Wording
from .naming import law_called, laws_called, names_in_stock
from .wordings import as_path, norm_from

__all__ = ["Target", "designation_of", "law_called", "names_in_stock", "resolve", "resolve_all"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a citation means in our stock; all empty where the law or provision is not in it."""

    law: Law | None = None
    provision: Provision | None = None
    reading: Reading | None = None
    path: str = "/"


def designation_of(citation: Citation) -> list[str]:
    """How the official file may print the cited section."""
    section = citation.section or ""
    if citation.unit.startswith("Art"):
        return [f"Art {section}", f"Artikel {section}", f"Art. {section}"]
    if citation.unit.startswith(("Anlage", "Anhang")):
        return [f"{citation.unit} {section}".strip()]
    return [f"§ {section}"]


def resolve(citation: Citation, *, law: Law | None = None) -> Target:
    """The provision and part a citation means in the newest reading; ``law`` is meant where it names none."""
    return resolve_all([citation], law=law)[0]


def resolve_all(citations: Iterable[Citation], *, law: Law | None = None) -> list[Target]:
    """As ``resolve`` for many citations, with a number of queries that grows with the laws they name only."""
    citations = list(citations)
    laws = laws_called({citation.law for citation in citations if citation.law})
    meant = [laws[c.law] if c.law else law for c in citations]
    wanted: dict[int, set[str]] = {}
    for citation, found in zip(citations, meant, strict=True):
        if found is not None:
            wanted.setdefault(found.pk, set()).update(designation_of(citation))
    provisions = {law_id: _provisions(law_id, designations) for law_id, designations in wanted.items()}
    newest = _newest_sightings({p.pk for of_law in provisions.values() for p in of_law.values()})
    return [_target(citation, found, provisions, newest) for citation, found in zip(citations, meant, strict=True)]


def _provisions(law_id: int, designations: set[str]) -> dict[str, Provision]:
    """The provisions that bear these designations now, else those that bore them last."""
    found: dict[str, Provision] = {}
    bearing = Provision.objects.filter(law=law_id, designation__in=designations)
    for provision in bearing.order_by("gone", "position", "-pk"):
        found.setdefault(provision.designation, provision)
    missing = designations - found.keys()
    if missing:
        # An older number: what is § 21b today may still be cited as § 21.
        former = Sighting.objects.filter(provision__law=law_id, designation__in=missing).select_related("provision")
        for sighting in former.order_by("-reading__first_seen", "position"):
            found.setdefault(sighting.designation, sighting.provision)
    return found


def _newest_sightings(provision_ids: set[int]) -> dict[int, Sighting]:
    newest: dict[int, Sighting] = {}
    dates = Sighting.objects.filter(provision__in=provision_ids).values_list(
        "provision_id", "reading__first_seen", "pk"
    )
    last: dict[int, int] = {}
    for provision_id, _first_seen, pk in dates.order_by("reading__first_seen"):
        last[provision_id] = pk
    for sighting in Sighting.objects.filter(pk__in=last.values()).select_related("wording", "reading"):
        newest[sighting.provision_id] = sighting
    return newest


def _target(
    citation: Citation, law: Law | None, provisions: dict[int, dict[str, Provision]], newest: dict[int, Sighting]
) -> Target:
    if law is None:
        return Target()
    for designation in designation_of(citation):
        provision = provisions[law.pk].get(designation)
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
