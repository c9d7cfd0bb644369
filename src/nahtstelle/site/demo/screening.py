"""The demo's review under way: two people judge the invented studies, disagree here and there, and draw a sample."""

from datetime import datetime, timedelta
from typing import Any

from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions import looks, pool, reviews, screening
from nahtstelle.rooms.library.models import Criterion, Import, Item, Member, Review, Stage, Tag

from .shelving import SOURCE


def screen(row: dict[str, Any], *, at: datetime) -> Review:
    """One review as ``content/library/screening.yaml`` tells it; the studies must be there."""
    return _Past(row, at).review


class _Past:
    """What happened in a review, a minute after the other."""

    def __init__(self, row: dict[str, Any], at: datetime) -> None:
        self.row, self.at = row, at
        slugs = [row[part] for part in ("lead", "screener", "resolver")]
        accounts = {
            one.person.slug: one for one in Account.objects.select_related("person").filter(person__slug__in=slugs)
        }
        self.lead, self.screener, self.resolver = (accounts[slug] for slug in slugs)
        self.review = self._begin()
        self.items = {item.work.citekey: item for item in self.review.items.select_related("work")}
        self.relevant = set(
            Tag.objects.filter(concept__key__in=row["relevant"], state=Tag.State.ACCEPTED).values_list(
                "work", flat=True
            )
        )
        self._read()
        self._read_full()
        self._draw()

    def later(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at

    def _begin(self) -> Review:
        row, by = self.row, self.lead.actor
        review = reviews.begin_review(
            title=row["title"], question=row["question"], plan=row["plan"], seed=20261109, by=by, at=self.later()
        )
        words = [{"word": word, "speaks": side} for side in ("for", "against") for word in row[side]]
        reviews.change_review(review=review, words=words, by=by, at=self.later())
        for excludes, name in ((False, "wanted"), (True, "unwanted")):
            for said in row[name]:
                reviews.add_criterion(review=review, words=said, excludes=excludes, by=by, at=self.later())
        for somebody, role in ((self.screener, Member.Role.SCREENER), (self.resolver, Member.Role.RESOLVER)):
            reviews.add_member(
                review=review,
                person=somebody.person,
                role=role,
                valid_from=self.at.date(),
                valid_until=None,
                by=by,
                at=self.later(),
            )
        pool.add_from_import(review=review, batch=Import.objects.get(source=SOURCE), by=by, at=self.later())
        return reviews.open_screening(review=review, by=by, at=self.later())

    def _says(
        self, somebody: Account, item: Item, verdict: str, stage: str = Stage.TITLE, reason: Criterion | None = None
    ) -> None:
        screening.judge(
            review=self.review,
            item=item,
            stage=stage,
            verdict=verdict,
            reason=reason,
            by=somebody.actor,
            at=self.later(),
        )

    def _verdicts(self, key: str) -> tuple[str, str]:
        """What lead and screener say of a title."""
        first = "include" if self.items[key].work_id in self.relevant else "exclude"
        if key in self.row["doubtful"]:
            return "maybe", first
        return first, {"include": "exclude", "exclude": "include"}[first] if key in self.row["disputed"] else first

    def _read(self) -> None:
        for key in list(self.items)[: self.row["read"]]:
            for somebody, verdict in zip((self.lead, self.screener), self._verdicts(key), strict=True):
                self._says(somebody, self.items[key], verdict)
        for one in self.row["settled"]:
            if self.items[one["key"]].place < self.row["read"]:
                self._settle(one)

    def _settle(self, one: dict[str, str]) -> None:
        screening.settle(
            review=self.review, item=self.items[one["key"]], stage=Stage.TITLE, verdict=one["verdict"], note=one["why"],
            by=self.resolver.actor, at=self.later(),
        )  # fmt: skip

    def _read_full(self) -> None:
        reasons = {one.words: one for one in self.review.criteria.filter(excludes=True)}
        for one in self.row["full"]:
            item = self.items[one["key"]]
            self._says(self.lead, item, one["lead"], Stage.FULL, reasons.get(one.get("reason", "")))
            other = one.get("other", one.get("reason", ""))
            self._says(self.screener, item, one["screener"], Stage.FULL, reasons.get(other))

    def _draw(self) -> None:
        look = looks.draw_look(review=self.review, size=self.row["look"], by=self.lead.actor, at=self.later())
        drawn = list(look.items.select_related("work").order_by("place"))
        for number, item in enumerate(drawn[: self.row["look_read"]]):
            first, second = self._verdicts(item.work.citekey)
            self._says(self.lead, item, "include" if number == 0 else first)
            # The first is left in dispute, the last waits for the second answer.
            if number == 0:
                self._says(self.screener, item, "exclude")
            elif number < self.row["look_read"] - 1:
                self._says(self.screener, item, second)
