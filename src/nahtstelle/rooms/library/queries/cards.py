"""Asking about assessment cards on their way."""

from typing import Any

from django.db.models import Q, QuerySet

from nahtstelle.register.people.models import Account, Person
from nahtstelle.register.vocabulary.folding import fold

from ..models import Card, Work

WHOSE = ("mine", "waiting", "all")
SORTS = {"neu": ("-changed_at", "-id"), "titel": ("work__title", "id"), "jahr": ("-work__year", "work__title", "id")}


def cards(
    account: Account, *, whose: str = "all", words: str = "", state: str = "", template: str = "", sort: str = "neu"
) -> QuerySet[Card]:
    """Cards for staff: all, those one writes, or those that wait for one."""
    found = Card.objects.all()
    if whose == "mine":
        found = found.filter(reviewer=account.person)
    elif whose == "waiting":
        found = found.filter(waiting_for(account.person))
    for word in words.replace("\0", "").split():
        # ``folded`` is empty on works that came in before it was kept.
        found = found.filter(Q(work__folded__contains=fold(word)) | Q(work__title__icontains=word))
    if state in Card.State.values:
        found = found.filter(state=state)
    if template:
        found = found.filter(template=template)
    return found.select_related("work", "reviewer", "second", "edition").order_by(*SORTS.get(sort, SORTS["neu"]))


def waiting_for(person: Person) -> Q:
    """What a person has to do: review what was given to them, publish or mend what is theirs."""
    theirs = Q(reviewer=person, state=Card.State.AGREED)
    return Q(second=person, state=Card.State.SUBMITTED) | theirs


def card_of(work: Work) -> Card | None:
    """The card of a work, if it has one."""
    return Card.objects.filter(work=work).select_related("work", "reviewer", "second", "edition").first()


def with_all(citekey: str) -> QuerySet[Card]:
    return Card.objects.filter(work__citekey=citekey).select_related("work", "reviewer", "second", "edition", "review")


def left_of(card: Card, account: Any) -> list[Any]:
    """Words that wait beside a card for this writer's decision."""
    return list(card.left.filter(settled_at=None, by=account).order_by("id"))
