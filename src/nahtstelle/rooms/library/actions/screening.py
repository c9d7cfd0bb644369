"""Judging works: the next one is laid on somebody's desk, what they say is a line of the log."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from ..facts import AbstractSupplied, DecisionMade
from ..models import Criterion, Decision, Hold, Item, Review, Stage, Work
from ..queries.reviews import OUTCOME
from ..queries.screening import Next, next_for, own_decision
from ..queries.teams import account_of
from ..rules import reviews as rules
from .looks import finish_look
from .outcomes import recompute

HELD_FOR = timedelta(minutes=30)
FORGOTTEN_AFTER = timedelta(days=7)


class JudgedMeanwhile(Refusal):
    """Whoever judges had judged the same work in another window since this page was opened."""


@transaction.atomic
def take_next(*, review: Review, stage: str, by: Actor, at: datetime, passed: Collection[int] = ()) -> Next | None:
    """Lay the next work on somebody's desk; the same one as long as they do not answer. None: nothing is left."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    account = account_of(by.account_id)
    rules.check_is_screening(review)
    rules.check_screens(account, review, on=timezone.localdate(at))
    found = next_for(review, stage, account, at=at, passed=passed)
    if found is None:
        return None
    # One desk, one work: whatever else lies there goes back.
    Hold.objects.filter(item__review=review, stage=stage, account=account).exclude(item=found.item).delete()
    hold, new = Hold.objects.get_or_create(
        item=found.item, stage=stage, account=account,
        defaults={"ranking": found.ranking, "since": at, "until": at + HELD_FOR},
    )  # fmt: skip
    if not new:
        hold.until = at + HELD_FOR
        hold.ranking = found.ranking
        hold.save(update_fields=["until", "ranking"])
    return found


@transaction.atomic
def judge(
    *, review: Review, item: Item, stage: str, verdict: str, reason: Criterion | None = None, note: str = "",
    seen: int | None = None, by: Actor, at: datetime,
) -> Decision:  # fmt: skip
    """Say what becomes of a work; whoever thinks again adds a line. The line of the log.

    ``seen`` is the number of the line of theirs they had before them (0: none): where another came since, it raises
    ``JudgedMeanwhile``, unless it says the same.
    """
    account, review, item = _opened(review, item, by=by, at=at)
    rules.check_can_be_judged(item, stage)
    if verdict not in Decision.Verdict.values:
        raise Refusal(_("Please choose one of the answers."))
    rules.check_reason(review, reason, verdict=verdict, stage=stage)
    reason = reason if verdict == Decision.Verdict.EXCLUDE else None
    own = own_decision(item, stage, account)
    hold = Hold.objects.filter(item=item, stage=stage, account=account).first()
    if own is not None and (own.verdict, own.reason_id, own.note) == (verdict, reason.pk if reason else None, note):
        return own
    if seen is not None and seen != (own.number if own else 0):
        raise JudgedMeanwhile(
            _(
                "You have judged this work in another window meanwhile. That answer counts; please answer again here if it shall change."
            )
        )
    if own is None and hold is None and getattr(item, OUTCOME[Stage(stage)]):
        raise NotNow(_("As many people as needed have judged this work; no further answer is needed."))
    line = _write(
        review, item, stage, account, at=at, verdict=verdict, reason=reason, note=note,
        ranking_id=hold.ranking_id if hold else None,
        seconds=min(int((at - hold.since).total_seconds()), 86_400) if hold else None,
    )  # fmt: skip
    if hold is not None:
        hold.delete()
    recompute(item, stage)
    finish_look(review, stage, by=by, at=at)
    record(DecisionMade(review.pk, line.number, stage), by=by, at=at, touched=[review])
    return line


@transaction.atomic
def settle(
    *, review: Review, item: Item, stage: str, verdict: str, reason: Criterion | None = None, note: str, by: Actor, at: datetime
) -> Decision:  # fmt: skip
    """Decide a conflict, with a reason in words; once settled it may be settled anew."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    item = Item.objects.select_related("work").get(pk=item.pk, review=review)
    account, today = account_of(by.account_id), timezone.localdate(at)
    rules.check_settles(account, review, on=today)
    rules.check_is_screening(review)
    if verdict not in (Decision.Verdict.INCLUDE, Decision.Verdict.EXCLUDE):
        raise Refusal(_("A conflict is settled by including or excluding."))
    rules.check_reason(review, reason, verdict=verdict, stage=stage)
    reason = reason if verdict == Decision.Verdict.EXCLUDE else None
    if not note.strip():
        raise Refusal(_("Please say why the conflict is settled so."))
    settled = item.decisions.filter(stage=stage, newest=True, settles=True)
    if getattr(item, OUTCOME[Stage(stage)]) != Item.Outcome.CONFLICT and not settled.exists():
        raise NotNow(_("There is no conflict about this work any more."))
    judges = item.decisions.filter(stage=stage, newest=True, prior=False, settles=False)
    rules.check_settler(account, review, set(judges.values_list("by", flat=True)), on=today)
    settled.update(newest=False)
    line = _write(review, item, stage, account, at=at, verdict=verdict, reason=reason, note=note.strip(), settles=True)
    recompute(item, stage)
    finish_look(review, stage, by=by, at=at)
    record(DecisionMade(review.pk, line.number, stage), by=by, at=at, why=note.strip(), touched=[review])
    return line


@transaction.atomic
def put_off(*, review: Review, item: Item, stage: str, by: Actor, at: datetime) -> None:
    """Give a work back without an answer: others may have it."""
    Hold.objects.filter(item=item, item__review=review, stage=stage, account=by.account_id).delete()


@transaction.atomic
def say_retrieved(*, review: Review, item: Item, retrieved: bool, by: Actor, at: datetime) -> None:
    """Whether the full text of a work could be had."""
    account, review, item = _opened(review, item, by=by, at=at)
    if getattr(item, OUTCOME[Stage.FULL]):
        raise NotNow(_("The full text of this work was judged already."))
    Item.objects.filter(pk=item.pk).update(not_retrieved=not retrieved)
    Hold.objects.filter(item=item, stage=Stage.FULL, account=account).delete()


@transaction.atomic
def supply_abstract(*, review: Review, item: Item, abstract: str, by: Actor, at: datetime) -> None:
    """Write the abstract of a work that has none. What a person supplied stays, whatever an import says."""
    _account, review, item = _opened(review, item, by=by, at=at)
    work = Work.objects.select_for_update().get(pk=item.work_id)
    if work.abstract:
        raise NotNow(_("This work has an abstract meanwhile."))
    if not abstract.strip():
        raise Refusal(_("Please enter the abstract."))
    work.abstract, work.changed_at = abstract.strip(), at
    work.provenance = {**work.provenance, "abstract": "person"}
    work.save(update_fields=["abstract", "changed_at", "provenance"])
    record(AbstractSupplied(work.pk, review.pk), by=by, at=at, touched=[work])


def forget_holds(*, by: Actor, at: datetime) -> int:
    """Clear desks nobody came back to."""
    return Hold.objects.filter(until__lt=at - FORGOTTEN_AFTER).delete()[0]


def _opened(review: Review, item: Item, *, by: Actor, at: datetime) -> tuple[Account, Review, Item]:
    """Locked: the log of a review is written by one at a time. A work that was merged stands where it is now."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    account = account_of(by.account_id)
    rules.check_is_screening(review)
    rules.check_screens(account, review, on=timezone.localdate(at))
    item = Item.objects.select_related("work", "twin__work").get(pk=item.pk, review=review)
    return account, review, item.twin or item


def _write(review: Review, item: Item, stage: str, account: Account, *, at: datetime, **said: object) -> Decision:
    last = Decision.objects.filter(review=review).aggregate(last=Max("number"))["last"] or 0
    if not said.get("settles"):
        Decision.objects.filter(item=item, stage=stage, by=account, newest=True, settles=False).update(newest=False)
    return Decision.objects.create(
        review=review, number=last + 1, item=item, stage=stage, by=account, at=at, **said
    )  # fmt: skip
