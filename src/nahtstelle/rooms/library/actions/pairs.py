"""Pairs in doubt: laid before a person, answered by merging or keeping apart, carried along when works merge and part."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor

from ..facts import PairKeptApart
from ..models import Import, Merge, Pair, Work
from ..queries.linking import kept_apart
from ..queries.works import families, root_of
from ..rules.linking import check_can_be_decided

State = Pair.State
Doubt = tuple[float, list[str], str]  # certainty, reasons, why a person has to look


@transaction.atomic
def keep_apart(*, pair: Pair, by: Actor, at: datetime) -> Pair:
    """They are two works: neither asked again nor merged by the machine.

    Raises ``NotNow`` where somebody decided it meanwhile.
    """
    pair = (
        Pair.objects.select_for_update(of=("self",)).select_related("one", "two", "decided_by__person").get(pk=pair.pk)
    )
    check_can_be_decided(pair)
    pair.state, pair.decided_by_id, pair.decided_at = State.APART, by.account_id, at
    pair.save(update_fields=["state", "decided_by", "decided_at"])
    record(PairKeptApart(pair.pk, pair.one_id, pair.two_id), by=by, at=at, touched=[pair.one, pair.two])
    return pair


def tell_apart(*, one: Work, two: Work, by: Actor, at: datetime) -> Pair:
    """Two works are two because a person said so elsewhere, as by taking a record out of a work; within a transaction."""
    first, second = sorted((one.pk, two.pk))
    answer = {"state": State.APART, "closed_by": None, "decided_by_id": by.account_id, "decided_at": at}
    pair, _made = Pair.objects.update_or_create(
        one_id=first, two_id=second, defaults=answer, create_defaults=answer | {"certainty": 0.0}
    )
    record(PairKeptApart(pair.pk, first, second), by=by, at=at, touched=[one, two])
    return pair


def ask(doubts: Mapping[tuple[int, int], Doubt], *, batch: Import) -> int:
    """Lay pairs of works (the smaller id first) before a person, but what a person has answered; how many are new."""
    settled = kept_apart({pk for pair in doubts for pk in pair})
    wanted = {pair: doubt for pair, doubt in doubts.items() if pair not in settled}
    known = {
        (pair.one_id, pair.two_id): pair
        for pair in Pair.objects.filter(one__in={one for one, _two in wanted}, two__in={two for _one, two in wanted})
    }
    fresh = []
    new = 0
    for (one, two), (certainty, reasons, doubt) in wanted.items():
        pair = known.get((one, two))
        if pair is None:
            pair = Pair(one_id=one, two_id=two, batch=batch)
            fresh.append(pair)
        elif pair.state not in (State.OPEN, State.GONE) or (pair.state == State.OPEN and certainty <= pair.certainty):
            continue
        new += pair.pk is None or pair.state == State.GONE
        pair.certainty, pair.reasons, pair.doubt, pair.state = certainty, reasons, doubt, State.OPEN
        if pair.pk is not None:
            pair.batch, pair.closed_by = batch, None
            pair.save(update_fields=["certainty", "reasons", "doubt", "state", "batch", "closed_by"])
    Pair.objects.bulk_create(fresh, batch_size=500)
    return new


def follow_merge(merge: Merge, *, by: Actor, at: datetime) -> None:
    """The pair that was merged is answered; the other open ones of the absorbed work are about the kept one now."""
    kept, absorbed = merge.kept_id, merge.absorbed_id
    concerned = Pair.objects.filter(Q(one=absorbed) | Q(two=absorbed))
    one, two = sorted((kept, absorbed))
    concerned.filter(one=one, two=two).update(
        state=State.MERGED, closed_by=merge, decided_by=by.account_id, decided_at=at
    )
    if by.account_id is not None:  # a person says otherwise than a person said before
        _overrule(merge, by=by, at=at)
    moving = list(concerned.filter(state=State.OPEN))
    if not moving:
        return
    Pair.objects.filter(pk__in=[pair.pk for pair in moving]).update(state=State.GONE, closed_by=merge)
    for pair in moving:
        other = pair.two_id if pair.one_id == absorbed else pair.one_id
        one, two = sorted((kept, other))
        if (one, two) in kept_apart([one, two]):
            continue
        known = Pair.objects.filter(one=one, two=two).first()
        if known is None:
            Pair.objects.create(
                one_id=one, two_id=two, certainty=pair.certainty, reasons=pair.reasons, doubt=pair.doubt,
                batch=pair.batch, came_of=merge,
            )  # fmt: skip
        elif known.state == State.GONE:
            Pair.objects.filter(pk=known.pk).update(state=State.OPEN, came_of=merge, closed_by=None)


def _overrule(merge: Merge, *, by: Actor, at: datetime) -> None:
    """Whatever of the two families stood apart is one now."""
    theirs = set(families([merge.absorbed_id]))
    ours = set(families([merge.kept_id])) - theirs
    apart = Pair.objects.filter(state=State.APART)
    apart = apart.filter(Q(one__in=ours, two__in=theirs) | Q(one__in=theirs, two__in=ours))
    apart.update(state=State.MERGED, closed_by=merge, decided_by=by.account_id, decided_at=at)


def follow_parting(merge: Merge, *, judged: bool, by: Actor, at: datetime) -> None:
    """What the merge closed is open again, what came of it is none of anybody's business; a person's parting is an answer."""
    Pair.objects.filter(came_of=merge, state=State.OPEN).update(state=State.GONE, came_of=None)
    closed = Pair.objects.filter(closed_by=merge)
    _ask_again(list(closed.filter(state=State.GONE).select_related("one", "two")))
    one, two = sorted((merge.kept_id, merge.absorbed_id))
    if not judged:
        closed.filter(state=State.MERGED).update(state=State.GONE, closed_by=None, decided_by=None, decided_at=None)
        return
    answer = {"state": State.APART, "closed_by": None, "decided_by_id": by.account_id, "decided_at": at}
    closed.filter(state=State.MERGED).update(**answer)
    Pair.objects.update_or_create(
        one_id=one, two_id=two, defaults=answer, create_defaults=answer | _as_merged(merge),
    )  # fmt: skip


def _ask_again(pairs: list[Pair]) -> None:
    """Of the works they were about, or of what these were merged into since."""
    for pair in pairs:
        one, two = sorted((root_of(pair.one).pk, root_of(pair.two).pk))
        if (one, two) == (pair.one_id, pair.two_id):
            Pair.objects.filter(pk=pair.pk).update(state=State.OPEN, closed_by=None)
        elif one != two and not kept_apart([one, two]):
            values = {"certainty": pair.certainty, "reasons": pair.reasons, "doubt": pair.doubt, "batch": pair.batch}
            again, made = Pair.objects.get_or_create(one_id=one, two_id=two, defaults=values)
            if not made and again.state == State.GONE:
                Pair.objects.filter(pk=again.pk).update(state=State.OPEN, closed_by=None)


def _as_merged(merge: Merge) -> dict[str, object]:
    return {"certainty": merge.certainty or 0.0, "reasons": merge.reasons, "batch": merge.batch}
