"""Who is in the team of a review, and since when."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from nahtstelle.register.people.models import Account, Person

from ..models import Member, Review

Role = Member.Role
SCREENING = (Role.LEAD, Role.SCREENER)
SETTLING = (Role.LEAD, Role.RESOLVER)


def roles_in(review: Review, person: Person, *, on: date) -> frozenset[str]:
    """What somebody is in the team on a day."""
    return frozenset(Member.objects.on(on).filter(review=review, person=person).values_list("role", flat=True))


def reviews_of(person: Person, *, on: date) -> QuerySet[Review]:
    """The reviews somebody works on that day."""
    mine = Member.objects.on(on).filter(review=OuterRef("pk"), person=person)
    return Review.objects.filter(Exists(mine))


def is_member_anywhere(person: Person, *, on: date) -> bool:
    return Member.objects.on(on).filter(person=person).exists()


def last_day_of(review: Review, person: Person) -> date | None:
    """The last day of somebody who was in the team."""
    days = Member.objects.filter(review=review, person=person, valid_until__isnull=False)
    return days.order_by("-valid_until").values_list("valid_until", flat=True).first()


def team(review: Review) -> QuerySet[Member]:
    return review.members.select_related("person").order_by("valid_until", "role", "person__name")


def members_on(review: Review, roles: tuple[str, ...], *, on: date) -> QuerySet[Member]:
    return Member.objects.on(on).filter(review=review, role__in=roles)


def account_of(pk: int | None) -> Account:
    """The account behind an actor. Raises ``Account.DoesNotExist`` for the platform itself."""
    return Account.objects.select_related("person").get(pk=pk)
