"""What a person says of a pair in doubt: the same, with the values that stay."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actors import Actor

from ..models import Merge, Pair, Work
from ..rules.linking import WHICH, check_can_be_decided
from .merging import merge


@transaction.atomic
def decide_same(*, pair: Pair, kept: int, choices: Mapping[str, str], by: Actor, at: datetime) -> Merge:
    """Merge the works of a pair. ``kept`` is the one whose citation key stays; ``choices``: field → "one" or "two".

    Raises ``NotNow`` where somebody decided it meanwhile or both works have a card, ``Refusal`` where ``kept`` is neither.
    """
    pair = (
        Pair.objects.select_for_update(of=("self",)).select_related("one", "two", "decided_by__person").get(pk=pair.pk)
    )
    check_can_be_decided(pair)
    if kept not in (pair.one_id, pair.two_id):
        raise Refusal(WHICH)
    return join(
        one=pair.one,
        two=pair.two,
        kept=kept,
        choices=choices,
        reasons=pair.reasons,
        certainty=pair.certainty,
        by=by,
        at=at,
    )


def join(
    *,
    one: Work,
    two: Work,
    kept: int,
    choices: Mapping[str, str],
    reasons: list[str],
    certainty: float | None,
    by: Actor,
    at: datetime,
) -> Merge:
    """Merge two works that a person looked at side by side."""
    stays, goes = (one, two) if kept == one.pk else (two, one)
    side = {"one": "kept" if stays is one else "absorbed", "two": "kept" if stays is two else "absorbed"}
    chosen = {name: side[choice] for name, choice in choices.items() if choice in side}
    return merge(kept=stays, absorbed=goes, choices=chosen, reasons=reasons, certainty=certainty, by=by, at=at)
