"""Putting works together from the records that describe them."""

from collections.abc import Iterable
from datetime import datetime

from ..assembling import first_author, folded
from ..models import Record, Work

FIELDS = (
    "kind", "title", "authors", "editors", "year", "issued", "container", "volume", "issue", "pages", "publisher",
    "place", "edition", "doi", "isbn", "issn", "pmid", "url", "language", "abstract", "keywords",
)  # fmt: skip


def put_together(works: Iterable[Work], *, at: datetime) -> None:
    """Each field anew from the oldest record that says something; what a person set stays."""
    for work in works:
        records = list(work.records.filter(replaced=False).exclude(state=Record.State.DELETED).order_by("pk"))
        for name in FIELDS:
            if work.provenance.get(name) == "person":
                continue
            said = next((r for r in records if r.values.get(name) not in (None, "", [], "document")), None)
            if said is not None:
                setattr(work, name, said.values[name])
                work.provenance[name] = f"record:{said.pk}"
        work.first_author = first_author(vars(work))
        work.folded = folded(vars(work), work.citekey)
        work.changed_at = at
        work.save()
