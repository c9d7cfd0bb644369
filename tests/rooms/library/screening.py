"""A review under way for the tests of screening: its team, its pool, and short words for what people do."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions import screening
from nahtstelle.rooms.library.models import Criterion, Decision, Item, Review, Stage
from tests.rooms.library import stock

TOPICS = (
    "Arbeit und Anerkennung: Wer Arbeit sucht",
    "Wetter und Klima: Regen fällt",
    "Sprache und Kurs: Deutsch lernen",
)


@dataclass(slots=True)
class Room:
    """A review with people who judge; ``at`` goes on by a minute with each thing done."""

    review: Review
    items: list[Item]
    at: datetime = field(default_factory=timezone.now)

    def later(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def says(self, somebody: Account, place: int, verdict: str, **how: object) -> Decision:
        """Somebody opens a work and answers."""
        return screening.judge(
            review=self.review, item=self.items[place], stage=how.pop("stage", Stage.TITLE), verdict=verdict,
            by=somebody.actor, at=self.later(), **how,
        )  # fmt: skip

    def offered(self, somebody: Account, **how: object) -> int | None:
        """The place of the work that is laid before somebody."""
        stage = how.pop("stage", Stage.TITLE)
        found = screening.take_next(review=self.review, stage=stage, by=somebody.actor, at=self.later(), **how)
        return found.item.place if found else None

    def outcome(self, place: int, stage: str = Stage.TITLE) -> str:
        item = Item.objects.get(pk=self.items[place].pk)
        return item.full_outcome if stage == Stage.FULL else item.title_outcome

    def reason(self, words: str = "falsche Gruppe") -> Criterion:
        made, _new = Criterion.objects.get_or_create(review=self.review, excludes=True, words=words)
        return made


def room(*, judges: int, works: int = 6, slug: str = "arbeit", **fields: object) -> Room:
    """A review being screened, without a team."""
    review = stock.review(slug, judges=judges, state=Review.State.SCREENING, **fields)
    items = stock.pool(review, *(f"{number}. {TOPICS[number % 3]}" for number in range(works)))
    return Room(review, items)
