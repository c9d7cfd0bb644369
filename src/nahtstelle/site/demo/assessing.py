"""The demo's assessment cards and open questions: written, reviewed and published by the hands of those who would."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.register.people.models import Account
from nahtstelle.rooms.library.actions import cards
from nahtstelle.rooms.library.actions.card_saving import says_of
from nahtstelle.rooms.library.actions.questions import take_up_gap
from nahtstelle.rooms.library.models import Card, Notice, Work

from .company import Company
from .content_files import read_list
from .moments import TEXTS, at

TEXT = (
    "question", "method", "sample", "particulars", "strength", "strength_why", "finding_de", "finding_en", "meaning_de",
    "meaning_en", "limits",
)  # fmt: skip
Step = tuple[datetime, Any]


def assessments(company: Company) -> Iterator[Step]:
    """What happens to cards and questions, each with its moment."""
    for row in read_list("library/cards.yaml"):
        moment = at(row["day"], TEXTS)
        yield moment, partial(_assess, row, company, at=moment)
        if "next" in row:
            moment = at(row["next"]["day"], TEXTS)
            yield moment, partial(_assess_anew, row, company, at=moment)
    for row in read_list("library/questions.yaml"):
        moment = at(row["day"], TEXTS)
        yield moment, partial(_take_up, row, company, at=moment)
    for row in read_list("library/notices.yaml"):
        moment = at(row["day"], TEXTS)
        yield moment, partial(_befall, row, company, at=moment)


def _actor(company: Company, slug: str) -> Actor:
    account: Account = company.accounts[slug]
    return account.actor


def _assess(row: dict[str, Any], company: Company, *, at: datetime) -> None:
    first = _actor(company, row["by"])
    card = cards.start_card(work=Work.objects.get(citekey=row["key"]), by=first, at=at)
    says = says_of(card) | {name: row[name] for name in TEXT} | {"template": row["kind"]}
    says["data_from"], says["data_until"] = row["data"]
    says["concepts"] = sorted({*says["concepts"], *row["more"]})
    says["programmes"] = sorted(row["programmes"])
    card = cards.save_card(card=card, says=says, started_from=card.revision, by=first, at=at).card
    _bring_out(card, row, company, how_far=row.get("state", ""), at=at)


def _bring_out(
    card: Card, row: dict[str, Any], company: Company, *, how_far: str = "", note: str = "", at: datetime
) -> None:
    first, second = _actor(company, row["by"]), company.accounts[row["second"]]
    if how_far == "draft":
        return
    card = cards.submit(card=card, second=second.person, by=first, at=at)
    if how_far == "submitted":
        return
    card = cards.second(card=card, revision=card.revision, by=second.actor, at=at)
    if how_far != "agreed":
        cards.publish(card=card, note=note, by=first, at=at)


def _assess_anew(row: dict[str, Any], company: Company, *, at: datetime) -> None:
    """The next edition of a card."""
    card, said = Card.objects.get(work__citekey=row["key"]), row["next"]
    says = {name: said[name] for name in TEXT if name in said}
    card = cards.save_card(card=card, says=says, started_from=card.revision, by=_actor(company, row["by"]), at=at).card
    _bring_out(card, row, company, note=said["note"], at=at)


def _take_up(row: dict[str, Any], company: Company, *, at: datetime) -> None:
    take_up_gap(
        kind=row["kind"], words=row["words"], why=row["why"], concepts=[company.concepts[key] for key in row["concepts"]],
        owner=company.accounts[row["owner"]].person, due=row["due"], by=_actor(company, row["by"]), at=at,
    )  # fmt: skip


def _befall(row: dict[str, Any], company: Company, *, at: datetime) -> None:
    """A publication is retracted, unless the story has told it already."""
    work = Work.objects.get(citekey=row["key"])
    if work.standing != Work.Standing.SOUND:
        return
    Notice.objects.create(
        work=work, kind=row["kind"], on=at.date(), words=row["words"], doi=row["doi"], noted_at=at,
        noted_by=company.accounts[row["by"]],
    )  # fmt: skip
    work.standing = row["standing"]
    work.save(update_fields=["standing"])
