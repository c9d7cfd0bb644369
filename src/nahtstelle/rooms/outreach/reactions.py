"""What this room does when a fact arrives."""

from datetime import datetime

from nahtstelle.plumbing.ledger.actors import Actor

from . import actions
from .facts import DispatchApproved
from .models import Dispatch


def write_letters(fact: DispatchApproved, *, by: Actor, at: datetime) -> None:
    actions.write_letters(Dispatch.objects.get(pk=fact.dispatch_id), by=by, at=at)
