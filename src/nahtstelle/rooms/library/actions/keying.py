"""The keys under which records are compared are laid down; a key that a crowd shares is parted, once and for all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count

from nahtstelle.engines.literature.linking import CROWD, Traits, numbers_of, part_of, traits_of
from nahtstelle.engines.literature.records import Name
from nahtstelle.engines.literature.records import Record as Said

from ..models import Crowd, LinkKey, Record
from ..queries.works import slices_of

_COMPARED = (
    "kind", "title", "container", "volume", "issue", "pages", "edition", "doi", "abstract",
)  # fmt: skip


def traits_from(values: Mapping[str, Any]) -> Traits:
    """What is compared of a record, from its values as they are kept."""
    names = tuple(Name(*(str(part) for part in name)) for name in values.get("authors") or ())
    texts = {name: str(values.get(name) or "") for name in _COMPARED}
    return traits_of(Said(**texts, authors=names, year=values.get("year")))


def crowds_among(numbers: Iterable[int]) -> set[int]:
    return {
        key for part in slices_of(numbers) for key in Crowd.objects.filter(key__in=part).values_list("key", flat=True)
    }


def lay_keys(records: Sequence[Record]) -> None:
    """The keys of these records; those of a record that has some already are not doubled."""
    traits = {record.pk: traits_from(record.values) for record in records}
    numbers = {pk: numbers_of(one) for pk, one in traits.items()}
    every = {number for of_one in numbers.values() for number in of_one}
    crowds = crowds_among(every)
    _lay(
        LinkKey(record_id=pk, key=part_of(number, traits[pk]) if number in crowds else number)
        for pk, of_one in numbers.items()
        for number in of_one
    )
    _part(every - crowds)


def _lay(keys: Iterable[LinkKey]) -> None:
    LinkKey.objects.bulk_create(keys, batch_size=1_000, ignore_conflicts=True)


def _part(numbers: set[int]) -> None:
    """Keys that became crowds just now: each has hardly more than ``CROWD`` records, so this costs the same at any size."""
    for part in slices_of(numbers):
        counted = LinkKey.objects.filter(key__in=part).order_by().values("key").annotate(records=Count("record"))
        for number in list(counted.filter(records__gt=CROWD).values_list("key", flat=True)):
            members = Record.objects.filter(link_keys__key=number).values_list("pk", "values")
            _lay(LinkKey(record_id=pk, key=part_of(number, traits_from(values))) for pk, values in members.iterator())
            Crowd.objects.get_or_create(key=number)
