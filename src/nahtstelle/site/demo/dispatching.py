"""The dispatches of the demo's past: prepared, approved by a second person, written, answered by link."""

from datetime import datetime
from typing import Any

from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.ledger.delivery import deliver_all
from nahtstelle.rooms.outputs.models import Output
from nahtstelle.rooms.outreach import actions
from nahtstelle.rooms.outreach.models import Dispatch

from .company import Company

WORDS = ("subject_de", "subject_en", "intro_de", "intro_en", "ask_until", "roles")


def dispatch(row: dict[str, Any], company: Company, *, at: datetime) -> None:
    """Prepare, submit and approve one dispatch of ``story/dispatches.yaml``; its letters wait in the outbox.

    They stay there: the demo has no mail server.
    """
    preparing, approving = company.acting(row["prepared_by"]), company.acting(row["approved_by"])
    made = actions.prepare(
        Output.objects.get(slug=row["bulletin"]), at=at, **preparing,
        programmes=[company.programmes[key] for key in row.get("programmes", ())],
        regions=[company.concepts[key] for key in row.get("regions", ())],
        themes=[company.concepts[key] for key in row.get("themes", ())],
        **{name: row[name] for name in WORDS if name in row},
    )  # fmt: skip
    submitted = actions.submit(made, at=at, **preparing)
    actions.approve(submitted, revision=submitted.revision, recipients=submitted.recipients.count(), at=at, **approving)
    deliver_all(at=at)


def take_answer(row: dict[str, Any], bulletin: str, company: Company, *, at: datetime) -> None:
    """What one recipient of a bulletin did with it. Raises ``Recipient.DoesNotExist`` for somebody nothing was sent to."""
    person = company.accounts[row["person"]].person
    recipient = Dispatch.objects.get(bulletin__slug=bulletin).recipients.get(person=person)
    by = Actor(ref=f"person:{person.pk}", label=person.name)
    actions.answer(recipient, answer=row["answer"], words=row.get("words", ""), by=by, at=at)
