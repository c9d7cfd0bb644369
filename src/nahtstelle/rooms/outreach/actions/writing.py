"""Writing the letters of an approved dispatch, once, to the people on its list and to nobody else."""

from datetime import datetime
from functools import cache

from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.notices.actions import NewLetter
from nahtstelle.register.notices.actions import write_letters as put_into_outbox
from nahtstelle.register.notices.models import Letter

from .. import rules
from ..facts import LettersWritten
from ..letters import Writer
from ..models import Dispatch, Recipient
from ..queries import Reachable

State = Dispatch.State
AT_ONCE = 500  # letters held in memory


def write_letters(dispatch: Dispatch, *, by: Actor, at: datetime) -> None:
    """Write the letters of an approved dispatch: one to each person on the list who can still be written to.

    All or none: a process killed in the middle leaves no letter, and a second run finds the dispatch sent. Raises
    ``NotNow`` where the text was withdrawn meanwhile.
    """
    with transaction.atomic():
        dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
        if dispatch.state != State.APPROVED:
            return
        rules.check_is_published(dispatch.bulletin)
        left_out = _leave_out(dispatch, at=at)
        written = _write(dispatch, by=by, at=at)
        dispatch.state = State.SENT
        dispatch.save(update_fields=["state"])
        record(
            LettersWritten(dispatch_id=dispatch.pk, written=written, left_out=left_out), by=by, at=at,
            touched=[Touched(dispatch, {"state": (State.APPROVED, State.SENT)})],
        )  # fmt: skip


def _leave_out(dispatch: Dispatch, *, at: datetime) -> int:
    """Mark those who cannot be written to any more; how many."""
    reachable = Reachable(on=timezone.localdate(at))
    lost: dict[str, list[int]] = {}
    for recipient in dispatch.recipients.filter(left_out="").select_related("person"):
        why = reachable.why_not(recipient.person)
        if why:
            lost.setdefault(why, []).append(recipient.pk)
    for why, keys in lost.items():
        for start in range(0, len(keys), AT_ONCE):
            Recipient.objects.filter(pk__in=keys[start : start + AT_ONCE]).update(left_out=why)
    return sum(len(keys) for keys in lost.values())


def _write(dispatch: Dispatch, *, by: Actor, at: datetime) -> int:
    @cache
    def writer(language: str) -> Writer:
        return Writer(dispatch, language)

    waiting = dispatch.recipients.filter(left_out="").select_related("person")
    waiting = waiting.prefetch_related("reasons__programme", "reasons__region").order_by("id")
    written, last = 0, 0
    while rows := list(waiting.filter(pk__gt=last)[:AT_ONCE]):
        letters = []
        for recipient in rows:
            words = writer(recipient.language).letter(recipient, recipient.reasons.all(), at=at)
            letters.append(
                NewLetter(
                    key=_key(dispatch, recipient.person_id), to=recipient.person.mail, person=recipient.person,
                    language=recipient.language, subject=words.subject, text=words.text, html=words.html,
                    headers=words.headers,
                )
            )  # fmt: skip
        put_into_outbox(letters, by=by, at=at)
        written, last = written + len(rows), rows[-1].pk
    own = Concat(Value(_key(dispatch, "")), Cast(OuterRef("person_id"), CharField()))
    dispatch.recipients.filter(left_out="").update(letter=Subquery(Letter.objects.filter(key=own).values("pk")[:1]))
    return written


def _key(dispatch: Dispatch, person: int | str) -> str:
    """What keeps a person from getting the letters of a dispatch twice."""
    return f"dispatch-{dispatch.pk}:person-{person}"
