"""The vocabulary that comes with the platform: the data files beside this module."""

from importlib.resources import files
from typing import Any

import yaml

from .models import Label
from .values import ConceptValue, FacetValue, LabelValue, Vocabulary

SOURCE = "nahtstelle"
_KINDS = {"alt": Label.Kind.ALTERNATIVE, "outdated": Label.Kind.OUTDATED, "hidden": Label.Kind.HIDDEN}


def our_vocabulary() -> Vocabulary:
    """All facets of the data folder."""
    folder = files(__package__) / "data"
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".yaml")]
    whole = Vocabulary()
    for text in texts:
        whole += facet_from(yaml.safe_load(text))
    return whole


def facet_from(raw: dict[str, Any]) -> Vocabulary:
    """One data file: a facet and its concepts in the order they are shown."""
    facet = raw["facet"]
    return Vocabulary(
        facets=(FacetValue(facet["key"], facet["de"], facet["en"], facet.get("position", 0)),),
        concepts=tuple(_concept(row, facet["key"], number) for number, row in enumerate(raw["concepts"], start=1)),
    )


def _concept(row: dict[str, Any], facet: str, number: int) -> ConceptValue:
    return ConceptValue(
        key=row["key"],
        facet=facet,
        name_de=row["de"],
        name_en=row["en"],
        note_de=row.get("note_de", ""),
        note_en=row.get("note_en", ""),
        level=row.get("level", ""),
        iso_code=row.get("iso", ""),
        ags=row.get("ags", ""),
        notation=row.get("notation", ""),
        source=SOURCE,
        position=number,
        valid_from=row.get("valid_from"),
        valid_until=row.get("valid_until"),
        replaced_by=row.get("replaced_by", ""),
        broader=frozenset(row.get("broader", ())),
        related=frozenset(row.get("related", ())),
        labels=frozenset(
            LabelValue(language, text, kind.value)
            for name, kind in _KINDS.items()
            for language, texts in row.get(name, {}).items()
            for text in texts
        ),
    )
