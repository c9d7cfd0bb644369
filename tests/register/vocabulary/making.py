"""A small vocabulary to test with."""

from datetime import date

from nahtstelle.register.vocabulary.ours import SOURCE
from nahtstelle.register.vocabulary.values import ConceptValue, FacetValue, LabelValue, Vocabulary


def concept(key: str, facet: str = "status", de: str = "", en: str = "", **more: object) -> ConceptValue:
    return ConceptValue(
        key=key, facet=facet, name_de=de or f"{key} deutsch", name_en=en or f"{key} english",
        **{"source": SOURCE, **more},
    )  # fmt: skip


def labels(**texts: str) -> frozenset[LabelValue]:
    """``labels(alternative="Duldung", outdated="…")``: German labels by kind."""
    return frozenset(LabelValue("de", text, kind) for kind, text in texts.items())


SMALL = Vocabulary(
    facets=(FacetValue("status", "Aufenthaltsstatus", "Legal status", 1), FacetValue("region", "Region", "Region", 2)),
    concepts=(
        concept("st-gefluechtete", de="Geflüchtete", en="Refugees", position=1,
                labels=labels(outdated="Asylanten", alternative="Schutzsuchende")),
        concept("st-duldung", de="Geduldete", en="Tolerated persons", position=2, note_de="§ 60a AufenthG",
                broader=frozenset({"st-gefluechtete"}), labels=labels(alternative="Duldung")),
        concept("st-ausbduldung", de="Ausbildungsduldung", en="Training Duldung", position=3,
                broader=frozenset({"st-duldung"}), valid_from=date(2016, 8, 6)),
        concept("st-chancen", de="Chancen-Aufenthaltsrecht", en="Opportunity right of residence", position=4,
                valid_from=date(2022, 12, 31), valid_until=date(2025, 12, 31)),
        concept("DE", "region", "Deutschland", "Germany", position=1, level="bund", iso_code="DE"),
        concept("DE-NI", "region", "Niedersachsen", "Lower Saxony", position=2, level="land", iso_code="DE-NI",
                ags="03", broader=frozenset({"DE"})),
        concept("DE-BY", "region", "Bayern", "Bavaria", position=3, level="land", iso_code="DE-BY", ags="09",
                broader=frozenset({"DE"})),
    ),
)  # fmt: skip
