"""Works, deliveries and reviews for the tests of the library, as short as they can be said."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from nahtstelle.register.people.models import Account, Person
from nahtstelle.rooms.library.models import Card, CardEdition, Import, Item, Member, Record, Review, Work

SINCE = date(2020, 1, 1)


def work(citekey: str = "klee2021", **fields: Any) -> Work:
    """A work nobody imported."""
    now = timezone.now()
    given = {"title": f"Title of {citekey}", "authors": [["Klee", "Anna"]], "year": 2021, "kind": "article-journal"}
    return Work.objects.create(citekey=citekey, created_at=now, changed_at=now, **given | fields)


def delivery(source: str = "Scopus", *, state: str = Import.State.DONE, **fields: Any) -> Import:
    now = timezone.now()
    done = now if state in ("done", "undoing", "undone") else None
    return Import.objects.create(source=source, state=state, given_at=now, done_at=done, **fields)


def record(batch: Import, number: int, of: Work | None = None, **values: Any) -> Record:
    """``values`` are those of the engine's ``Record``."""
    return Record.objects.create(
        batch=batch, number=number, work=of, state=Record.State.NEW if of else Record.State.WAITING,
        title=values.get("title", ""), year=values.get("year"), doi=values.get("doi", ""), key=values.get("key", ""),
        values=values, digest=str(number),
    )  # fmt: skip


def review(slug: str = "arbeit", **fields: Any) -> Review:
    given = {"title": "Zugang zu Arbeit", "question": "Was hilft beim Zugang zu Arbeit?", "seed": 1}
    engine = {"features": "words-and-bridges", "model": "machine"}
    return Review.objects.create(slug=slug, created_at=timezone.now(), **given | engine | fields)


def member(of: Review, person: Person, role: str = Member.Role.SCREENER) -> Member:
    return Member.objects.create(review=of, person=person, role=role, valid_from=SINCE)


def card(of: Work, reviewer: Account, **fields: Any) -> Card:
    """A draft of a card."""
    now = timezone.now()
    return Card.objects.create(work=of, reviewer=reviewer.person, created_at=now, changed_at=now, **fields)


def published_card(of: Work, reviewer: Account, second: Account, *, at: datetime | None = None, **says: Any) -> Card:
    """A card readers have: its edition says what its draft says."""
    at = at or timezone.now()
    given = {"finding_de": "Es hilft.", "finding_en": "It helps.", "strength": 3, "template": "survey"} | says
    made = card(of, reviewer, second=second.person, **given)
    made.edition = CardEdition.objects.create(
        card=made, number=1, stand=at.date(), reviewed_by=reviewer.person.name, seconded_by=second.person.name,
        published_at=at, **given,
    )  # fmt: skip
    made.state = Card.State.PUBLISHED
    made.save()
    return made


def team_of(review: Review, **people: Account) -> None:
    """``lead=emre, screener=tariq``: each with that part in the review."""
    for role, somebody in people.items():
        member(review, somebody.person, Member.Role[role.upper()])


def pool(review: Review, *texts: str, judges: int | None = None) -> list[Item]:
    """A work for each text, ``"title: abstract"``, put into the pool in this order."""
    first = review.items.count()
    made = []
    for place, text in enumerate(texts, start=first):
        title, _colon, abstract = text.partition(": ")
        one = work(f"{review.slug}{place}", title=title, abstract=abstract)
        made.append(
            Item.objects.create(
                review=review,
                work=one,
                place=place,
                added_at=timezone.now(),
                judges=judges or review.judges,
                by_hand=True,
            )
        )
    return made
