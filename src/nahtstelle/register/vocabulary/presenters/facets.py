"""The concepts of a facet as a tree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from ..models import in_page_language
from .concepts import concept_url, validity

DEEPEST = 8  # levels drawn below each other


@dataclass(slots=True)
class Branch:
    """A concept in the tree of its facet."""

    label: str
    url: str
    key: str
    note: str = ""
    narrower: list["Branch"] = field(default_factory=list)


def tree_of(rows: Iterable[Mapping[str, Any]]) -> list[Branch]:
    """The concepts of a facet as a tree, from rows of key, name, validity and one broader key each.

    A concept below two others stands below each of them.
    """
    parents: dict[str, list[str]] = {}
    branches: dict[str, Branch] = {}
    for key, group in groupby(rows, key=lambda row: row["key"]):
        same = list(group)
        branches[key] = _branch(same[0])
        parents[key] = [row["broader__key"] for row in same if row["broader__key"]]
    children: dict[str, list[str]] = {}
    for key, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(key)
    tops = [key for key, above in parents.items() if not set(above) & set(branches)]
    return [_grown(key, branches, children, 1) for key in tops]


def _grown(key: str, branches: dict[str, Branch], children: dict[str, list[str]], depth: int) -> Branch:
    branch = branches[key]
    below = children.get(key, []) if depth < DEEPEST else []
    narrower = [_grown(child, branches, children, depth + 1) for child in below]
    return Branch(branch.label, branch.url, branch.key, branch.note, narrower)


def _branch(row: Mapping[str, Any]) -> Branch:
    name = in_page_language(row["name_de"], row["name_en"])
    note = validity(row["valid_from"], row["valid_until"])
    return Branch(name, concept_url(row["key"]), row["key"], note)
