"""The demo's library is searched for duplicates: a second search brought some of its studies as another database has them. Concepts are proposed."""

from datetime import datetime

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions.classifying import propose_for
from nahtstelle.rooms.library.actions.linking import link_batch
from nahtstelle.rooms.library.models import Import, Record, Work
from nahtstelle.rooms.library.queries.works import current

from .content_files import read_list
from .moments import BY

SOURCE = "Zweite Suche (erfunden)"


def double(*, by: Account, at: datetime) -> None:
    """What stands on the shelves gets its keys, then the second delivery is compared with it."""
    for batch in Import.objects.filter(state=Import.State.DONE).order_by("pk"):
        link_batch(batch=batch, by=BY, at=at)
    rows = read_list("library/second_search.yaml")
    batch = Import.objects.create(
        source=SOURCE, state=Import.State.DONE, records_read=len(rows), given_by=by, given_at=at, done_at=at,
        figures={"records": len(rows), "new": len(rows), "works": len(rows)},
    )  # fmt: skip
    for number, row in enumerate(rows, start=1):
        values = {name: value for name, value in row.items() if name != "key"}
        work = Work.objects.create(
            citekey=f"zweite{number}", created_at=at, created_by=by, changed_at=at, issued=str(row["year"]),
            first_author="".join(name[0] for name in row["authors"][:1]).casefold(), folded=f"{row['title']} {row['authors']}".casefold(), **values,
        )  # fmt: skip
        one = Record.objects.create(
            batch=batch, number=number, key=row["key"], title=row["title"], year=row["year"], doi=row.get("doi", ""),
            values=row, digest=row["key"], state=Record.State.NEW, work=work,
        )  # fmt: skip
        work.provenance = dict.fromkeys(values, f"record:{one.pk}")
        work.save(update_fields=["provenance"])
    link_batch(batch=batch, by=BY, at=at)
    propose_for(current(), at=at)
