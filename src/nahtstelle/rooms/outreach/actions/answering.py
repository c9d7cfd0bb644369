"""What recipients did with it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor

from .. import rules
from ..facts import AnswerGiven
from ..models import Recipient

LONGEST = 4000  # characters of somebody's own words


def answer(recipient: Recipient, *, answer: str, words: str, by: Actor, at: datetime) -> Recipient:
    """What a recipient did with it; the last answer counts, the same one again changes nothing."""
    if answer not in Recipient.Answer.values:
        raise Refusal(_("Please choose one of the answers."))
    words = words.strip()[:LONGEST]
    with transaction.atomic():
        locked = Recipient.objects.select_for_update(of=("self",)).select_related("dispatch__bulletin", "person")
        recipient = locked.get(pk=recipient.pk)
        before = {"answer": recipient.answer, "words": recipient.words}
        if before == {"answer": answer, "words": words}:
            return recipient
        rules.check_may_answer(recipient, at=at)
        recipient.answer, recipient.words, recipient.answered_at = answer, words, at
        recipient.save(update_fields=["answer", "words", "answered_at"])
        record(
            AnswerGiven(dispatch_id=recipient.dispatch_id, recipient_id=recipient.pk, answer=answer), by=by, at=at,
            touched=[Touched(recipient, {"answer": (before["answer"], answer)}), recipient.dispatch],
        )  # fmt: skip
    return recipient
