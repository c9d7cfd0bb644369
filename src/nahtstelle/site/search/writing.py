"""Writing the index: what is offered is written where it differs, in one transaction with what caused it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from .counting import Counts
from .memory import analyser_for, present
from .models import Document, FacetSet, Lock, LockKey, Page
from .offers import Offer
from .preparing import bare_terms, prepared, spellings
from .store import store

BATCH = 2000
LATELY = timedelta(days=2)  # longer than what a room says of itself waits for a worker
_DOCUMENT = ["lock", "facet_set", "language", "day", "quality", "changed_at", "digest", "seen"]
_PAGE = ["title", "address", "kicker", "lead", "body", "status", "stand", "notes", "terms"]


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


def _write_batch(offers: Sequence[Offer], *, at: datetime, before: Mapping[str, str] | None) -> int:
    # Of two offers with one key the later counts.
    offers = list({(offer.source, offer.key): offer for offer in offers}.values())
    memory = present()
    with transaction.atomic():
        known = _known(offers)
        digests = {(offer.source, offer.key): f"{offer.digest()[:24]}{memory[:8]}" for offer in offers}
        fresh = [
            one
            for one in offers
            if (has := _digest_of(known, one)) != digests[one.source, one.key]
            and (before is None or has == before.get(one.key, ""))
        ]
        if not fresh:
            return 0
        counts = Counts()
        _take_out([known[one.source, one.key] for one in fresh if (one.source, one.key) in known], counts)
        locks, sets = _locks(fresh), _facet_sets(fresh)
        documents = [
            _document(one, known.get((one.source, one.key)), locks[one.keys], sets[one.facets],
                      digests[one.source, one.key], at=at)
            for one in fresh
        ]  # fmt: skip
        Document.objects.bulk_create(
            documents, update_conflicts=True, unique_fields=["source", "key"], update_fields=_DOCUMENT
        )
        pages = []
        for one, document in zip(fresh, documents, strict=True):
            terms, telling = prepared(one, analyser_for(one.language, memory=memory))
            pages.append(_page(one, document, terms))
            counts.add(lock=document.lock_id, terms=bare_terms(terms), spellings=telling)
        Page.objects.bulk_create(pages, update_conflicts=True, unique_fields=["document"], update_fields=_PAGE)
        store().add([(page.document_id, page.terms) for page in pages])
        counts.write()
    return len(fresh)


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


def _known(offers: Sequence[Offer]) -> dict[tuple[str, str], Document]:
    known = {}
    for source in {offer.source for offer in offers}:
        keys = [offer.key for offer in offers if offer.source == source]
        rows = Document.objects.filter(source=source, key__in=keys).order_by("pk").select_for_update()
        known.update({(row.source, row.key): row for row in rows})
    return known


def _digest_of(known: dict[tuple[str, str], Document], offer: Offer) -> str:
    document = known.get((offer.source, offer.key))
    return document.digest if document else ""


def _document(
    offer: Offer, known: Document | None, lock: int, facet_set: int, digest: str, *, at: datetime
) -> Document:
    seen = offer.seen()
    if known is not None:
        changed_at = known.changed_at if known.seen == seen else at
    else:
        # What is new in the room is news from now on: a look between then and now did not find it.
        changed_at = offer.moment if offer.moment and offer.moment < at - LATELY else at
    return Document(
        source=offer.source, key=offer.key, lock_id=lock, facet_set_id=facet_set, language=offer.language, day=offer.day,
        quality=offer.quality, changed_at=changed_at, digest=digest,
        seen=seen,
    )  # fmt: skip


def _page(offer: Offer, document: Document, terms: str) -> Page:
    return Page(
        document=document, title=offer.title, address=offer.address, kicker=offer.kicker[:200], lead=offer.lead,
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
