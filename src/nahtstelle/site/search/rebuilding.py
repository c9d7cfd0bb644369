"""Making the index anew from what the rooms hold, while it serves: a batch at a time, each in a transaction of its own.

Broken off and begun again it goes on where it stopped, because what is written already does not differ any more.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from .memory import Learning, present
from .models import Document, FacetSet, Lock, Memory
from .offers import Offer
from .sources import SOURCES
from .store import store
from .writing import remove_unless, write

GROWN = 1.25  # so much more or fewer documents than the compounds were learned from: time to learn anew


@dataclass(frozen=True, slots=True)
class Rebuilt:
    offered: int
    written: int
    removed: int


def rebuild(*, at: datetime, learn: bool = True, say: Callable[[str], None] = lambda _words: None) -> Rebuilt:
    """Bring everything in line with the rooms; with ``learn`` the compounds are learned first."""
    if learn or not present():
        learning = Learning()
        for source in SOURCES:
            for _offer in learning.read(source.offers()):
                pass
        learning.kept(at=at)
        say(f"learned from {learning.documents} documents")
    offered = written = removed = 0
    for source in SOURCES:
        kept: set[str] = set()
        written += write(_noting(source.offers(), kept), at=at)
        offered += len(kept)
        removed += remove_unless(source.NAME, kept)
        say(f"{source.NAME}: {len(kept)}")
    store().tidy()
    _forget_unused()
    return Rebuilt(offered, written, removed)


def _noting(offers: Iterable[Offer], kept: set[str]) -> Iterator[Offer]:
    for offer in offers:
        kept.add(offer.key)
        yield offer


def _forget_unused() -> None:
    Lock.objects.exclude(pk__in=Document.objects.order_by().values("lock")).delete()
    FacetSet.objects.exclude(pk__in=Document.objects.order_by().values("facet_set")).delete()


def has_outgrown(documents: int) -> bool:
    """Whether the compounds were learned from a stock of quite another size."""
    memory = Memory.objects.order_by("-id").first()
    return memory is None or not (memory.documents / GROWN <= documents <= memory.documents * GROWN)
