"""Sweeping: what is kept only for a while is removed when the while is over."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from nahtstelle.plumbing.kit.models import Submission
from nahtstelle.plumbing.ledger.actors import Actor
from nahtstelle.plumbing.links.signing import forget_ended

SUBMISSIONS_KEPT = timedelta(days=7)  # far longer than any browser repeats a form


def sweep_submissions(*, by: Actor, at: datetime) -> int:
    """Forget the keys of forms carried out more than a week ago; their number."""
    return Submission.objects.filter(at__lt=at - SUBMISSIONS_KEPT).delete()[0]


def sweep_sessions(*, by: Actor, at: datetime) -> int:
    """Forget sessions that have ended; their number."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def sweep_links(*, by: Actor, at: datetime) -> int:
    """Forget links that were good once and ended a month ago; their number."""
    return forget_ended(at=at)
