"""The end of an output's public life: withdrawn, or superseded by another; and its return as a draft."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account

from .. import rules
from ..models import Output, Step
from ..settling import answered_by_successor, answered_by_withdrawal
from .steps import locked, take_step

State = Output.State
Progress = Output.Progress


def withdraw(output: Output, *, why: str, account: Account, by: Actor, at: datetime) -> Output:
    """Take it away from readers; its address says so and why. A draft that never was published is given up."""
    if not why.strip():
        raise Refusal(_("Please say why; readers who come by an old link will see the reason."))
    with transaction.atomic():
        output, before = locked(output)
        rules.check_may_withdraw(account, output, on=timezone.localdate(at))
        output.state, output.progress = State.WITHDRAWN, Progress.DRAFT
        output.publish_at, output.reviewed_revision = None, None
        output.save()
        take_step(output, Step.Kind.WITHDRAWN, account=account, words=why, by=by, at=at, before=before)
        answered_by_withdrawal(output, reason=why, account=account, by=by, at=at)
    return output


def take_up_again(output: Output, *, account: Account, words: str = "", by: Actor, at: datetime) -> Output:
    """A withdrawn output becomes a draft again; readers see it only after it was published anew."""
    with transaction.atomic():
        output, before = locked(output)
        rules.check_may_take_up(account, output, on=timezone.localdate(at))
        output.state, output.progress, output.edition = State.DRAFT, Progress.DRAFT, None
        output.replaced_by = None
        output.save()
        for cited in (output.citations, output.work_citations):
            cited.filter(working=False).delete()
            cited.update(published=False)
        take_step(output, Step.Kind.REOPENED, account=account, words=words, by=by, at=at, before=before)
    return output


def supersede(output: Output, *, successor: Output, account: Account, by: Actor, at: datetime) -> Output:
    """Another output takes its place; readers are led there."""
    with transaction.atomic():
        output, before = locked(output)
        rules.check_may_withdraw(account, output, on=timezone.localdate(at))
        if output.state not in (State.PUBLISHED, State.UNDER_REVIEW):
            raise NotNow(_("Only a published output can be superseded."))
        successor = Output.objects.select_for_update().get(pk=successor.pk)
        if successor.edition_id is None or successor.state == State.WITHDRAWN:
            raise NotNow(_("The successor must be published first."))
        _check_no_circle(output, successor)
        output.state, output.replaced_by = State.SUPERSEDED, successor
        output.progress, output.publish_at, output.reviewed_revision = Progress.DRAFT, None, None
        output.save()
        take_step(output, Step.Kind.SUPERSEDED, account=account, words=str(successor), by=by, at=at, before=before)
        answered_by_successor(output, successor=successor, account=account, by=by, at=at)
    return output


def _check_no_circle(output: Output, successor: Output) -> None:
    seen = {output.pk}
    follower: Output | None = successor
    while follower is not None:
        if follower.pk in seen:
            raise Refusal(_("The two would supersede each other."))
        seen.add(follower.pk)
        follower = follower.replaced_by
