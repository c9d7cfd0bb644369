"""Beginning and writing a card: two people at once are merged field by field, and nothing that was typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.plumbing.ledger.actions import Touched, changes_between, record
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.duties.rules import account_behind
from nahtstelle.register.people.models import Account
from nahtstelle.register.programmes.models import Programme
from nahtstelle.register.vocabulary.models import Concept

from ..card_merging import SETS, merged
from ..facts import CardSaved, CardStarted
from ..models import Card, CardEdition, CardLeft, CardSave, Review, Tag, Work
from ..rules import cards as rules

FIELDS = (*rules.TEXTS, *SETS)


@dataclass(frozen=True, slots=True)
class Saved:
    """``merged``: somebody else had written meanwhile. ``left`` is set where both had touched the same field.

    ``sent_as`` is the revision that says exactly what was sent: whoever types on goes on from there.
    """

    card: Card
    revision: int
    sent_as: int
    merged: bool = False
    left: CardLeft | None = None


def acting(by: Actor) -> Account:
    """The account that acts; raises ``NotYours`` where the platform acts by itself."""
    account = account_behind(by)
    if account is None:
        raise NotYours("A card is the work of a person.")
    return account


def start_card(*, work: Work, review: Review | None = None, by: Actor, at: datetime) -> Card:
    """Begin a card; whoever begins it is its reviewer. Facets that were accepted on the work stand in it already."""
    account = acting(by)
    with transaction.atomic():
        work = Work.objects.select_for_update().get(pk=work.pk)
        rules.check_may_start(account, work, review=review, on=timezone.localdate(at))
        card = Card.objects.create(work=work, review=review, reviewer=account.person, created_at=at, changed_at=at)
        accepted = Tag.objects.filter(work=work, state=Tag.State.ACCEPTED).values("concept")
        card.concepts.set(Concept.objects.filter(pk__in=accepted))
        _keep(card, says_of(card), account=account, at=at)
        record(CardStarted(card_id=card.pk, work_id=work.pk), by=by, at=at, touched=[card, work])
    return card


def says_of(card: Card | CardEdition) -> dict[str, Any]:
    """What a card says, in plain values; facets and programmes by their keys."""
    says = {name: getattr(card, name) for name in rules.TEXTS}
    says["concepts"] = sorted(one.key for one in card.concepts.all())
    says["programmes"] = sorted(one.key for one in card.programmes.all())
    return says


def save_card(
    *, card: Card, says: Mapping[str, Any], started_from: int, automatic: bool = False, by: Actor, at: datetime
) -> Saved:
    """Save what was written since revision ``started_from``; ``says`` may hold some of the fields only.

    What somebody else wrote meanwhile stays; where both touched the same field, the later words are kept beside as a
    ``CardLeft``. Where the card may not be written any more (it went to its reviewer), they are kept too, and the refusal
    is raised after that. What readers have is left as it is: a published card becomes the draft of its next edition.
    """
    account = acting(by)
    try:
        with transaction.atomic():
            return _save(card, says, started_from=started_from, automatic=automatic, account=account, by=by, at=at)
    except Refusal as refusal:
        if isinstance(refusal, NotNow) and rules.writes(account.person, card, on=timezone.localdate(at)):
            _leave(card, _news(card, says, started_from), account=account, at=at)
        raise


def _save(
    card: Card,
    says: Mapping[str, Any],
    *,
    started_from: int,
    automatic: bool,
    account: Account,
    by: Actor,
    at: datetime,
) -> Saved:
    card = Card.objects.select_for_update().get(pk=card.pk)
    rules.check_may_edit(account, card, on=timezone.localdate(at))
    now = base = says_of(card)
    if card.revision != started_from:
        began = CardSave.objects.filter(card=card, revision=started_from).first()
        base = began.says if began else {}
    sent = {name: says[name] for name in FIELDS if name in says}
    both = merged(base, now, sent)
    left = _leave(card, both.met, account=account, at=at)
    changes = changes_between(now, both.says)
    seen_by_sender = {**base, **sent}
    alone = seen_by_sender == both.says
    if not changes and alone:
        return Saved(card, card.revision, card.revision, left=left)
    rules.check_particulars(both.says["particulars"])
    sent_as = card.revision = card.revision + 1
    if not alone:
        # What its writer has before the eyes is kept too: the next save of it is merged from there.
        _keep(card, seen_by_sender, account=account, at=at)
        card.revision += 1
    _put(card, both.says)
    if changes:
        card.changed_at = at
        if card.state == Card.State.PUBLISHED:
            card.state = Card.State.DRAFT
    card.full_clean(exclude=["edition", "work", "particulars"])
    card.save()
    _keep(card, both.says, account=account if changes else None, at=at)
    if changes and not automatic:
        fact = CardSaved(card_id=card.pk, revision=card.revision)
        record(fact, by=by, at=at, touched=[Touched(card, changes)])
    return Saved(card, card.revision, sent_as, merged=not alone, left=left)


def _put(card: Card, says: Mapping[str, Any]) -> None:
    for name in rules.TEXTS:
        setattr(card, name, says[name])
    card.concepts.set(Concept.objects.filter(key__in=says["concepts"]))
    card.programmes.set(Programme.objects.filter(key__in=says["programmes"]))


def _keep(card: Card, says: dict[str, Any], *, account: Account | None, at: datetime) -> None:
    CardSave.objects.create(card=card, revision=card.revision, by=account, at=at, says=says)


def _news(card: Card, says: Mapping[str, Any], started_from: int) -> dict[str, Any]:
    """Of what was sent, what its writer had typed anew."""
    began = CardSave.objects.filter(card=card, revision=started_from).first()
    base = began.says if began else {}
    return {name: says[name] for name in FIELDS if name in says and says[name] != base.get(name)}


def _leave(card: Card, says: dict[str, Any], *, account: Account, at: datetime) -> CardLeft | None:
    """Keep words beside; the same words once only, however often the form sends them."""
    if not says:
        return None
    for known in CardLeft.objects.filter(card=card, by=account, settled_at=None):
        if known.says == says:
            return known
    return CardLeft.objects.create(card=card, by=account, at=at, says=says)


def settle_left(*, left: CardLeft, take: bool, by: Actor, at: datetime) -> Saved | None:
    """Decide on words that were left: put them in the place of what stands there, or let them go."""
    account = acting(by)
    with transaction.atomic():
        left = CardLeft.objects.select_for_update().select_related("card").get(pk=left.pk)
        rules.check_may_settle_left(account, left.by_id, on=timezone.localdate(at))
        if left.settled_at is not None:
            return None
        saved = None
        if take:
            says = dict(left.says)
            if "particulars" in says:
                says["particulars"] = {**left.card.particulars, **says["particulars"]}
            saved = save_card(card=left.card, says=says, started_from=left.card.revision, by=by, at=at)
        CardLeft.objects.filter(pk=left.pk).update(settled_at=at)
    return saved
