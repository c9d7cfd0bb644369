"""What the list of works is searched and ordered by."""

from collections.abc import Mapping
from typing import Any

from nahtstelle.register.vocabulary.folding import fold


def folded(fields: Mapping[str, Any], citekey: str) -> str:
    """What the list's search looks in."""
    people = " ".join(" ".join(name) for name in (*fields["authors"], *fields["editors"]))
    return " ".join(filter(None, (fold(f"{fields['title']} {people} {fields['container']} {citekey}"), fields["doi"])))[
        :4_000
    ]


def first_author(fields: Mapping[str, Any]) -> str:
    names = fields["authors"] or fields["editors"]
    return fold(" ".join(names[0]))[:120] if names else ""
