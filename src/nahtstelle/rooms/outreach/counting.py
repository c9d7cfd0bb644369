"""How many: the make-up of a list before it is approved, and what became of its letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from nahtstelle.register.notices.models import Letter
from nahtstelle.register.people.models import Person
from nahtstelle.rooms.outputs.models import Output

from .models import Dispatch, Reason, Recipient
from .queries import LOST, Concerned


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people who are written to stand for each value; one person may stand for several."""

    programmes: dict[int, int]
    regions: dict[int, int]  # 0: no Land given
    roles: dict[str, int]
    languages: dict[str, int]
    left_out: dict[str, int]
    total: int


def counts_of(people: Iterable[Concerned]) -> Counts:
    """The counts of a list that is not fixed yet."""
    counts = Counts({}, {}, {}, {}, {}, 0)
    total = 0
    for one in people:
        if one.left_out:
            _count(counts.left_out, {one.left_out})
            continue
        total += 1
        _count(counts.programmes, {reason.programme_id for reason in one.reasons})
        _count(counts.regions, {reason.region_id or 0 for reason in one.reasons})
        _count(counts.roles, {reason.role for reason in one.reasons})
        _count(counts.languages, {one.person.language})
    return Counts(counts.programmes, counts.regions, counts.roles, counts.languages, counts.left_out, total)


def _count(numbers: dict[Any, int], values: set[Any]) -> None:
    for value in values:
        numbers[value] = numbers.get(value, 0) + 1


def counts_on_list(dispatch: Dispatch) -> Counts:
    """The counts of the fixed list, in five queries."""
    written = dispatch.recipients.filter(left_out="").order_by()
    reasons = Reason.objects.filter(recipient__dispatch=dispatch, recipient__left_out="").order_by()
    people = Count("recipient", distinct=True)
    languages = dict(written.values_list("language").annotate(n=Count("id")))
    return Counts(
        programmes=dict(reasons.values_list("programme").annotate(n=people)),
        regions={region or 0: number for region, number in reasons.values_list("region").annotate(n=people)},
        roles=dict(reasons.values_list("role").annotate(n=people)),
        languages=languages,
        left_out=dict(
            dispatch.recipients.exclude(left_out="").order_by().values_list("left_out").annotate(n=Count("id"))
        ),
        total=sum(languages.values()),
    )


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the letters of a dispatch: ``forgotten`` ones left the outbox, sent or not, and were cleared away."""

    waiting: int
    sent: int
    lost: int
    forgotten: int
    answers: dict[str, int]  # "" for none yet; of those who were written to

    @property
    def written(self) -> int:
        return self.waiting + self.sent + self.lost + self.forgotten

    @property
    def answered(self) -> int:
        return sum(number for answer, number in self.answers.items() if answer)


def fate_of(dispatch: Dispatch) -> Fate:
    written = dispatch.recipients.filter(left_out="")
    numbers = written.aggregate(
        waiting=Count("id", filter=Q(letter__state__in=[Letter.State.QUEUED, Letter.State.SENDING])),
        sent=Count("id", filter=Q(letter__state=Letter.State.SENT)),
        lost=Count("id", filter=Q(letter__state__in=LOST)),
        forgotten=Count("id", filter=Q(letter__isnull=True)),
    )
    counted = dict(written.order_by().values_list("answer").annotate(n=Count("id")))
    answers = {"": counted.get("", 0)} | {answer: counted.get(answer, 0) for answer in Recipient.Answer.values}
    return Fate(**numbers, answers=answers)


def written_before(dispatch: Dispatch, people: Iterable[int] | QuerySet[Any]) -> int:
    """How many of these persons already got a letter of another dispatch that leads to the same text."""
    others = Recipient.objects.filter(dispatch__bulletin=dispatch.bulletin_id, dispatch__state=Dispatch.State.SENT)
    told = others.exclude(dispatch=dispatch).filter(left_out="")
    if isinstance(people, QuerySet):
        return told.filter(person__in=people).values("person").distinct().count()
    return len(set(people) & set(told.values_list("person", flat=True)))


def shut_out(dispatch: Dispatch, people: Iterable[int] | QuerySet[Any]) -> int:
    """How many of these persons have no account and so could not open a text that is not for everybody."""
    if dispatch.bulletin.audience == Output.Audience.PUBLIC:
        return 0
    strangers = Person.objects.filter(account__isnull=True)
    if isinstance(people, QuerySet):
        return strangers.filter(pk__in=people).count()
    return len(set(people) & set(strangers.values_list("pk", flat=True)))
