"""What of a delivery its source has said before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from nahtstelle.plumbing.kit.slices import slices
from nahtstelle.register.vocabulary.folding import fold

from ..models import Import, Record

_AT_ONCE = 800


@dataclass(frozen=True, slots=True)
class Before:
    """A record of the same source that says, or said, of the same publication."""

    pk: int
    work_id: int
    same: bool  # word for word


@dataclass(frozen=True, slots=True)
class _Old:
    pk: int
    work_id: int
    key: str
    digest: str
    doi: str
    title: str


def earlier_imports(batch: Import) -> list[int]:
    """The imports of the same source that were taken in; of a saved search its own, whatever it was called then."""
    same = Q(search=batch.search_id) if batch.search_id else Q(source__iexact=batch.source)
    done = Import.objects.filter(same, done_at__isnull=False).exclude(pk=batch.pk)
    return list(done.values_list("pk", flat=True))


def known_among(records: Sequence[Record], *, batch: Import, earlier: Sequence[int]) -> dict[int, Before]:
    """By the number of a record what its source said before.

    A repository's own key (of a saved search) is believed. In a file, where a key may be anything ("Klee2021", 17), DOI or
    title must agree as well; without a key only the very same words count.
    """
    if not earlier or not records:
        return {}
    by_key: dict[str, _Old] = {}
    by_digest: dict[str, _Old] = {}
    for old in _olds("key", {one.key for one in records if one.key}, earlier):
        by_key[old.key] = old  # in the order of their ids: the newest stays
    for old in _olds("digest", {one.digest for one in records}, earlier):
        by_digest[old.digest] = old
    found: dict[int, Before] = {}
    for one in records:
        old = by_key.get(one.key) if one.key else None
        if old is None or not (batch.search_id or _agree(one, old)):
            old = by_digest.get(one.digest)
        if old is not None:
            found[one.number] = Before(old.pk, old.work_id, old.digest == one.digest)
    return found


def _agree(one: Record, old: _Old) -> bool:
    if one.doi and old.doi:
        return one.doi == old.doi
    return fold(one.title) == fold(old.title) != ""


def _olds(field: str, wanted: Iterable[str], earlier: Sequence[int]) -> Iterator[_Old]:
    for some in slices(sorted(wanted), _AT_ONCE):
        found = Record.objects.filter(**{f"{field}__in": some})
        found = found.filter(batch__in=earlier, work__isnull=False).order_by("pk")
        for row in found.values_list("pk", "work_id", "key", "digest", "doi", "title"):
            yield _Old(*row)
