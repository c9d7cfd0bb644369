"""The steps of a text on its way to the next edition: submitted, sent back, signed off, released."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices.actions import tell
from nahtstelle.register.notices.words import in_every_language
from nahtstelle.register.people.models import Account, Person

from .. import rules
from ..facts import StepTaken
from ..models import Output, Step
from ..words import RELEASE_NOTICE, STEP_NOTICE

Progress = Output.Progress
# Steps of which the owner and the authors are told, unless they took them themselves.
TOLD = {Step.Kind.SENT_BACK, Step.Kind.REFUSED, Step.Kind.WITHDRAWN, Step.Kind.SUPERSEDED}


def locked(output: Output) -> tuple[Output, dict[str, Any]]:
    """The output as it stands now, held until the transaction ends, and its states before the step."""
    row = Output.objects.select_for_update().get(pk=output.pk)
    return row, {"state": row.state, "progress": row.progress}


def take_step(
    output: Output, kind: Step.Kind, *, account: Account | None, words: str, by: Actor, at: datetime,
    before: dict[str, Any],
) -> Step:  # fmt: skip
    """Write down a step that was taken, and tell those whose text it is."""
    step = Step.objects.create(output=output, kind=kind, by=account, at=at, revision=output.revision, words=words)
    after = {"state": output.state, "progress": output.progress}
    record(
        StepTaken(output_id=output.pk, step=kind, revision=output.revision), by=by, at=at, why=words,
        touched=[Touched(output, changes_between(before, after))],
    )  # fmt: skip
    if kind in TOLD:
        said = {"title": output.title, "step": in_every_language(kind.label), "who": by.label}
        for person in writers(output) - ({account.person} if account else set()):
            tell(
                person=person, kind=STEP_NOTICE, words=said, link=reverse("outputs:work", args=[output.slug]),
                cause=f"step:{step.pk}", by=by, at=at,
            )  # fmt: skip
    return step


def writers(output: Output) -> set[Person]:
    """The owner and the authors."""
    return {output.owner, *output.authors.all()}


def submit(output: Output, *, account: Account, words: str = "", by: Actor, at: datetime) -> Output:
    """Hand the text to a second person."""
    with transaction.atomic():
        output, before = locked(output)
        rules.check_may_submit(account, output, on=timezone.localdate(at))
        output.progress, output.submitted_by, output.reviewed_revision = Progress.IN_REVIEW, account, None
        if output.base is not None and output.base.edition is not None:
            output.base_edition = output.base.edition
        output.save()
        take_step(output, Step.Kind.SUBMITTED, account=account, words=words, by=by, at=at, before=before)
    return output


def send_back(output: Output, *, account: Account, words: str, by: Actor, at: datetime) -> Output:
    """Back to its authors, with the reason. The submitter may also take it back; a funder refuses the release."""
    if not words.strip():
        raise Refusal(_("Please say what is to be changed."))
    with transaction.atomic():
        output, before = locked(output)
        rules.check_may_send_back(account, output, on=timezone.localdate(at))
        asked = output.progress == Progress.SIGNED_OFF and output.submitted_by_id != account.pk
        refused = asked and rules.is_releaser(account.person, output, on=timezone.localdate(at))
        kind = Step.Kind.REFUSED if refused else Step.Kind.SENT_BACK
        output.progress, output.reviewed_revision, output.publish_at = Progress.DRAFT, None, None
        output.save()
        take_step(output, kind, account=account, words=words, by=by, at=at, before=before)
    return output


def sign_off(output: Output, *, revision: int, account: Account, words: str = "", by: Actor, at: datetime) -> Output:
    """The second pair of eyes agrees to exactly the revision it read."""
    with transaction.atomic():
        output, before = locked(output)
        rules.check_may_sign_off(account, output, on=timezone.localdate(at))
        if output.revision != revision:
            raise NotNow(_("The text changed while you were reading it. Please read the new one."))
        output.progress, output.reviewed_revision = Progress.SIGNED_OFF, revision
        output.save()
        step = take_step(output, Step.Kind.SIGNED_OFF, account=account, words=words, by=by, at=at, before=before)
        if output.needs_release:
            for person in rules.releasers(output, on=timezone.localdate(at)):
                tell(
                    person=person, kind=RELEASE_NOTICE, words={"title": output.title},
                    link=reverse("outputs:work", args=[output.slug]), cause=f"step:{step.pk}", by=by, at=at,
                )  # fmt: skip
    return output


def release(output: Output, *, account: Account, words: str = "", by: Actor, at: datetime) -> Output:
    """The funder releases it."""
    with transaction.atomic():
        output, before = locked(output)
        rules.check_may_release(account, output, on=timezone.localdate(at))
        output.progress = Progress.RELEASED
        output.save()
        take_step(output, Step.Kind.RELEASED, account=account, words=words, by=by, at=at, before=before)
    return output
