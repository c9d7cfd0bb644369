"""Who may do what with an assessment card, and when. Buttons, pages and actions ask these same sentences.

The life of a card::

    draft → with its second reviewer → agreed → published ⇄ draft of the next edition
    withdrawn → draft

While the next edition is written, readers keep the one they have.
"""

from datetime import date

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal
from nahtstelle.register.people.models import Account, CentreRole, Person
from nahtstelle.register.people.queries import centre_roles
from nahtstelle.register.people.rules import check_role, check_signed_in

from ..models import Card, CardEdition, CardSave, Item, Member, Review, Work
from ..templates_of_study import NAMES
from .people import LIBRARIANS, check_may_keep

State = Card.State
WITHDRAWERS = (CentreRole.Role.EDITOR, CentreRole.Role.LEAD)


def _person(account: object) -> Person:
    check_signed_in(account)
    assert isinstance(account, Account)
    return account.person


def in_team(person: Person, review: Review | None, *, on: date) -> bool:
    return review is not None and Member.objects.on(on).filter(review=review, person=person).exists()


def check_may_start(account: object, work: Work, *, review: Review | None = None, on: date) -> None:
    """Who keeps the library; from a review also its team, which may have no role at the centre."""
    if not in_team(_person(account), review, on=on):
        check_may_keep(account, on=on)
    if work.merged_into_id is not None:
        raise NotNow(_("This record was merged into another work; assess that one."))
    if Card.objects.filter(work=work).exists():
        raise NotNow(_("This study has an assessment card already; go on with that one."))
    if review is not None and not Item.objects.filter(review=review, work=work).exists():
        raise Refusal(_("This work is not in the pool of that review."))


def check_may_see(account: object, card: Card, *, on: date) -> None:
    """Staff, and the team of the review it came from; who has left the centre reads no more, not even their own."""
    person = _person(account)
    if not centre_roles(person, on=on) and not in_team(person, card.review, on=on):
        raise NotYours(_("Cards on their way are read by staff of the centre and by the team of their review."))


def writes(person: Person, card: Card, *, on: date) -> bool:
    """Who keeps the library; of the team of its review whoever began it."""
    if centre_roles(person, on=on) & set(LIBRARIANS):
        return True
    return card.reviewer_id == person.pk and in_team(person, card.review, on=on)


def check_may_edit(account: object, card: Card, *, on: date) -> None:
    """Its reviewer, and whoever keeps the library; while nobody is reviewing what they write."""
    if not writes(_person(account), card, on=on):
        raise NotYours(_("Only its reviewer, researchers, editors and the head of the centre change this card."))
    check_can_be_edited(card)


def check_can_be_edited(card: Card) -> None:
    if card.state == State.SUBMITTED:
        raise NotNow(_("This card is with its second reviewer; take it back or wait until it was sent back."))
    if card.state == State.AGREED:
        raise NotNow(_("This card was agreed to; publish it, or send it back before it is changed."))
    if card.state == State.WITHDRAWN:
        raise NotNow(_("This card was withdrawn; take it up again before it is changed."))


WANTED: tuple[tuple[str, Promise], ...] = (
    ("question", _("the question")),
    ("method", _("the method")),
    ("strength_why", _("the reason for the strength of evidence")),
    ("limits", _("the limits")),
)


def missing_in(card: Card) -> list[Promise]:
    """What a reader would miss: named together, so that nobody has to try again and again."""
    missing = [words for name, words in WANTED if not getattr(card, name).strip()]
    if not (card.finding_de.strip() or card.finding_en.strip()):
        missing.append(_("the finding in one sentence, in German or English"))
    if not (card.meaning_de.strip() or card.meaning_en.strip()):
        missing.append(_("the meaning for practice, in German or English"))
    if not card.concepts.exists():
        missing.append(_("a facet under which it is found"))
    return missing


def has_news(card: Card) -> bool:
    """Does the card say anything that readers do not have?"""
    edition = card.edition
    if edition is None:
        return True
    if any(getattr(edition, name) != getattr(card, name) for name in TEXTS):
        return True
    return any(
        set(getattr(edition, name).values_list("pk", flat=True))
        != set(getattr(card, name).values_list("pk", flat=True))
        for name in ("concepts", "programmes")
    )


TEXTS = (
    "template", "question", "method", "sample", "particulars", "data_from", "data_until", "strength", "strength_why",
    "finding_de", "finding_en", "meaning_de", "meaning_en", "limits",
)  # fmt: skip


def check_complete(card: Card) -> None:
    missing = missing_in(card)
    if missing:
        named = format_lazy(", ".join(["{}"] * len(missing)), *missing)
        raise NotNow(format_lazy("{} {}.", _("Before a second person reads it, the card still needs:"), named))
    if card.left.filter(settled_at=None).exists():
        raise NotNow(_("Words of a second writer still wait beside the card; decide on them first."))
    if not has_news(card):
        raise NotNow(_("Nothing has changed since the published edition."))


def seconds(card: Card, *, on: date) -> QuerySet[Person]:
    """The persons who may be asked to review a card: who keeps the library and has an open account, but not its reviewer
    nor anybody who wrote in it since the last edition."""
    roles = CentreRole.objects.on(on).filter(role__in=LIBRARIANS)
    found = Person.objects.filter(pk__in=roles.values("person"), account__is_active=True, erased_at=None)
    return found.exclude(pk=card.reviewer_id).exclude(pk__in=written_by(card).values("by__person")).order_by("name")


def written_by(card: Card) -> QuerySet[CardSave]:
    """The saves by people since the edition readers have."""
    saves = CardSave.objects.filter(card=card, by__isnull=False)
    return saves.filter(at__gt=card.edition.published_at) if card.edition else saves


def check_second(card: Card, second: Person | None, *, on: date) -> None:
    """Four eyes: never the same person, never somebody who wrote in it, and somebody who may judge."""
    if second is None:
        raise Refusal(_("Please choose who is to review it."))
    if second.pk == card.reviewer_id:
        raise Refusal(_("The second reviewer is somebody else than the first."))
    if written_by(card).filter(by__person=second).exists():
        raise Refusal(_("%(name)s wrote in this card; a person who did not reviews it.") % {"name": second.name})
    if not seconds(card, on=on).filter(pk=second.pk).exists():
        raise Refusal(
            _("%(name)s cannot be asked: only researchers, editors and the head of the centre with an account here.")
            % {"name": second.name}
        )


def check_may_submit(account: object, card: Card, *, on: date) -> None:
    check_may_edit(account, card, on=on)
    check_complete(card)


def check_may_second(account: object, card: Card, *, on: date) -> None:
    """The one who was asked, and nobody else."""
    person = _person(account)
    if card.state != State.SUBMITTED:
        raise NotNow(_("This card is not with a second reviewer."))
    if person.pk == card.reviewer_id:
        raise NotYours(_("You are the reviewer of this card; a second person agrees to it."))
    if person.pk != card.second_id:
        raise NotYours(_("Only the second reviewer who was asked agrees to this card."))
    if not centre_roles(person, on=on) & set(LIBRARIANS):
        raise NotYours(_("Your role at the centre has ended; somebody else has to review this card."))
    if written_by(card).filter(by__person=person).exists():
        raise NotYours(_("You wrote in this card; a second person agrees to it."))


def check_may_send_back(account: object, card: Card, *, on: date) -> None:
    """Its second reviewer sends it back, its writers take it back; both until it is published."""
    person = _person(account)
    if card.state not in (State.SUBMITTED, State.AGREED):
        raise NotNow(_("This card is not with a reviewer."))
    if not writes(person, card, on=on):
        raise NotYours(_("Only its reviewers and whoever keeps the library send this card back."))


def check_may_publish(account: object, card: Card, *, on: date) -> None:
    check_role(
        account, LIBRARIANS, on=on, sentence=_("Only researchers, editors and the head of the centre publish a card.")
    )
    if card.state != State.AGREED:
        raise NotNow(_("Only a card to which a second reviewer agreed is published."))


def check_may_withdraw(account: object, card: Card, *, on: date) -> None:
    person = _person(account)
    is_reviewer = person.pk == card.reviewer_id and writes(person, card, on=on)
    if not is_reviewer and not centre_roles(person, on=on) & set(WITHDRAWERS):
        raise NotYours(_("Only its reviewer, editors and the head of the centre withdraw a card."))
    if card.state == State.WITHDRAWN:
        raise NotNow(_("This card is already withdrawn."))


def check_may_take_up(account: object, card: Card, *, on: date) -> None:
    if card.state != State.WITHDRAWN:
        raise NotNow(_("Only a withdrawn card is taken up again."))
    if not writes(_person(account), card, on=on):
        raise NotYours(_("Only its reviewer, researchers, editors and the head of the centre change this card."))


def check_may_settle_left(account: object, by_id: int | None, *, on: date) -> None:
    """Whoever wrote words that were left decides on them; where that person has gone, who keeps the library."""
    person = _person(account)
    assert isinstance(account, Account)
    if by_id == account.pk:
        return
    author = Account.objects.filter(pk=by_id).select_related("person").first()
    if author is not None and author.is_active:
        raise NotYours(_("Only the author of these words decides what becomes of them."))
    if not centre_roles(person, on=on) & set(LIBRARIANS):
        raise NotYours(_("Only the author of these words decides what becomes of them."))


def check_particulars(answers: dict[str, object]) -> None:
    """Only what some kind of study asks for is kept: answers outlast a change of the kind, and come back with it."""
    if set(answers) - NAMES:
        raise Refusal(_("No kind of study asks for that; please open the form again."))


def says_otherwise(before: CardEdition | None, now: Card) -> bool:
    """Would somebody who relied on the edition before have to think again?"""
    if before is None:
        return False
    return any(getattr(before, name) != getattr(now, name) for name in ("finding_de", "finding_en", "strength"))
