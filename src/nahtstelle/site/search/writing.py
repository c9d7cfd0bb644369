"""Writing the index: what is offered is written where it differs, in one transaction with what caused it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from .counting import Counts
from .memory import analyser_for, present
from .models import Document, FacetSet, Lock, LockKey, Page
from .offers import Offer
from .preparing import as_terms, bare_terms, prepared, spellings
from .store import store

BATCH = 2000
LATELY = timedelta(days=2)  # longer than what a room says of itself waits for a worker
_DOCUMENT = ["lock", "facet_set", "language", "day", "quality", "changed_at", "digest", "seen"]
_PAGE = ["title", "address", "lead", "body", "status", "stand", "notes", "terms"]

Name = tuple[str, str]  # source, key


def write(offers: Iterable[Offer], *, at: datetime, before: Mapping[str, str] | None = None) -> int:
    """Write what is new or differs from what the index has; the number written.

    ``before`` are the digests of a source by key as they were before its offers were read (``digests_of``): what is
    otherwise by now was written by somebody who has read the rooms since, and stays.
    """
    return sum(_write_batch(batch, at=at, before=before) for batch in _batches(offers))


def digests_of(source: str) -> dict[str, str]:
    """What the index has of a source, by key."""
    return dict(Document.objects.filter(source=source).values_list("key", "digest"))


def _batches(offers: Iterable[Offer]) -> Iterator[list[Offer]]:
    batch: list[Offer] = []
    for offer in offers:
        batch.append(offer)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class _Fresh:
    """An offer that differs from what the index has, analysed."""

    offer: Offer
    digest: str
    seen: str
    levels: dict[str, int]
    telling: dict[str, str]


def _write_batch(offers: Sequence[Offer], *, at: datetime, before: Mapping[str, str] | None) -> int:
    # Analysed before anything is locked: others write meanwhile.
    made = _differing(offers)
    if not made:
        return 0
    with transaction.atomic():
        known = _known([one.offer for one in made])
        fresh = [
            one
            for one in made
            if (has := _digest_of(known, one.offer)) != one.digest
            and (before is None or has == before.get(one.offer.key, ""))
        ]
        _write(fresh, known, at=at)
    return len(fresh)


def _differing(offers: Sequence[Offer]) -> list[_Fresh]:
    memory = present()
    # Of two offers with one key the later counts.
    offers = list({(offer.source, offer.key): offer for offer in offers}.values())
    known = _known(offers, locked=False)
    made = []
    for offer in offers:
        seen = offer.seen()
        digest = f"{offer.digest(seen)[:24]}{memory[:8]}"
        if _digest_of(known, offer) != digest:
            made.append(_Fresh(offer, digest, seen, *prepared(offer, analyser_for(offer.language, memory=memory))))
    return made


def _write(fresh: Sequence[_Fresh], known: Mapping[Name, Document], *, at: datetime) -> None:
    counts = Counts()
    _take_out([known[_name(one.offer)] for one in fresh if _name(one.offer) in known], counts)
    offers = [one.offer for one in fresh]
    locks, sets = _locks(offers), _facet_sets(offers)
    documents = [
        _document(one, known.get(_name(one.offer)), locks[one.offer.keys], sets[one.offer.facets], at=at)
        for one in fresh
    ]
    Document.objects.bulk_create(
        documents, update_conflicts=True, unique_fields=["source", "key"], update_fields=_DOCUMENT
    )
    pages = []
    for one, document in zip(fresh, documents, strict=True):
        pages.append(_page(one.offer, document, as_terms(one.levels)))
        counts.add(lock=document.lock_id, terms=one.levels.keys(), spellings=one.telling)
    Page.objects.bulk_create(pages, update_conflicts=True, unique_fields=["document"], update_fields=_PAGE)
    store().add([(page.document_id, page.terms) for page in pages])
    counts.write()


def remove(source: str, keys: Iterable[str], *, before: Mapping[str, str] | None = None) -> int:
    """Documents leave the index; the number that did. ``before`` as for ``write``."""
    wanted = sorted(keys)
    return sum(
        _remove_batch(source, wanted[start : start + BATCH], before=before) for start in range(0, len(wanted), BATCH)
    )


def _remove_batch(source: str, keys: list[str], *, before: Mapping[str, str] | None) -> int:
    with transaction.atomic():
        there = Document.objects.filter(source=source, key__in=keys).order_by("pk").select_for_update()
        gone = [one for one in there if before is None or one.digest == before.get(one.key, "")]
        counts = Counts()
        _take_out(gone, counts)
        Document.objects.filter(pk__in=[document.pk for document in gone]).delete()
        counts.write()
    return len(gone)


def _take_out(documents: Sequence[Document], counts: Counts) -> None:
    memory = present()
    pages = Page.objects.in_bulk([document.pk for document in documents])
    store().forget([(pk, page.terms) for pk, page in pages.items()])
    for document in documents:
        page = pages[document.pk]
        counts.take(
            lock=document.lock_id,
            terms=bare_terms(page.terms),
            spellings=spellings(analyser_for(document.language, memory=memory), page.title, page.lead, page.body),
        )


def _name(offer: Offer) -> Name:
    return offer.source, offer.key


def _known(offers: Sequence[Offer], *, locked: bool = True) -> dict[Name, Document]:
    known = {}
    for source in {offer.source for offer in offers}:
        keys = [offer.key for offer in offers if offer.source == source]
        rows = Document.objects.filter(source=source, key__in=keys).order_by("pk")
        known.update({(row.source, row.key): row for row in (rows.select_for_update() if locked else rows)})
    return known


def _digest_of(known: Mapping[Name, Document], offer: Offer) -> str:
    document = known.get(_name(offer))
    return document.digest if document else ""


def _document(one: _Fresh, known: Document | None, lock: int, facet_set: int, *, at: datetime) -> Document:
    offer = one.offer
    if known is not None:
        changed_at = known.changed_at if known.seen == one.seen else at
    else:
        # What is new in the room is news from now on: a look between then and now did not find it.
        changed_at = offer.moment if offer.moment and offer.moment < at - LATELY else at
    return Document(
        source=offer.source, key=offer.key, lock_id=lock, facet_set_id=facet_set, language=offer.language, day=offer.day,
        quality=offer.quality, changed_at=changed_at, digest=one.digest, seen=one.seen,
    )  # fmt: skip


def _page(offer: Offer, document: Document, terms: str) -> Page:
    return Page(
        document=document, title=offer.title, address=offer.address, lead=offer.lead,
        body=offer.body, status=offer.status, stand=offer.stand, notes=list(offer.notes),
        terms=terms,
    )  # fmt: skip


def _locks(offers: Sequence[Offer]) -> dict[frozenset[str], int]:
    made = {}
    for keys in {offer.keys for offer in offers}:
        lock, new = Lock.objects.get_or_create(name=" ".join(sorted(keys)))
        if new:
            LockKey.objects.bulk_create(LockKey(lock=lock, key=key) for key in keys)
        made[keys] = lock.pk
    return made


def _facet_sets(offers: Sequence[Offer]) -> dict[tuple[tuple[str, str], ...], int]:
    sets: dict[int, list[list[str]]] = {}
    made = {}
    for facets in {offer.facets for offer in offers}:
        values = [list(pair) for pair in sorted(set(facets))]
        made[facets] = int(hashlib.sha256(json.dumps(values).encode()).hexdigest()[:15], 16)
        sets[made[facets]] = values
    known = set(FacetSet.objects.filter(pk__in=sets).values_list("pk", flat=True))
    FacetSet.objects.bulk_create(
        [FacetSet(pk=pk, values=values) for pk, values in sorted(sets.items()) if pk not in known],
        ignore_conflicts=True,
    )
    return made
