"""What a record says befell a publication: corrected, retracted, replaced. Sources say it in the extras."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..formats import fields
from ..records import Record

_KINDS = {
    "retraction": "retraction", "withdrawal": "retraction", "removal": "retraction", "correction": "correction",
    "corrigendum": "correction", "erratum": "correction", "addendum": "correction", "clarification": "correction",
    "partial_retraction": "correction", "expression_of_concern": "concern", "concern": "concern",
    "new_version": "superseded", "new_edition": "superseded",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Update:
    """``of``: the DOI of what it befell, empty where that is the record itself; ``doi``: of the notice."""

    kind: str  # retraction, correction, concern, superseded
    of: str = ""
    doi: str = ""
    on: str = ""  # ISO 8601, as far as it is known


def updates_in(record: Record) -> Iterator[Update]:
    """Each thing once; one that only says *that* it was retracted gives way to one that says by what."""
    told = list(dict.fromkeys(_updates(record)))
    named = {update.kind for update in told if not update.of and update.doi}
    for update in told:
        if update.of or update.doi or update.kind not in named:
            yield update


def _updates(record: Record) -> Iterator[Update]:
    for tag, text in record.extras:
        if tag == "retracted":
            yield Update("retraction")
        elif tag in ("update-to", "updated-by"):
            word, _, rest = text.partition(" ")
            doi, _, day = rest.partition(" ")
            kind = _KINDS.get(word.lower().replace("-", "_"))
            doi = fields.doi_of(doi)
            if kind and doi:
                of, notice = (doi, record.doi) if tag == "update-to" else ("", doi)
                yield Update(kind, of, notice, fields.day_of(day))
