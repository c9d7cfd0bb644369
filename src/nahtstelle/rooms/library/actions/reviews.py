"""Beginning a review, saying what it asks, who works on it; opening and closing it."""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nahtstelle.engines.literature.screening.ranking import DEFAULT_FEATURES, DEFAULT_MODEL
from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Person

from ..facts import ReviewBegun, ReviewChanged, ReviewClosed, ReviewOpened, TeamChanged
from ..models import Criterion, Member, Review
from ..queries.teams import account_of
from ..rules import reviews as rules
from ..rules.people import check_may_keep

SAID = ("title", "question", "plan", "target_recall", "confidence", "words", "begins_with_words")


@transaction.atomic
def begin_review(
    *, title: str, question: str, plan: str = "", judges: int = Review.Blindness.DOUBLE, second_share: int = 0,
    target_recall: float = 0.95, confidence: float = 0.95, seed: int | None = None, by: Actor, at: datetime,
) -> Review:  # fmt: skip
    """A review with its question; whoever begins it leads it."""
    account, today = account_of(by.account_id), timezone.localdate(at)
    check_may_keep(account, on=today)
    review = Review.objects.create(
        slug=_slug(title), title=title, question=question, plan=plan, judges=judges, second_share=second_share,
        target_recall=target_recall, confidence=confidence, created_at=at, created_by=account,
        seed=secrets.randbelow(2**31 - 1) if seed is None else seed, features=DEFAULT_FEATURES, model=DEFAULT_MODEL,
    )  # fmt: skip
    Member.objects.create(review=review, person=account.person, role=Member.Role.LEAD, valid_from=today)
    record(ReviewBegun(review.pk), by=by, at=at, touched=[review])
    return review


@transaction.atomic
def change_review(*, review: Review, by: Actor, at: datetime, **said: Any) -> Review:
    """Say anew what is asked, how many judge, what is highlighted. ``said`` are fields of the review."""
    review = _led(review, by=by, at=at)
    rules.check_is_not_closed(review)
    judges = said.pop("judges", review.judges)
    share = said.pop("second_share", review.second_share)
    rules.check_judging_changes(review, judges=judges, second_share=share)
    before = {name: getattr(review, name) for name in SAID}
    for name, value in said.items():
        if name not in SAID:
            raise ValueError(name)
        setattr(review, name, value)
    if (judges, share) != (review.judges, review.second_share):
        review.judges, review.second_share = judges, share
        review.items.update(judges=judges)
    review.save()
    changes = changes_between(before, {name: getattr(review, name) for name in SAID})
    record(ReviewChanged(review.pk), by=by, at=at, touched=[Touched(review, changes)])
    return review


@transaction.atomic
def add_criterion(*, review: Review, words: str, excludes: bool, by: Actor, at: datetime) -> Criterion:
    review = _led(review, by=by, at=at)
    rules.check_is_not_closed(review)
    words = " ".join(words.split())
    if not words:
        raise Refusal(_("Please say the criterion in words."))
    known = review.criteria.filter(excludes=excludes, words=words, retired_at=None).first()
    if known is not None:
        return known
    position = review.criteria.filter(excludes=excludes).count()
    made = Criterion.objects.create(review=review, words=words, excludes=excludes, position=position)
    record(ReviewChanged(review.pk), by=by, at=at, touched=[review])
    return made


@transaction.atomic
def retire_criterion(*, criterion: Criterion, by: Actor, at: datetime) -> None:
    """Offer it no longer; decisions that name it keep it."""
    review = _led(criterion.review, by=by, at=at)
    rules.check_is_not_closed(review)
    Criterion.objects.filter(pk=criterion.pk, retired_at=None).update(retired_at=at)
    record(ReviewChanged(review.pk), by=by, at=at, touched=[review])


@transaction.atomic
def add_member(
    *, review: Review, person: Person, role: str, valid_from: date | None, valid_until: date | None, by: Actor, at: datetime
) -> Member:  # fmt: skip
    """Put somebody into the team, also somebody without a role at the centre: they see this review and nothing else."""
    review = _led(review, by=by, at=at)
    if valid_from and valid_until and valid_until < valid_from:
        raise Refusal(_("The last day lies before the first."))
    if not hasattr(person, "account") or not person.account.is_active:
        raise Refusal(_("%s has no account yet. Please invite them first.") % person.name)
    there = Member.objects.filter(review=review, person=person, role=role)
    if any(_overlap(one, valid_from, valid_until) for one in there):
        raise NotNow(_("%s has this part in the review already in that time.") % person.name)
    member = Member.objects.create(
        review=review, person=person, role=role, valid_from=valid_from, valid_until=valid_until
    )
    record(TeamChanged(review.pk, member.pk), by=by, at=at, touched=[review])
    return member


def _overlap(one: Member, start: date | None, end: date | None) -> bool:
    return (end is None or one.valid_from is None or one.valid_from <= end) and (
        start is None or one.valid_until is None or one.valid_until >= start
    )


@transaction.atomic
def end_membership(*, member: Member, last: date, by: Actor, at: datetime) -> Member:
    """Somebody works on the review until a day. What they judged stays."""
    review = _led(member.review, by=by, at=at)
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.valid_from and last < member.valid_from:
        raise Refusal(_("The last day lies before the first."))
    rules.check_keeps_a_lead(member, last=last)
    member.valid_until = last
    member.save(update_fields=["valid_until"])
    record(TeamChanged(review.pk, member.pk), by=by, at=at, touched=[review])
    return member


@transaction.atomic
def open_screening(*, review: Review, by: Actor, at: datetime) -> Review:
    review = _led(review, by=by, at=at)
    rules.check_can_open(review, on=timezone.localdate(at))
    return _in_state(review, Review.State.SCREENING, ReviewOpened(review.pk), "", by=by, at=at)


@transaction.atomic
def close_review(*, review: Review, why: str, by: Actor, at: datetime) -> Review:
    """End the screening, with a reason: the target is reached, or the review is given up."""
    review = _led(review, by=by, at=at)
    rules.check_can_close(review)
    if not why.strip():
        raise Refusal(_("Please say why the review ends here."))
    review.closed_at, review.closed_why = at, why.strip()
    return _in_state(review, Review.State.CLOSED, ReviewClosed(review.pk), why.strip(), by=by, at=at)


@transaction.atomic
def reopen_review(*, review: Review, by: Actor, at: datetime) -> Review:
    review = _led(review, by=by, at=at)
    rules.check_can_reopen(review)
    review.closed_at, review.closed_why = None, ""
    return _in_state(review, Review.State.SCREENING, ReviewOpened(review.pk), "", by=by, at=at)


def _in_state(review: Review, state: str, fact: object, why: str, *, by: Actor, at: datetime) -> Review:
    before, review.state = review.state, state
    review.save()
    record(fact, by=by, at=at, why=why, touched=[Touched(review, {"state": (before, str(state))})])
    return review


def _led(review: Review, *, by: Actor, at: datetime) -> Review:
    """Locked, and led by whoever changes it."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    rules.check_leads(account_of(by.account_id), review, on=timezone.localdate(at))
    return review


def _slug(title: str) -> str:
    stem = slugify(title)[:100] or "review"
    taken = set(Review.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
