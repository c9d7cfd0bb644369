"""Making the index anew from what the rooms hold, while it serves: a batch at a time, each in a transaction of its own.

Broken off and begun again it goes on where it stopped, because what is written already does not differ any more.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from .memory import Learning, present
from .models import Document, FacetSet, Lock, Memory
from .offers import Offer, Source
from .sources import SOURCES
from .store import store
from .writing import digests_of, remove, write

GROWN = 1.25  # so much more or fewer documents than the compounds were learned from: time to learn anew


@dataclass(frozen=True, slots=True)
class Rebuilt:
    offered: int = 0
    written: int = 0
    removed: int = 0

    def __add__(self, other: "Rebuilt") -> "Rebuilt":
        return Rebuilt(self.offered + other.offered, self.written + other.written, self.removed + other.removed)


def rebuild(*, at: datetime, learn: bool = True, say: Callable[[str], None] = lambda _words: None) -> Rebuilt:
    """Bring everything in line with the rooms; with ``learn`` the compounds are learned first."""
    if learn or not present():
        learning = Learning()
        for source in SOURCES:
            for _offer in learning.read(source.offers()):
                pass
        learning.kept(at=at)
        say(f"learned from {learning.documents} documents")
    done = Rebuilt()
    for source in SOURCES:
        of_source = bring_in_line(source, at=at)
        done += of_source
        say(f"{source.NAME}: {of_source.offered}")
    if done.written or done.removed:
        store().tidy()
    _forget_unused()  # also of what reactions left behind since
    return done


def bring_in_line(source: Source, *, at: datetime) -> Rebuilt:
    """Everything of a source as the room has it now; what is gone there leaves.

    What the index had is read before the rooms are: whatever somebody else writes from then on is newer, and stays.
    """
    before = digests_of(source.NAME)
    kept: set[str] = set()
    written = write(_noting(source.offers(), kept), at=at, before=before)
    removed = remove(source.NAME, before.keys() - kept, before=before)
    return Rebuilt(len(kept), written, removed)


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
