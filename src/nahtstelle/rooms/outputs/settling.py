"""Answering a wave: the owner says that the text is still valid, brings a corrected edition, or withdraws it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.duties.actions import drop_all_for, settle_all_for
from nahtstelle.register.people.models import Account

from . import rules
from .facts import ImpactSettled
from .models import DUTY_KIND, SUBJECT_KIND, Impact, Output, Step, Wave, cause_of
from .opening import STRONG

Outcome = Impact.Outcome


def confirm_valid(wave: Wave, output: Output, *, reason: str, account: Account, by: Actor, at: datetime) -> None:
    """The text is right as it stands; the reason is kept and readers see that it was checked.

    Raises ``Refusal`` without a reason, ``NotNow`` where the wave is already answered.
    """
    rules.check_may_settle(account, output, on=timezone.localdate(at))
    if not reason.strip():
        raise Refusal(_("Please say why the text is still right; your colleagues will rely on it."))
    with transaction.atomic():
        output = Output.objects.select_for_update().get(pk=output.pk)
        if not wave.impacts.filter(output=output, settled_at=None).exists():
            raise NotNow(_("This review was already answered."))
        _settle(wave, output, Outcome.VALID, reason=reason, account=account, by=by, at=at)
        if wave.reading is not None:
            # It was read against the new wording: that is what it rests on from now on.
            checked = wave.impacts.filter(output=output).values("provision")
            output.citations.filter(provision__in=checked, published=True).update(reading=wave.reading)
        Step.objects.create(
            output=output, kind=Step.Kind.CONFIRMED, by=account, at=at, revision=output.revision, words=reason
        )


def answered_by_edition(
    output: Output, *, known_at: datetime, account: Account | None, words: str, by: Actor, at: datetime
) -> None:
    """A new edition answers the waves that were open when its text was submitted."""
    for wave in Wave.objects.filter(
        impacts__output=output, impacts__settled_at=None, opened_at__lte=known_at
    ).distinct():
        _settle(wave, output, Outcome.CORRECTED, reason=words, account=account, by=by, at=at)
    if Impact.objects.filter(output=output, settled_at=None, verdict__in=STRONG).exists():
        Output.objects.filter(pk=output.pk).update(state=Output.State.UNDER_REVIEW)


def answered_by_withdrawal(output: Output, *, reason: str, account: Account, by: Actor, at: datetime) -> None:
    """Withdrawing answers every open wave."""
    for wave in Wave.objects.filter(impacts__output=output, impacts__settled_at=None).distinct():
        _settle(wave, output, Outcome.WITHDRAWN, reason=reason, account=account, by=by, at=at)


def answered_by_successor(output: Output, *, successor: Output, account: Account, by: Actor, at: datetime) -> None:
    """Readers are led to the successor, which answers for itself: what is open about the old text is dropped."""
    for wave in Wave.objects.filter(impacts__output=output, impacts__settled_at=None).distinct():
        wave.impacts.filter(output=output, settled_at=None).update(
            outcome=Outcome.DROPPED, reason=str(successor), settled_at=at, settled_by=account
        )
        drop_all_for(
            subject=(SUBJECT_KIND, output.pk), kind=DUTY_KIND, cause=cause_of(wave), why=str(successor), by=by, at=at
        )


def _settle(
    wave: Wave, output: Output, outcome: Impact.Outcome, *, reason: str, account: Account | None, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    wave.impacts.filter(output=output, settled_at=None).update(
        outcome=outcome, reason=reason, settled_at=at, settled_by=account
    )
    before = output.state
    open_still = Impact.objects.filter(output=output, settled_at=None, verdict__in=STRONG).exists()
    if output.state == Output.State.UNDER_REVIEW and not open_still:
        output.state = Output.State.PUBLISHED
        Output.objects.filter(pk=output.pk).update(state=output.state)
    how = f"{Outcome(outcome).label}: {reason}" if reason else str(Outcome(outcome).label)
    settle_all_for(subject=(SUBJECT_KIND, output.pk), kind=DUTY_KIND, cause=cause_of(wave), how=how, by=by, at=at)
    record(
        ImpactSettled(wave_id=wave.pk, output_id=output.pk, outcome=outcome), by=by, at=at, why=reason,
        touched=[Touched(output, {"state": (before, output.state)} if before != output.state else {}), wave],
    )  # fmt: skip
