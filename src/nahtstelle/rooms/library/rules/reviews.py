"""Who may do what in a review. Rights come from the team, by relation; a role at the centre alone lets somebody look."""

from datetime import date

from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.look.dates import day
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.register.people.rules import check_signed_in

from ..models import Criterion, Item, Member, Review, Stage
from ..queries import teams
from .people import READERS
from .verdicts import GOES_ON

Role = Member.Role
State = Review.State


def check_may_see(account: object, review: Review, *, on: date) -> None:
    """Staff see every review, its team theirs; nobody sees what others judged before they may."""
    check_signed_in(account)
    assert isinstance(account, Account)
    if not teams.roles_in(review, account.person, on=on) and not centre_roles(account.person, on=on) & set(READERS):
        raise NotYours(_no_member(review, account.person, on=on))


def check_leads(account: object, review: Review, *, on: date) -> None:
    """Whoever leads the review, and the head of the centre, who can put somebody in their place."""
    check_signed_in(account)
    assert isinstance(account, Account)
    if Role.LEAD in teams.roles_in(review, account.person, on=on):
        return
    if CentreRole.Role.LEAD not in centre_roles(account.person, on=on):
        raise NotYours(_("Only who leads the review does this."))


def check_screens(account: object, review: Review, *, on: date) -> None:
    check_signed_in(account)
    assert isinstance(account, Account)
    if not teams.roles_in(review, account.person, on=on) & set(teams.SCREENING):
        raise NotYours(_no_member(review, account.person, on=on))


def check_settles(account: object, review: Review, *, on: date) -> None:
    check_signed_in(account)
    assert isinstance(account, Account)
    if not teams.roles_in(review, account.person, on=on) & set(teams.SETTLING):
        raise NotYours(_("Only who leads the review or settles its conflicts does this."))


def _no_member(review: Review, person: Person, *, on: date) -> str:
    last = teams.last_day_of(review, person)
    if last is not None and last < on:
        return _(
            "Your time in the team of this review ended on %s. What you judged until then is kept. Whoever leads the review can give you more time."
        ) % day(last)
    return _("Only the team of this review screens it.")


def check_is_screening(review: Review) -> None:
    if review.state == State.PREPARING:
        raise NotNow(_("The screening of this review was not opened yet."))
    if review.state == State.CLOSED:
        raise NotNow(_("This review is closed. Whoever leads it can open it again."))


def check_is_not_closed(review: Review) -> None:
    if review.state == State.CLOSED:
        raise NotNow(_("This review is closed. Whoever leads it can open it again."))


def check_can_open(review: Review, *, on: date) -> None:
    """Something to judge, something to judge it by, and enough people to judge."""
    if review.state != State.PREPARING:
        raise NotNow(_("The screening of this review was opened already."))
    if not review.criteria.filter(retired_at=None, excludes=False).exists():
        raise NotNow(_("Please write down first what a work must be to be included."))
    if not review.criteria.filter(retired_at=None, excludes=True).exists():
        raise NotNow(_("Please write down first for which reasons works are excluded."))
    if not review.items.filter(left_out=False, twin=None).exists():
        raise NotNow(_("The pool is empty. Please choose imports or works first."))
    screeners = teams.members_on(review, teams.SCREENING, on=on).values("person").distinct().count()
    if screeners < review.judges:
        raise NotNow(_("Two people are to judge each work; please put a second one into the team first."))


def check_can_close(review: Review) -> None:
    if review.state != State.SCREENING:
        raise NotNow(_("Only a review that is being screened can be closed."))


def check_can_reopen(review: Review) -> None:
    if review.state != State.CLOSED:
        raise NotNow(_("Only a closed review can be opened again."))


def check_judging_changes(review: Review, *, judges: int, second_share: int) -> None:
    """How many people judge stays as it was from the first answer on: agreement and log would mean two things."""
    if (judges, second_share) != (review.judges, review.second_share) and review.decisions.filter(prior=False).exists():
        raise NotNow(_("Works have been judged already; how many people judge each can no longer be changed."))


def check_reason(review: Review, reason: Criterion | None, *, verdict: str, stage: str) -> None:
    """At the full text an exclusion has its reason."""
    if verdict != "exclude":
        return
    if reason is None and stage == Stage.FULL:
        raise Refusal(_("Please choose the reason for which this full text is excluded."))
    if reason is not None and (reason.review_id != review.pk or not reason.excludes or reason.retired_at is not None):
        raise Refusal(_("This reason is no longer offered; please choose another one."))


def check_can_be_judged(item: Item, stage: str) -> None:
    if item.left_out:
        raise NotNow(_("This work was taken out of the pool meanwhile; your answer is no longer needed."))
    if stage == Stage.FULL and item.title_outcome not in GOES_ON:
        raise NotNow(_("This work is not among those whose full text is read."))
    if stage == Stage.FULL and item.not_retrieved:
        raise NotNow(_("The full text of this work could not be had. Please say first that it is there now."))


def check_can_be_left_out(item: Item) -> None:
    """Taken out before screening only: what somebody has judged is excluded with a verdict."""
    if item.decisions.filter(prior=False).exists():
        raise NotNow(_("Somebody has judged this work; please exclude it with a verdict instead."))


def check_settler(account: Account, review: Review, judges: set[int], *, on: date) -> None:
    """Who judged a work does not settle it, unless nobody else in the team could. ``judges`` are ids of accounts."""
    if account.pk not in judges:
        return
    others = teams.members_on(review, teams.SETTLING, on=on).exclude(person__account__in=judges)
    if others.exists():
        raise NotNow(_("You judged this work yourself; somebody else of the team settles it."))


def check_keeps_a_lead(member: Member, *, last: date) -> None:
    """Somebody must be left who leads."""
    if member.role != Role.LEAD:
        return
    others = Member.objects.filter(review=member.review_id, role=Role.LEAD).exclude(pk=member.pk)
    if not any(one.valid_until is None or one.valid_until > last for one in others):
        raise NotNow(_("Nobody would be left who leads the review. Please name somebody else first."))
