"""What is in the pool of a review. A place once given is kept; whatever becomes of the work."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    Window,
)
from django.db.models.functions import Cast, Mod, RowNumber
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.insert import insert_from
from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import PoolChanged
from ..models import Import, Item, Record, Review, Stage, Work
from ..queries.screening import pool_size
from ..rules import reviews as rules
from .outcomes import recompute

COLUMNS = [
    "review", "work", "place", "judges", "by_hand", "added_at", "left_out", "left_out_why", "title_outcome", "full_outcome",
    "not_retrieved",
]  # fmt: skip


@transaction.atomic
def add_from_import(*, review: Review, batch: Import, by: Actor, at: datetime) -> int:
    """Let an import feed the pool of a review; works that are in it stay where they are. The number that came in.

    One that is not done yet feeds it when it is (``reactions.pools.feed_pools``).
    """
    review = Review.objects.select_for_update().get(pk=review.pk)
    rules.check_is_not_closed(review)
    review.imports.add(batch)
    if batch.state != Import.State.DONE:
        return 0
    returning = review.items.filter(left_out=True, left_out_why="", twin=None, work__in=_works_of(batch).values("work"))
    returning.update(left_out=False)
    came = _put(review, Work.objects.filter(pk__in=_works_of(batch).values("work")), by_hand=False, at=at)
    record(PoolChanged(review.pk), by=by, at=at, touched=[review])
    return came


@transaction.atomic
def add_works(*, review: Review, works: Sequence[int], by: Actor, at: datetime) -> int:
    """Take works of the library into the pool, whatever import they came with. The number that came in."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    rules.check_is_not_closed(review)
    came = _put(review, Work.objects.filter(pk__in=works, merged_into=None), by_hand=True, at=at)
    if came:
        record(PoolChanged(review.pk), by=by, at=at, touched=[review])
    return came


def _works_of(batch: Import) -> QuerySet[Record]:
    """The records of an import that speak for a work."""
    rows = Record.objects.filter(batch=batch, work__isnull=False, replaced=False)
    return rows.exclude(state__in=(Record.State.DELETED, Record.State.LEFT_OUT))


def _put(review: Review, works: QuerySet[Work], *, by_hand: bool, at: datetime) -> int:
    """One item for each work that has none, older works first, in one statement; then who is to judge it twice."""
    base = pool_size(review)
    place = Window(RowNumber(), order_by=F("pk").asc()) + Value(base - 1, output_field=IntegerField())
    text, no = (Value("", output_field=CharField()), Value(False, output_field=BooleanField()))
    there = Item.objects.filter(review=review, work=OuterRef("pk"))
    rows = works.filter(~Exists(there)).order_by().annotate(
        a=Value(review.pk, output_field=BigIntegerField()), b=place, c=Value(review.judges, output_field=IntegerField()),
        d=Value(by_hand, output_field=BooleanField()), e=Value(at, output_field=DateTimeField()),
        f=no, g=Value("", output_field=TextField()), h=text, i=text, j=no,
    ).values_list("a", "pk", "b", "c", "d", "e", "f", "g", "h", "i", "j")  # fmt: skip
    came = insert_from(Item, rows, COLUMNS)
    if review.second_share and review.judges == Review.Blindness.SINGLE:
        # Drawn by the place and the seed: the same works for whoever makes it again.
        drawn = Mod(
            Mod((Cast("place", BigIntegerField()) + 1) * 48271 + review.seed % 100_003, Value(2_147_483_647)),
            Value(100),
        )
        fresh = Item.objects.filter(review=review, place__gte=base).annotate(drawn=drawn)
        fresh.filter(drawn__lt=review.second_share).update(judges=2)
    return came


@transaction.atomic
def leave_out(*, item: Item, why: str, by: Actor, at: datetime) -> None:
    """Take a work out of the pool before anybody has judged it; it is counted as removed for another reason."""
    review = Review.objects.select_for_update().get(pk=item.review_id)
    rules.check_is_not_closed(review)
    if not why.strip():
        raise Refusal(_("Please say why the work is taken out."))
    rules.check_can_be_left_out(item)
    Item.objects.filter(pk=item.pk).update(left_out=True, left_out_why=why.strip())
    record(PoolChanged(review.pk), by=by, at=at, why=why, touched=[review])


@transaction.atomic
def take_back(*, item: Item, by: Actor, at: datetime) -> None:
    """Put a work back that was taken out."""
    review = Review.objects.select_for_update().get(pk=item.review_id)
    rules.check_is_not_closed(review)
    Item.objects.filter(pk=item.pk).update(left_out=False, left_out_why="")
    record(PoolChanged(review.pk), by=by, at=at, touched=[review])


def leave_out_undone(*, batch: Import, by: Actor, at: datetime) -> int:
    """An import was undone: what only it had brought leaves the pools it fed. What was judged stays in the log."""
    out = 0
    for review in Review.objects.filter(imports=batch):
        others = Record.objects.filter(
            work=OuterRef("work"), batch__in=review.imports.exclude(pk=batch.pk), batch__state=Import.State.DONE
        )
        gone = review.items.filter(~Exists(others), by_hand=False, left_out=False, twin=None)
        # A work that is in no delivery of this review any more: whether it was judged or not.
        number = gone.update(left_out=True)
        if number:
            record(PoolChanged(review.pk), by=by, at=at, touched=[review])
        out += number
    return out


@transaction.atomic
def follow_merge(*, kept: Work, absorbed: Work, by: Actor, at: datetime) -> None:
    """A work was merged into another: its places follow. Where both are in a pool, the kept one's stands for both.

    The log stays as it was written; what was said of either counts for the one that is left.
    """
    for item in Item.objects.filter(work=absorbed, twin=None).select_related("review"):
        standing = Item.objects.filter(review=item.review_id, work=kept).first()
        if standing is None:
            item.came_as_id = item.came_as_id or absorbed.pk
            item.work = kept
            item.save(update_fields=["came_as", "work"])
            continue
        Item.objects.filter(twin=item).update(twin=standing)
        Item.objects.filter(pk=item.pk).update(twin=standing)
        if standing.left_out and not item.left_out and not standing.left_out_why:
            Item.objects.filter(pk=standing.pk).update(left_out=False)
        _judged_again(standing)


@transaction.atomic
def follow_parting(*, kept: Work, restored: Work, by: Actor, at: datetime) -> None:
    """A merge was undone: each place is again of the work it was of, and what was said of each counts for it alone."""
    for item in Item.objects.filter(work=restored).exclude(twin=None).select_related("twin"):
        standing = item.twin
        Item.objects.filter(pk=item.pk).update(twin=None)
        for one in (item, standing):
            if one is not None:
                one.refresh_from_db()
                _judged_again(one)
    for item in Item.objects.filter(work=kept).exclude(came_as=None).select_related("came_as"):
        if item.came_as is not None and _root(item.came_as, restored) == restored.pk:
            Item.objects.filter(pk=item.pk).update(
                work=restored, came_as=None if item.came_as_id == restored.pk else item.came_as_id
            )


def _root(work: Work, until: Work) -> int:
    """Where the signposts of merges lead from a work; ``until`` stands by itself again."""
    seen: set[int] = set()
    while work.pk != until.pk and work.merged_into is not None and work.pk not in seen:
        seen.add(work.pk)
        work = work.merged_into
    return work.pk


def _judged_again(item: Item) -> None:
    for stage in Stage:
        recompute(item, stage)


def wanting(batch: Import) -> QuerySet[Review]:
    """Open reviews an import is to feed."""
    return Review.objects.filter(~Q(state=Review.State.CLOSED), imports=batch)
