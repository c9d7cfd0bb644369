"""Publishing: now, or at a moment to come."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices.actions import tell
from nahtstelle.register.notices.words import in_every_language
from nahtstelle.register.people.models import Account

from .. import citing, drawing, rules, sweep, work_citing, work_sweep
from ..facts import EditionPublished, PublicationScheduled
from ..models import Edition, Output, Step
from ..settling import answered_by_edition
from ..words import UNPUBLISHED_NOTICE
from .saving import text_of
from .steps import locked, take_step, writers

Kind = Step.Kind


def schedule(output: Output, *, publish_at: datetime | None, account: Account, by: Actor, at: datetime) -> Output:
    """Publish at a moment to come; None takes the plan back."""
    with transaction.atomic():
        output, _before = locked(output)
        rules.check_may_publish(account, output, on=timezone.localdate(at))
        if publish_at is not None and publish_at <= at:
            raise Refusal(_("That moment has passed; choose a later one or publish now."))
        earlier, output.publish_at = output.publish_at, publish_at
        output.save(update_fields=["publish_at"])
        record(
            PublicationScheduled(output_id=output.pk, publish_at=publish_at), by=by, at=at,
            touched=[Touched(output, {"publish_at": (earlier, publish_at)})],
        )  # fmt: skip
    return output


def publish(output: Output, *, note: str = "", account: Account | None, by: Actor, at: datetime) -> Edition:
    """Make the signed-off text the edition readers see; its citations are frozen with the readings they rest on.

    Open reviews after a change of law that was known when the text was submitted count as answered by it; a change that
    came after opens one. ``account`` is None when the clock publishes what a person had scheduled.
    """
    with transaction.atomic():
        output, before = locked(output)
        if account is None:
            rules.check_can_be_published(output)
        else:
            rules.check_may_publish(account, output, on=timezone.localdate(at))
        steps = {step.kind: step for step in output.steps.order_by("id")}
        edition = _new_edition(output, steps, note=note, account=account, at=at)
        output.edition, output.state, output.progress = edition, Output.State.PUBLISHED, Output.Progress.DRAFT
        output.publish_at, output.published_at, output.reviewed_revision = None, at, None
        output.save()
        citing.freeze(output)
        work_citing.freeze(output)
        drawing.keep(edition)
        take_step(output, Kind.PUBLISHED, account=account, words=note, by=by, at=at, before=before)
        record(
            EditionPublished(output_id=output.pk, edition_id=edition.pk, number=edition.number), by=by, at=at,
            touched=[Touched(output, {"edition": (edition.number - 1 or None, edition.number)})],
        )  # fmt: skip
        submitted = steps[Kind.SUBMITTED].at
        answered_by_edition(output, known_at=submitted, account=account, words=note, by=by, at=at)
        sweep.catch_up(output, since=submitted, by=by, at=at)
        work_sweep.catch_up(output, since=submitted, by=by, at=at)
        output.refresh_from_db()
    return edition


def _new_edition(
    output: Output, steps: dict[str, Step], *, note: str, account: Account | None, at: datetime
) -> Edition:
    last = output.editions.order_by("-number").values_list("number", flat=True).first() or 0
    edition = Edition.objects.create(
        output=output,
        number=last + 1,
        revision=output.revision,
        stand=output.stand or timezone.localdate(at),
        note=note,
        published_at=at,
        published_by=account,
        submitted_by=output.submitted_by,
        reviewed_by=steps[Kind.SIGNED_OFF].by,
        released_by=steps[Kind.RELEASED].by if output.needs_release and Kind.RELEASED in steps else None,
        **text_of(output),
    )
    edition.attachments.set(output.attachments.filter(working=True))
    return edition


def publish_due(*, by: Actor, at: datetime) -> int:
    """Publish what was scheduled for now or earlier; the number published.

    One that cannot be published any more is left unpublished, its writers are told why, and the others go on.
    """
    published = 0
    for output in list(Output.objects.filter(publish_at__lte=at).order_by("publish_at", "pk")):
        try:
            publish(output, account=None, by=by, at=at)
            published += 1
        except Refusal as refusal:
            _give_up(output, refusal, by=by, at=at)
    return published


def _give_up(output: Output, refusal: Refusal, *, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        if not Output.objects.filter(pk=output.pk, publish_at=output.publish_at).update(publish_at=None):
            return  # another worker was quicker
        entry = record(
            PublicationScheduled(output_id=output.pk, publish_at=None), by=by, at=at, why=str(refusal),
            touched=[Touched(output, {"publish_at": (output.publish_at, None)})],
        )  # fmt: skip
        said = {"title": output.title, "why": in_every_language(refusal.sentence)}
        for person in writers(output):
            tell(
                person=person, kind=UNPUBLISHED_NOTICE, words=said, link=reverse("outputs:work", args=[output.slug]),
                cause=f"unpublished:{entry.pk}", by=by, at=at,
            )  # fmt: skip
