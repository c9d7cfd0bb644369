"""Changing outputs: start, write, submit, sign off, release, publish, withdraw. One transaction, one fact each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from merge3 import Merge3

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.vocabulary.models import Concept

from . import citing, rules
from .facts import EditionPublished, OutputEdited, OutputStarted, PublicationScheduled, StepTaken
from .settling import answered_by_edition, answered_by_withdrawal
from .models import Authorship, Edition, Impact, LeftText, Output, Save, Step

TEXT = ("title", "summary", "body")
PARTICULARS = (
    "kind_id", "owner_id", "audience", "licence", "stand", "valid_from", "valid_until", "needs_release", "checked_by",
)  # fmt: skip
Progress = Output.Progress
State = Output.State


def start(
    *, title: str, kind: Concept, language: str, account: Account, by: Actor, at: datetime, body: str = "",
    summary: str = "", base: Output | None = None, stand: date | None = None,
) -> Output:  # fmt: skip
    """Start an output; the one who starts it owns it and is its first author.

    Raises ``Refusal`` where the base already has a variant in that language.
    """
    rules.check_may_start(account, on=timezone.localdate(at))
    if base is not None and (base.language == language or base.variants.filter(language=language).exists()):
        raise Refusal(_("This output already exists in that language."))
    with transaction.atomic():
        output = Output.objects.create(
            slug=_free_slug(title, language),
            title=title,
            summary=summary,
            body=body,
            kind=kind,
            language=language,
            base=base,
            base_edition=base.edition if base else None,
            owner=account.person,
            stand=stand,
            created_at=at,
            created_by=account,
            changed_at=at,
        )
        Authorship.objects.create(output=output, person=account.person)
        if base is not None:
            output.concepts.set(base.concepts.all())
            output.programmes.set(base.programmes.all())
        _keep(output, account=account, automatic=False, at=at)
        citing.refresh(output)
        record(OutputStarted(output_id=output.pk), by=by, at=at, touched=[output])
    return output


def _free_slug(title: str, language: str) -> str:
    wanted = slugify(title.replace("ß", "ss").replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))[:90] or "text"
    if language != "de":
        wanted = f"{wanted}-{language.removeprefix('de-x-')}"
    slug, number = wanted, 2
    while Output.objects.filter(slug=slug).exists():
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def set_relations(
    output: Output, *, authors: list[Person] | None, programmes: Any, concepts: Any, account: Account, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Set who wrote it and under which facets and programmes it is found."""
    rules.check_may_edit(account, output, on=timezone.localdate(at))
    with transaction.atomic():
        before = _relations(output)
        if authors is not None:
            output.authorships.exclude(person__in=authors).delete()
            for position, person in enumerate(authors):
                Authorship.objects.update_or_create(output=output, person=person, defaults={"position": position})
        output.programmes.set(programmes)
        output.concepts.set(concepts)
        changes = changes_between(before, _relations(output))
        if changes:
            record(
                OutputEdited(output_id=output.pk, revision=output.revision), by=by, at=at,
                touched=[Touched(output, changes)],
            )  # fmt: skip


def _relations(output: Output) -> dict[str, list[str]]:
    return {
        "authors": [str(a.person) for a in output.authorships.select_related("person")],
        "programmes": sorted(output.programmes.values_list("key", flat=True)),
        "concepts": sorted(output.concepts.values_list("key", flat=True)),
    }


def _step(
    output: Output, kind: Step.Kind, *, account: Account | None, words: str, by: Actor, at: datetime,
    before: dict[str, Any],
) -> None:  # fmt: skip
    Step.objects.create(output=output, kind=kind, by=account, at=at, revision=output.revision, words=words)
    after = {"state": output.state, "progress": output.progress}
    record(
        StepTaken(output_id=output.pk, step=kind, revision=output.revision), by=by, at=at, why=words,
        touched=[Touched(output, changes_between(before, after))],
    )  # fmt: skip


def _locked(output: Output) -> tuple[Output, dict[str, Any]]:
    locked = Output.objects.select_for_update().get(pk=output.pk)
    return locked, {"state": locked.state, "progress": locked.progress}


def submit(output: Output, *, account: Account, words: str = "", by: Actor, at: datetime) -> Output:
    with transaction.atomic():
        output, before = _locked(output)
        rules.check_may_submit(account, output, on=timezone.localdate(at))
        output.progress, output.submitted_by, output.reviewed_revision = Progress.IN_REVIEW, account, None
        if output.base is not None and output.base.edition is not None:
            output.base_edition = output.base.edition
        output.save()
        _step(output, Step.Kind.SUBMITTED, account=account, words=words, by=by, at=at, before=before)
    return output


def send_back(output: Output, *, account: Account, words: str, by: Actor, at: datetime) -> Output:
    """Back to its authors, with the reason. The submitter may also take it back."""
    if not words.strip():
        raise Refusal(_("Please say what is to be changed."))
    with transaction.atomic():
        output, before = _locked(output)
        if output.progress == Progress.DRAFT:
            raise NotNow(_("This text is not with a reviewer."))
        if output.submitted_by_id != account.pk:
            if output.progress == Progress.IN_REVIEW:
                rules.check_may_review(account, output, on=timezone.localdate(at))
            elif not rules.is_releaser(account.person, output, on=timezone.localdate(at)):
                rules.check_may_publish(account, output, on=timezone.localdate(at))
        output.progress, output.reviewed_revision, output.publish_at = Progress.DRAFT, None, None
        output.save()
        _step(output, Step.Kind.SENT_BACK, account=account, words=words, by=by, at=at, before=before)
    return output


def sign_off(
    output: Output, *, revision: int, account: Account, words: str = "", by: Actor, at: datetime
) -> Output:
    """The second pair of eyes agrees to exactly the revision it read."""
    with transaction.atomic():
        output, before = _locked(output)
        rules.check_may_review(account, output, on=timezone.localdate(at))
        if output.revision != revision:
            raise NotNow(_("The text changed while you were reading it. Please read the new one."))
        output.progress, output.reviewed_revision = Progress.SIGNED_OFF, revision
        output.save()
        _step(output, Step.Kind.SIGNED_OFF, account=account, words=words, by=by, at=at, before=before)
    return output


def release(output: Output, *, account: Account, words: str = "", by: Actor, at: datetime) -> Output:
    """The funder releases it."""
    with transaction.atomic():
        output, before = _locked(output)
        rules.check_may_release(account, output, on=timezone.localdate(at))
        output.progress = Progress.RELEASED
        output.save()
        _step(output, Step.Kind.RELEASED, account=account, words=words, by=by, at=at, before=before)
    return output


def schedule(output: Output, *, publish_at: datetime | None, account: Account, by: Actor, at: datetime) -> Output:
    """Publish at a moment to come; None takes the plan back."""
    with transaction.atomic():
        output, before = _locked(output)
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

    Open reviews after a change of law that was known when the text was submitted count as answered by it.
    ``account`` is None when the clock publishes what a person had scheduled.
    """
    with transaction.atomic():
        output, before = _locked(output)
        if account is None:
            rules.check_can_be_published(output)
        else:
            rules.check_may_publish(account, output, on=timezone.localdate(at))
        steps = {step.kind: step for step in output.steps.order_by("id")}
        number = (output.editions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        edition = Edition.objects.create(
            output=output,
            number=number,
            revision=output.revision,
            stand=output.stand or timezone.localdate(at),
            note=note,
            published_at=at,
            published_by=account,
            submitted_by=output.submitted_by,
            reviewed_by=steps[Step.Kind.SIGNED_OFF].by if Step.Kind.SIGNED_OFF in steps else None,
            released_by=steps[Step.Kind.RELEASED].by if output.needs_release and Step.Kind.RELEASED in steps else None,
            **{name: getattr(output, name) for name in TEXT},
        )
        output.edition, output.state, output.progress = edition, State.PUBLISHED, Progress.DRAFT
        output.publish_at, output.published_at, output.reviewed_revision = None, at, None
        output.save()
        citing.freeze(output)
        submitted = steps.get(Step.Kind.SUBMITTED)
        _step(output, Step.Kind.PUBLISHED, account=account, words=note, by=by, at=at, before=before)
        record(
            EditionPublished(output_id=output.pk, edition_id=edition.pk, number=number), by=by, at=at,
            touched=[Touched(output, {"edition": (number - 1 or None, number)})],
        )  # fmt: skip
        if submitted is not None:
            answered_by_edition(output, known_at=submitted.at, account=account, words=note, by=by, at=at)
        output.refresh_from_db()
    return edition


def publish_due(*, by: Actor, at: datetime) -> int:
    """Publish what was scheduled for now or earlier; the number published. One that cannot be is left with its reason."""
    published = 0
    for output in Output.objects.filter(publish_at__lte=at).order_by("publish_at"):
        try:
            publish(output, account=None, by=by, at=at)
            published += 1
        except Refusal as refusal:
            with transaction.atomic():
                Output.objects.filter(pk=output.pk).update(publish_at=None)
                record(
                    PublicationScheduled(output_id=output.pk, publish_at=None), by=by, at=at, why=str(refusal),
                    touched=[Touched(output, {"publish_at": (output.publish_at, None)})],
                )  # fmt: skip
    return published


def withdraw(output: Output, *, why: str, account: Account, by: Actor, at: datetime) -> Output:
    """Take it away from readers; its address says so and why."""
    if not why.strip():
        raise Refusal(_("Please say why; readers who come by an old link will see the reason."))
    with transaction.atomic():
        output, before = _locked(output)
        rules.check_may_withdraw(account, output, on=timezone.localdate(at))
        output.state, output.progress, output.publish_at = State.WITHDRAWN, Progress.DRAFT, None
        output.save()
        _step(output, Step.Kind.WITHDRAWN, account=account, words=why, by=by, at=at, before=before)
        answered_by_withdrawal(output, reason=why, account=account, by=by, at=at)
    return output


def take_up_again(output: Output, *, account: Account, words: str = "", by: Actor, at: datetime) -> Output:
    """A withdrawn output becomes a draft again; readers see it only after it was published anew."""
    with transaction.atomic():
        output, before = _locked(output)
        if output.state != State.WITHDRAWN:
            raise NotNow(_("Only a withdrawn output is taken up again."))
        if not rules.is_writer(account.person, output):
            rules.check_may_start(account, on=timezone.localdate(at))
        output.state, output.progress, output.edition = State.DRAFT, Progress.DRAFT, None
        output.save()
        output.citations.update(published=False)
        _step(output, Step.Kind.REOPENED, account=account, words=words, by=by, at=at, before=before)
    return output


def supersede(output: Output, *, successor: Output, account: Account, by: Actor, at: datetime) -> Output:
    """Another output takes its place; readers are led there."""
    with transaction.atomic():
        output, before = _locked(output)
        rules.check_may_withdraw(account, output, on=timezone.localdate(at))
        if output.state not in (State.PUBLISHED, State.UNDER_REVIEW):
            raise NotNow(_("Only a published output can be superseded."))
        if successor.edition_id is None or successor.state == State.WITHDRAWN:
            raise NotNow(_("The successor must be published first."))
        seen = {output.pk}
        follower: Output | None = successor
        while follower is not None:
            if follower.pk in seen:
                raise Refusal(_("The two would supersede each other."))
            seen.add(follower.pk)
            follower = follower.replaced_by
        output.state, output.replaced_by = State.SUPERSEDED, successor
        output.save()
        Impact.objects.filter(output=output, settled_at=None).update(
            outcome=Impact.Outcome.DROPPED, reason=str(successor), settled_at=at, settled_by=account
        )
        _step(output, Step.Kind.SUPERSEDED, account=account, words=str(successor), by=by, at=at, before=before)
    return output
