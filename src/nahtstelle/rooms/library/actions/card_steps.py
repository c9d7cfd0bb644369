"""The steps of a card: to a second reviewer, back, agreed, to readers, away, and up again."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.duties.actions import drop_all_for, open_duty, settle_all_for
from nahtstelle.register.notices.actions import tell
from nahtstelle.register.notices.words import in_every_language
from nahtstelle.register.people.models import Person

from ..card_words import CARD, SECOND_DUTY, SECOND_NOTICE, STEP_NOTICE
from ..facts import CardPublished, CardStepTaken, CardWithdrawn
from ..models import Card, CardEdition, CardStep
from ..rules import cards as rules
from .card_saving import acting

State, Kind = Card.State, CardStep.Kind
TIME_TO_REVIEW = timedelta(days=14)


def _locked(card: Card) -> Card:
    return Card.objects.select_for_update(of=("self",)).select_related("work", "edition").get(pk=card.pk)


def _step(card: Card, kind: Kind, *, words: str, by: Actor, at: datetime, before: str, fact: Any = None) -> CardStep:
    """Write down a step that was taken."""
    step = CardStep.objects.create(
        card=card, kind=kind, by=acting(by), at=at, revision=card.revision, words=words.strip()
    )
    fact = fact or CardStepTaken(card_id=card.pk, step=kind, revision=card.revision)
    record(fact, by=by, at=at, why=step.words, touched=[Touched(card, {"state": (before, card.state)}), card.work])
    return step


def address_of(card: Card) -> str:
    return reverse("library:card", args=[card.work.citekey])


def submit(*, card: Card, second: Person | None, words: str = "", by: Actor, at: datetime) -> Card:
    """Give the card to a second reviewer, who has a duty from then on and is told."""
    today = timezone.localdate(at)
    with transaction.atomic():
        card = _locked(card)
        before = card.state
        rules.check_may_submit(acting(by), card, on=today)
        rules.check_second(card, second, on=today)
        assert second is not None
        card.state, card.second = State.SUBMITTED, second
        card.save(update_fields=["state", "second"])
        step = _step(card, Kind.SUBMITTED, words=words, by=by, at=at, before=before)
        due, cause = today + TIME_TO_REVIEW, f"card-step:{step.pk}"
        why_de, why_en = _why_second(card)
        open_duty(
            kind=SECOND_DUTY, owner=second, subject_kind=CARD, subject_id=card.pk, subject_title=card.work.title,
            link=address_of(card), cause=cause, why_de=why_de, why_en=why_en, due=due, by=by, at=at,
        )  # fmt: skip
        said = {"who": by.label, "title": card.work.title, "due_on": due.isoformat()}
        tell(person=second, kind=SECOND_NOTICE, words=said, link=address_of(card), cause=cause, by=by, at=at)
    return card


def _why_second(card: Card) -> tuple[str, str]:
    sentences = []
    for language in ("de", "en"):
        with override(language):
            sentences.append(
                gettext("%(name)s assessed this study; before readers see it, a second person reads study and card.")
                % {"name": card.reviewer.name}
            )
    return sentences[0], sentences[1]


def send_back(*, card: Card, words: str = "", by: Actor, at: datetime) -> Card:
    """The second reviewer sends it back, with the reason; its writers take it back."""
    with transaction.atomic():
        card, account = _locked(card), acting(by)
        before = card.state
        rules.check_may_send_back(account, card, on=timezone.localdate(at))
        is_second = account.person_id == card.second_id
        if is_second and not words.strip():
            raise Refusal(_("Please say what is to be changed."))
        card.state = State.DRAFT
        card.save(update_fields=["state"])
        kind = Kind.SENT_BACK if is_second else Kind.TAKEN_BACK
        step = _step(card, kind, words=words, by=by, at=at, before=before)
        if is_second:
            _close_duty(card, how=kind.label, by=by, at=at)
        else:
            drop_all_for(subject=(CARD, card.pk), kind=SECOND_DUTY, why=str(kind.label), by=by, at=at)
        _tell(card, step, {card.reviewer, card.second} - {account.person, None}, by=by, at=at)
    return card


def second(*, card: Card, revision: int, words: str = "", by: Actor, at: datetime) -> Card:
    """The second pair of eyes agrees to exactly what it read."""
    with transaction.atomic():
        card, account = _locked(card), acting(by)
        before = card.state
        rules.check_may_second(account, card, on=timezone.localdate(at))
        if card.revision != revision:
            raise NotNow(_("The card changed while you were reading it. Please read it again."))
        card.state = State.AGREED
        card.save(update_fields=["state"])
        step = _step(card, Kind.AGREED, words=words, by=by, at=at, before=before)
        _close_duty(card, how=Kind.AGREED.label, by=by, at=at)
        _tell(card, step, {card.reviewer}, by=by, at=at)
    return card


def publish(*, card: Card, note: str = "", by: Actor, at: datetime) -> CardEdition:
    """Make what was agreed to the edition readers have; it is never changed again."""
    with transaction.atomic():
        card, account = _locked(card), acting(by)
        before = card.state
        rules.check_may_publish(account, card, on=timezone.localdate(at))
        assert card.second is not None
        earlier = card.edition
        last = card.editions.order_by("-number").first()
        edition = CardEdition.objects.create(
            card=card, number=last.number + 1 if last else 1, stand=timezone.localdate(at), note=note.strip(),
            reviewed_by=card.reviewer.name, seconded_by=card.second.name, published_at=at, published_by=account,
            **{name: getattr(card, name) for name in rules.TEXTS},
        )  # fmt: skip
        edition.concepts.set(card.concepts.all())
        edition.programmes.set(card.programmes.all())
        card.edition, card.state, card.changed_at = edition, State.PUBLISHED, at
        card.save(update_fields=["edition", "state", "changed_at"])
        fact = CardPublished(
            card_id=card.pk, edition_id=edition.pk, work_id=card.work_id, changed=rules.says_otherwise(earlier, card)
        )
        step = _step(card, Kind.PUBLISHED, words=note, by=by, at=at, before=before, fact=fact)
        _tell(card, step, {card.reviewer, card.second} - {account.person}, by=by, at=at)
    return edition


def withdraw(*, card: Card, words: str, by: Actor, at: datetime) -> Card:
    """Readers lose it; its editions are kept, and its work may be assessed anew by taking it up again."""
    if not words.strip():
        raise Refusal(_("Please say why the card is withdrawn."))
    with transaction.atomic():
        card, account = _locked(card), acting(by)
        before = card.state
        rules.check_may_withdraw(account, card, on=timezone.localdate(at))
        card.state, card.edition, card.changed_at = State.WITHDRAWN, None, at
        card.save(update_fields=["state", "edition", "changed_at"])
        fact = CardWithdrawn(card_id=card.pk, work_id=card.work_id)
        step = _step(card, Kind.WITHDRAWN, words=words, by=by, at=at, before=before, fact=fact)
        drop_all_for(subject=(CARD, card.pk), kind=SECOND_DUTY, why=words, by=by, at=at)
        _tell(card, step, {card.reviewer, card.second} - {account.person, None}, by=by, at=at)
    return card


def take_up(*, card: Card, by: Actor, at: datetime) -> Card:
    """A withdrawn card is a draft again; readers get it only by the whole way."""
    with transaction.atomic():
        card = _locked(card)
        before = card.state
        rules.check_may_take_up(acting(by), card, on=timezone.localdate(at))
        card.state = State.DRAFT
        card.save(update_fields=["state"])
        _step(card, Kind.TAKEN_UP, words="", by=by, at=at, before=before)
    return card


def _close_duty(card: Card, *, how: Any, by: Actor, at: datetime) -> None:
    settle_all_for(subject=(CARD, card.pk), kind=SECOND_DUTY, how=str(how), by=by, at=at)


def _tell(card: Card, step: CardStep, people: set[Person | None], *, by: Actor, at: datetime) -> None:
    said = {"title": card.work.title, "step": in_every_language(Kind(step.kind).label), "who": by.label}
    for person in people:
        if person is not None:
            tell(
                person=person, kind=STEP_NOTICE, words=said, link=address_of(card), cause=f"card-step:{step.pk}",
                by=by, at=at,
            )  # fmt: skip
