"""Gaps of the map become questions that somebody owns; they end with an answer, or with a reason why not."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.duties.actions import drop_all_for, open_duty, settle_all_for
from nahtstelle.register.notices.actions import tell
from nahtstelle.register.people.models import Person
from nahtstelle.register.vocabulary.models import Concept

from ..card_words import QUESTION, QUESTION_DUTY, QUESTION_NOTICE
from ..facts import QuestionChanged, QuestionClosed, QuestionTakenUp
from ..models import OpenQuestion
from ..rules import questions as rules
from .card_saving import acting

State = OpenQuestion.State


def take_up_gap(
    *, kind: str, words: str, why: str, concepts: Sequence[Concept], owner: Person, due: date, by: Actor, at: datetime
) -> OpenQuestion:
    """Take up a gap; its owner has a duty from then on."""
    account, today = acting(by), timezone.localdate(at)
    rules.check_may_take_up(account, on=today)
    rules.check_owner(owner)
    rules.check_due(due, on=today)
    with transaction.atomic():
        question = OpenQuestion.objects.create(
            kind=kind, words=words.strip(), why=why.strip(), owner=owner, due=due, asked_at=at, asked_by=account
        )
        question.concepts.set(concepts)
        record(QuestionTakenUp(question_id=question.pk), by=by, at=at, touched=[question])
        _owe(question, cause=f"question:{question.pk}", by=by, at=at)
    return question


def change_question(
    *, question: OpenQuestion, words: str, why: str, owner: Person, due: date, by: Actor, at: datetime
) -> OpenQuestion:
    """Other words, another owner, another day; a new owner gets the duty."""
    account, today = acting(by), timezone.localdate(at)
    with transaction.atomic():
        question = OpenQuestion.objects.select_for_update().get(pk=question.pk)
        rules.check_may_change(account, question, on=today)
        before = _shown(question)
        if owner.pk != question.owner_id:
            rules.check_owner(owner)
        if due != question.due:
            rules.check_due(due, on=today)
        question.words, question.why, question.owner, question.due = words.strip(), why.strip(), owner, due
        changes = changes_between(before, _shown(question))
        if not changes:
            return question
        question.save()
        record(QuestionChanged(question_id=question.pk), by=by, at=at, touched=[Touched(question, changes)])
        if changes.keys() & {"owner", "due", "words"}:
            why_closed = gettext("The question was changed.")
            drop_all_for(subject=(QUESTION, question.pk), kind=QUESTION_DUTY, why=why_closed, by=by, at=at)
            _owe(question, cause=f"question:{question.pk}:{at.isoformat()}", by=by, at=at)
    return question


def close_question(*, question: OpenQuestion, state: str, answer: str, by: Actor, at: datetime) -> OpenQuestion:
    """Answered, with the answer; or dropped, with the reason."""
    if not answer.strip():
        raise Refusal(_("Please write the answer, or why the question is dropped."))
    if state not in (State.ANSWERED, State.DROPPED):
        raise Refusal(_("A question is answered or dropped."))
    account = acting(by)
    with transaction.atomic():
        question = OpenQuestion.objects.select_for_update().get(pk=question.pk)
        rules.check_may_change(account, question, on=timezone.localdate(at))
        question.state, question.answer, question.closed_at = state, answer.strip(), at
        question.save(update_fields=["state", "answer", "closed_at"])
        touched = [Touched(question, {"state": (State.OPEN.value, state)})]
        record(QuestionClosed(question_id=question.pk, state=state), by=by, at=at, why=question.answer, touched=touched)
        close = settle_all_for if state == State.ANSWERED else drop_all_for
        said = {"how" if state == State.ANSWERED else "why": question.answer}
        close(subject=(QUESTION, question.pk), kind=QUESTION_DUTY, by=by, at=at, **said)
    return question


def _shown(question: OpenQuestion) -> dict[str, object]:
    return {"words": question.words, "why": question.why, "owner": question.owner, "due": question.due}


def _owe(question: OpenQuestion, *, cause: str, by: Actor, at: datetime) -> None:
    sentences = []
    for language in ("de", "en"):
        with override(language):
            sentences.append(gettext("A gap of the evidence map that %(name)s took up.") % {"name": by.label})
    link = reverse("library:question", args=[question.pk])
    open_duty(
        kind=QUESTION_DUTY, owner=question.owner, subject_kind=QUESTION, subject_id=question.pk,
        subject_title=question.words, link=link, cause=cause, why_de=sentences[0], why_en=sentences[1], due=question.due,
        by=by, at=at,
    )  # fmt: skip
    if question.owner_id != (acting(by).person_id):
        said = {"who": by.label, "title": question.words, "due_on": question.due.isoformat()}
        tell(person=question.owner, kind=QUESTION_NOTICE, words=said, link=link, cause=cause, by=by, at=at)
