"""Preparing, approving and sending a dispatch, and taking in what its recipients did with it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices.actions import write_letter
from nahtstelle.register.notices.models import Preference
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.outputs.models import Output

from . import rules
from .facts import (
    AnswerGiven,
    DispatchApproved,
    DispatchPrepared,
    DispatchSentBack,
    DispatchSubmitted,
    LettersWritten,
)
from .letters import letter_for
from .models import Dispatch, LeftOut, Recipient
from .queries import concerned

State = Dispatch.State
WORDS = ("subject_de", "subject_en", "intro_de", "intro_en", "ask_until", "roles")


def prepare(bulletin: Output, *, account: Account, by: Actor, at: datetime, **values: Any) -> Dispatch:
    """Begin a dispatch that leads to a published text (or one on its way there)."""
    rules.check_may_prepare(account, on=timezone.localdate(at))
    with transaction.atomic():
        sets = {name: values.pop(name, ()) for name in ("programmes", "regions", "themes")}
        dispatch = Dispatch.objects.create(bulletin=bulletin, prepared_at=at, prepared_by=account, **values)
        for name, chosen in sets.items():
            getattr(dispatch, name).set(chosen)
        record(DispatchPrepared(dispatch_id=dispatch.pk, revision=1), by=by, at=at, touched=[dispatch, bulletin])
    return dispatch


def change(dispatch: Dispatch, *, revision: int, account: Account, by: Actor, at: datetime, **values: Any) -> Dispatch:
    """Change a dispatch in preparation; ``revision`` is the one the form was filled from."""
    rules.check_may_prepare(account, on=timezone.localdate(at))
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        rules.check_can_be_changed(dispatch)
        if dispatch.revision != revision:
            raise NotNow(_("Somebody changed this dispatch while your form was open. Please look at it again."))
        before = _described(dispatch)
        for name in ("programmes", "regions", "themes"):
            if name in values:
                getattr(dispatch, name).set(values.pop(name))
        for name, value in values.items():
            setattr(dispatch, name, value)
        dispatch.revision += 1
        dispatch.full_clean(exclude=["bulletin"])
        dispatch.save()
        record(
            DispatchPrepared(dispatch_id=dispatch.pk, revision=dispatch.revision), by=by, at=at,
            touched=[Touched(dispatch, changes_between(before, _described(dispatch)))],
        )  # fmt: skip
    return dispatch


def _described(dispatch: Dispatch) -> dict[str, Any]:
    words = {name: getattr(dispatch, name) for name in WORDS}
    words["roles"] = list(dispatch.roles)
    for name in ("programmes", "regions", "themes"):
        words[name] = sorted(str(one) for one in getattr(dispatch, name).all())
    return words


def submit(dispatch: Dispatch, *, account: Account, by: Actor, at: datetime) -> Dispatch:
    """Fix the list of recipients and hand it to a second person."""
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        rules.check_may_submit(account, dispatch, on=timezone.localdate(at))
        people = concerned(dispatch, on=timezone.localdate(at))
        if not people:
            raise Refusal(_("Nobody matches this choice; widen the programmes, Länder, roles or themes."))
        dispatch.recipients.all().delete()
        Recipient.objects.bulk_create(
            (
                Recipient(dispatch=dispatch, person=one.person, language=one.person.language, because=one.because)
                for one in people
            ),
            batch_size=500,
        )
        dispatch.state, dispatch.submitted_at, dispatch.submitted_by = State.SUBMITTED, at, account
        dispatch.sent_back_words = ""
        dispatch.save()
        record(
            DispatchSubmitted(dispatch_id=dispatch.pk, recipients=len(people)), by=by, at=at,
            touched=[Touched(dispatch, {"state": (State.DRAFT, State.SUBMITTED), "recipients": (0, len(people))})],
        )  # fmt: skip
    return dispatch


def send_back(dispatch: Dispatch, *, words: str, account: Account, by: Actor, at: datetime) -> Dispatch:
    """Back to whoever prepared it; the list is made anew when it is submitted again."""
    if not words.strip():
        raise Refusal(_("Please say what is to be changed."))
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        rules.check_may_send_back(account, dispatch, on=timezone.localdate(at))
        dispatch.state, dispatch.sent_back_words = State.DRAFT, words
        dispatch.revision += 1
        dispatch.save()
        dispatch.recipients.all().delete()
        record(DispatchSentBack(dispatch_id=dispatch.pk), by=by, at=at, why=words, touched=[dispatch])
    return dispatch


def approve(
    dispatch: Dispatch, *, revision: int, recipients: int, account: Account, by: Actor, at: datetime
) -> Dispatch:
    """The second person agrees to the words of ``revision`` and to exactly the ``recipients`` people shown; letters go out."""
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        rules.check_may_approve(account, dispatch, on=timezone.localdate(at))
        if dispatch.revision != revision or dispatch.recipients.count() != recipients:
            raise NotNow(_("The list changed while you were reading it. Please look at it again."))
        dispatch.state, dispatch.approved_at, dispatch.approved_by = State.APPROVED, at, account
        dispatch.save()
        record(
            DispatchApproved(dispatch_id=dispatch.pk), by=by, at=at,
            touched=[Touched(dispatch, {"state": (State.SUBMITTED, State.APPROVED)})],
        )  # fmt: skip
    return dispatch


def write_letters(dispatch: Dispatch, *, by: Actor, at: datetime) -> None:
    """Write the letters of an approved dispatch: one to each person on the list who has not said no meanwhile."""
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        if dispatch.state == State.APPROVED:
            _write_letters(dispatch, by=by, at=at)


def _write_letters(dispatch: Dispatch, *, by: Actor, at: datetime) -> None:
    unsubscribed = set(Preference.objects.filter(law_letters=False).values_list("person", flat=True))
    written = left_out = 0
    waiting = dispatch.recipients.filter(letter=None, left_out="").select_related("person")
    for recipient in waiting:
        recipient.dispatch = dispatch  # its words and its text are read once
        recipient.left_out = _why_not(recipient, unsubscribed)
        if recipient.left_out:
            left_out += 1
        else:
            words = letter_for(recipient, at=at)
            recipient.letter = write_letter(
                key=f"dispatch-{dispatch.pk}:person-{recipient.person_id}",
                to=recipient.person.mail,
                person=recipient.person,
                subject=words.subject,
                text=words.text,
                html=words.html,
                language=recipient.language,
                headers=words.headers,
                by=by,
                at=at,
            )
            written += 1
        recipient.save(update_fields=["letter", "left_out"])
    dispatch.state = State.SENT
    dispatch.save(update_fields=["state"])
    record(
        LettersWritten(dispatch_id=dispatch.pk, written=written, left_out=left_out), by=by, at=at,
        touched=[Touched(dispatch, {"state": (State.APPROVED, State.SENT)})],
    )  # fmt: skip


def _why_not(recipient: Recipient, unsubscribed: set[int]) -> str:
    """Why somebody on the list gets no letter after all; "" for everybody else."""
    if recipient.person_id in unsubscribed:
        return LeftOut.UNSUBSCRIBED
    try:
        validate_email(recipient.person.mail)
    except ValidationError:
        return LeftOut.NO_ADDRESS
    return ""


def cancel(dispatch: Dispatch, *, why: str, account: Account, by: Actor, at: datetime) -> Dispatch:
    """Give a dispatch up before it was approved."""
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        rules.check_may_cancel(account, dispatch, on=timezone.localdate(at))
        before, dispatch.state = dispatch.state, State.CANCELLED
        dispatch.save(update_fields=["state"])
        record(
            DispatchSentBack(dispatch_id=dispatch.pk), by=by, at=at, why=why,
            touched=[Touched(dispatch, {"state": (before, State.CANCELLED)})],
        )  # fmt: skip
    return dispatch


def answer(recipient: Recipient, *, answer: str, words: str, by: Actor, at: datetime) -> Recipient:
    """What a recipient did with it; the last answer counts."""
    if answer not in Recipient.Answer.values:
        raise Refusal(_("Please choose one of the answers."))
    with transaction.atomic():
        recipient = Recipient.objects.select_for_update().get(pk=recipient.pk)
        before = (recipient.answer, recipient.words)
        if before == (answer, words):
            return recipient
        recipient.answer, recipient.words, recipient.answered_at = answer, words[:4000], at
        recipient.save(update_fields=["answer", "words", "answered_at"])
        record(
            AnswerGiven(dispatch_id=recipient.dispatch_id, recipient_id=recipient.pk, answer=answer), by=by, at=at,
            touched=[Touched(recipient, {"answer": (before[0], answer)}), recipient.dispatch],
        )  # fmt: skip
    return recipient
