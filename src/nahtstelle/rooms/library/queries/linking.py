"""Asking which works may be one, and which were merged."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nahtstelle.register.vocabulary.folding import fold

from ..models import Card, Import, Item, Merge, Pair, Record, Work
from .works import current, families, slices_of, speaking


def speaking_of_works() -> QuerySet[Record]:
    """The records that say what works are: taken in, the newest of their source, not withdrawn by it."""
    return speaking().filter(work__isnull=False).exclude(state=Record.State.LEFT_OUT)


def kept_apart(works: Iterable[int]) -> set[tuple[int, int]]:
    """Which two of ``works`` are two because a person said so, of them or of what was merged into them."""
    of = families(works)
    found: set[tuple[int, int]] = set()
    for part in slices_of(of):
        apart = Pair.objects.filter(state=Pair.State.APART).filter(Q(one__in=part) | Q(two__in=part))
        for one, two in apart.values_list("one", "two"):
            if one in of and two in of and of[one] != of[two]:
                found.add((min(of[one], of[two]), max(of[one], of[two])))
    return found


def with_a_card(works: Iterable[int]) -> dict[int, Card]:
    """Of ``works`` those that have a card that was not withdrawn, be it by way of what was merged into them."""
    of = families(works)
    found: dict[int, Card] = {}
    for part in slices_of(of):
        for card in Card.objects.filter(work__in=part).exclude(state=Card.State.WITHDRAWN):
            found[of[card.work_id]] = card
    return found


def in_use(works: Iterable[int]) -> dict[int, int]:
    """Of each of ``works``: how many pools of reviews hold it."""
    counts: dict[int, int] = defaultdict(int)
    for part in slices_of(works):
        for pk in Item.objects.filter(work__in=part).values_list("work", flat=True):
            counts[pk] += 1
    return counts


def which_stays(works: Collection[Work]) -> Work:
    """Of works that are one: the one with a card, then the one in reviews, then the oldest."""
    ids = [work.pk for work in works]
    cards, used = with_a_card(ids), in_use(ids)
    return min(works, key=lambda work: (work.pk not in cards, -used.get(work.pk, 0), work.pk))


def open_pairs(*, batch: int | None = None) -> QuerySet[Pair]:
    """The pairs a person should look at, the likeliest first; perhaps only those an import brought."""
    pairs = Pair.objects.filter(state=Pair.State.OPEN)
    return pairs.filter(batch=batch) if batch else pairs


def next_open(pair: Pair, *, batch: int | None = None) -> Pair | None:
    """The open pair behind this one; from the beginning again where none follows."""
    others = open_pairs(batch=batch).exclude(pk=pair.pk)
    behind = Q(certainty__lt=pair.certainty) | Q(certainty=pair.certainty, pk__gt=pair.pk)
    return others.filter(behind).first() or others.first()


def merges_of(work: Work) -> QuerySet[Merge]:
    """The history of a work: everything that was ever taken into it, by way of others too; newest first."""
    past = Merge.objects.filter(Q(kept__in=families([work.pk])) | Q(absorbed=work))
    return past.select_related("kept", "absorbed", "by__person", "undone_by__person", "batch").order_by("-id")


def merges(*, words: str = "", who: str = "") -> QuerySet[Merge]:
    """Every merge there was, newest first; perhaps only those of works that are called so, by people or the machine."""
    found = Merge.objects.select_related("kept", "absorbed", "by__person", "undone_by__person", "batch").order_by("-id")
    for word in fold(words).split():
        found = found.filter(Q(kept__folded__contains=word) | Q(absorbed__folded__contains=word))
    if who:
        found = found.filter(by__isnull=who == "machine")
    return found


def figures(*, batch: int | None = None) -> dict[str, int]:
    """How many pairs wait for a person, and how many persons decided."""
    pairs = Pair.objects.filter(batch=batch) if batch else Pair.objects.all()
    decided = Q(state__in=[Pair.State.MERGED, Pair.State.APART], decided_by__isnull=False)
    return pairs.aggregate(open=Count("pk", filter=Q(state=Pair.State.OPEN)), decided=Count("pk", filter=decided))


def imports_with_pairs() -> list[Import]:
    """Those that brought a pair that still waits, the newest first; enough of them for a list to choose from."""
    waiting = Pair.objects.filter(state=Pair.State.OPEN, batch=OuterRef("pk"))
    return list(Import.objects.filter(Exists(waiting)).order_by("-pk")[:100])


def others_like(work: Work, words: str) -> QuerySet[Work]:
    """Works that may be meant; without words those that begin with the same author."""
    found = current().exclude(pk=work.pk).order_by("-year", "first_author", "id")
    if not words.strip():
        return found.filter(first_author=work.first_author) if work.first_author else found.none()
    for word in fold(words).split():
        found = found.filter(folded__contains=word)
    return found
