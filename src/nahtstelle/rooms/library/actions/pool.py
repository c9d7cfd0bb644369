"""The pools of reviews follow the works in them."""

from datetime import datetime

from nahtstelle.plumbing.ledger.actors import Actor

from ..models import Work


def follow_merge(*, kept: Work, absorbed: Work, by: Actor, at: datetime) -> None:
    """Two works of one pool became one."""


def follow_parting(*, kept: Work, restored: Work, by: Actor, at: datetime) -> None:
    """They are two again."""
