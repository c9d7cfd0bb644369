"""Concepts as facet values and terms: a tag stands for everything broader, too."""

from collections.abc import Iterable

from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.rooms.outputs.counting import FACETS

from ..offers import concept_term

MOST_STEPS = 6


class Tags:
    """The concepts of things, with all that lies above them; the hierarchy is read once."""

    def __init__(self) -> None:
        self._facet = dict(Concept.objects.values_list("key", "facet__key"))
        self._broader: dict[str, list[str]] = {}
        for narrow, broad in Concept.broader.through.objects.values_list(
            "from_concept__key", "to_concept__key"
        ):  # fmt: skip
            self._broader.setdefault(narrow, []).append(broad)

    def with_broader(self, keys: Iterable[str]) -> list[str]:
        found = list(dict.fromkeys(keys))
        new = found
        for _step in range(MOST_STEPS):
            new = [above for key in new for above in self._broader.get(key, ()) if above not in found]
            if not new:
                break
            found += dict.fromkeys(new)
        return found

    def facets(self, keys: Iterable[str]) -> list[tuple[str, str]]:
        """(facet, key) for those facets that narrow a search."""
        return [(self._facet[key], key) for key in self.with_broader(keys) if self._facet.get(key) in FACETS]

    def terms(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(concept_term(key) for key in self.with_broader(keys))
