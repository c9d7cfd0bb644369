"""What comes next, and what may be seen of a work: everything here asks as somebody, and never tells what is still blind."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import NamedTuple

import numpy as np
from django.db.models import Exists, OuterRef, Q, QuerySet
from numpy.typing import NDArray

from nahtstelle.register.people.models import Account

from ..models import Decision, Hold, Item, Look, Ranking, Review, Stage
from .reviews import IN_FULL, LIVE, OUTCOME, newest_ranking, open_look

AT_ONCE = 400  # works of the ranking that are looked up at first

Places = NDArray[np.int64]


class Next(NamedTuple):
    item: Item
    ranking: Ranking | None  # None: by chance
    rank: int  # how many of the pool stand before it
    look: Look | None  # it belongs to a sample that is being read
    second: bool  # somebody else has judged it


def open_items(review: Review, stage: str, account: Account) -> QuerySet[Item]:
    """What somebody may still judge: open, and not judged by them."""
    mine = Decision.objects.filter(stage=stage, by=account, newest=True, prior=False)
    # What was merged into a work of the pool was judged with it.
    unseen = ~Exists(mine.filter(item=OuterRef("pk"))) & ~Exists(mine.filter(item__twin=OuterRef("pk")))
    items = Item.objects.filter(LIVE, unseen, review=review, **{OUTCOME[Stage(stage)]: ""})
    return items.filter(IN_FULL, not_retrieved=False) if stage == Stage.FULL else items


def next_for(
    review: Review, stage: str, account: Account, *, at: datetime, passed: Collection[int] = ()
) -> Next | None:
    """The next work for somebody: what a sample still needs, then what waits for a second answer, then the best unread.

    ``passed`` are places somebody put off; they come when nothing else is left. None: there is nothing to judge.
    """
    ranking = newest_ranking(review, stage) or (newest_ranking(review, Stage.TITLE) if stage == Stage.FULL else None)
    order = order_of(review, ranking)
    held = _held(review, stage, account, at=at)
    allowed = open_items(review, stage, account)
    for put_off in (False, True) if passed else (False,):
        chosen = allowed.filter(place__in=passed) if put_off else allowed.exclude(place__in=passed)
        look = open_look(review) if stage == Stage.TITLE else None
        if look is not None:
            found = _first(chosen.filter(looks=look), _shuffled_places(look), held, stage)
            if found is not None:
                return Next(found, None, 0, look, _is_begun(found, stage))
        begun = _begun(chosen, review, stage, account)
        found = (_first(begun, order, held, stage) if begun is not None else None) or _best(chosen, order, held, stage)
        if found is not None:
            rank = int(np.flatnonzero(order == found.place)[0])
            return Next(found, ranking, rank, None, _is_begun(found, stage))
    return None


def order_of(review: Review, ranking: Ranking | None) -> Places:
    """All places, best first: as ranked, and behind them by chance what came later. Without a ranking all by chance."""
    size = pool_size(review)
    ranked = unpacked(ranking.order) if ranking is not None else np.zeros(0, dtype=np.int64)
    if len(ranked) >= size:
        return ranked
    order = _by_chance(size, review.seed)
    return np.concatenate([ranked, order[order >= len(ranked)]]) if len(ranked) else order


def pool_size(review: Review) -> int:
    last = Item.objects.filter(review=review).order_by("-place").values_list("place", flat=True).first()
    return 0 if last is None else last + 1


def packed(order: Iterable[int]) -> bytes:
    return np.fromiter(order, dtype="<u4").tobytes()


def unpacked(order: bytes | memoryview) -> Places:
    return np.frombuffer(bytes(order), dtype="<u4").astype(np.int64)


@cache
def _cached_chance(size: int, seed: int) -> Places:
    """As ``engines.literature.screening.ranking.shuffled``, which brings scikit-learn with it; a test compares them."""
    return np.random.default_rng(seed).permutation(size).astype(np.int64)


def _by_chance(size: int, seed: int) -> Places:
    if _cached_chance.cache_info().currsize > 16:
        _cached_chance.cache_clear()
    return _cached_chance(size, seed)


def _shuffled_places(look: Look) -> Places:
    """The sample in an order of its own, so that whoever stops half-way has not read the best half."""
    places = np.sort(np.array(look.items.values_list("place", flat=True), dtype=np.int64))
    return np.random.default_rng(look.seed).permutation(places)


def _begun(items: QuerySet[Item], review: Review, stage: str, account: Account) -> QuerySet[Item] | None:
    """Those others have judged and one is still to judge; None where one person judges each."""
    if review.judges < Review.Blindness.DOUBLE and not review.second_share:
        return None
    # Asked from the side of the log: there are far fewer answers than open works.
    judged = Decision.objects.filter(review=review, stage=stage, newest=True, prior=False).exclude(by=account)
    return items.filter(pk__in=judged.values("item"))


def _is_begun(item: Item, stage: str) -> bool:
    return item.judges > 1 and item.decisions.filter(stage=stage, newest=True, prior=False).exists()


def _held(review: Review, stage: str, account: Account, *, at: datetime) -> Counter[int]:
    """On how many other desks each work lies, by its place."""
    holds = Hold.objects.filter(item__review=review, stage=stage, until__gt=at).exclude(account=account)
    return Counter(holds.values_list("item__place", flat=True))


def _first(items: QuerySet[Item], order: Places, held: Counter[int], stage: str) -> Item | None:
    """The first of a few in the order."""
    places = np.array(items.values_list("place", flat=True), dtype=np.int64)
    if not len(places):
        return None
    return _free(items, (int(place) for place in order[np.isin(order, places)]), held, stage)


def _best(items: QuerySet[Item], order: Places, held: Counter[int], stage: str) -> Item | None:
    """The first of very many: mostly it stands near the top, else all that are left are looked up once."""
    top = [int(place) for place in order[:AT_ONCE]]
    near = set(items.filter(place__in=top).values_list("place", flat=True))
    found = _free(items, (place for place in top if place in near), held, stage)
    return found or (_first(items, order[AT_ONCE:], held, stage) if len(order) > AT_ONCE else None)


def _free(items: QuerySet[Item], places: Iterator[int], held: Counter[int], stage: str) -> Item | None:
    """The first that does not lie on as many desks as still need to judge it."""
    for place in places:
        if not held[place]:
            return items.select_related("work").get(place=place)
        item = items.select_related("work").get(place=place)
        judged = item.decisions.filter(stage=stage, newest=True, prior=False, settles=False).count()
        if judged + held[place] < item.judges:
            return item
    return None


def own_decision(item: Item, stage: str, account: Account) -> Decision | None:
    """What somebody said last of a work."""
    rows = item.decisions.filter(stage=stage, by=account, newest=True, prior=False, settles=False)
    return rows.select_related("reason").first()


def last_judged(review: Review, stage: str, account: Account, *, before: int | None = None) -> Decision | None:
    """The last work somebody judged, or the last one before a line of the log."""
    rows = Decision.objects.filter(review=review, stage=stage, by=account, newest=True, prior=False, settles=False)
    if before is not None:
        rows = rows.filter(number__lt=before)
    return rows.select_related("item").order_by("-number").first()


def waits_for_others(review: Review, stage: str, account: Account) -> int:
    """How many works somebody has judged that others are still to judge."""
    mine = Decision.objects.filter(item=OuterRef("pk"), stage=stage, by=account, newest=True, prior=False)
    return Item.objects.filter(LIVE, Exists(mine), review=review, **{OUTCOME[Stage(stage)]: ""}).count()


def seen_by(decisions: QuerySet[Decision], review: Review, account: Account) -> QuerySet[Decision]:
    """The lines whose answer somebody may see: their own, what nobody judges blindly, and what is complete.

    When a review is closed there is nothing left to be blind for.
    """
    if review.state == Review.State.CLOSED:
        return decisions
    complete = (Q(stage=Stage.TITLE) & ~Q(item__title_outcome="")) | (Q(stage=Stage.FULL) & ~Q(item__full_outcome=""))
    return decisions.filter(complete | Q(by=account) | Q(prior=True) | Q(settles=True))
