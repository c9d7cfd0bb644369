"""Signed links: they let somebody do one thing without an account.

A link is good for one purpose, for one thing, until a day or a moment; some only once. Each purpose signs with a salt
of its own, so a link for one is worth nothing to another. What is written into it is not secret, only unforgeable.
Opening a link changes nothing, because mail scanners open every link; the pages behind them ask for a POST.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import NotNow

from .models import OnceLink

UNTIL, ROW = "u", "n"
DAMAGED = _("This link is damaged. Please use the link in the letter as it is.")
EXPIRED = _("This link has expired. Please use the one in a newer letter, or ask for a new one.")
USED = _("This link was used already; it is good once. Please ask for a new one.")
# What ``sign`` and ``give_out`` make, and what Django makes for setting a password.
_TOKENS = re.compile(r"(?<![\w.-])(?:[\w-]{4,}:[\w-]{43}|[0-9a-z]{4,13}-[0-9a-f]{32})(?![\w-])")


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a kind of link is for. ``name`` must never change: links in letters that were sent carry it."""

    name: str
    good_for: timedelta
    once: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says: the values it was signed with, and the row that knows whether it was used."""

    purpose: Purpose
    values: dict[str, Any] = field(default_factory=dict)
    row: int | None = None


class Damaged(NotNow):
    """Forged, cut off, or made for something else."""


class Expired(NotNow):
    pass


class Used(NotNow):
    pass


class TakenBack(NotNow):
    pass


def sign(purpose: Purpose, *, at: datetime, **values: Any) -> str:
    """The token of a link that may be used often, good through the day on which ``good_for`` ends."""
    assert not purpose.once, f"{purpose.name} is good once; give_out remembers it"
    until = timezone.localdate(at) + purpose.good_for
    return _signer(purpose).sign_object({**values, UNTIL: until.isoformat()})


def give_out(purpose: Purpose, *, about: str, at: datetime, **values: Any) -> str:
    """The token of a link that is good once, until the moment ``good_for`` from now."""
    assert purpose.once, f"{purpose.name} may be used often; sign it"
    until = at + purpose.good_for
    row = OnceLink.objects.create(purpose=purpose.name, about=about, made_at=at, until=until)
    return _signer(purpose).sign_object({**values, ROW: row.pk, UNTIL: until.isoformat(timespec="seconds")})


def read(purpose: Purpose, token: str, *, on: date) -> Link:
    """What a link that may be used often says.

    Raises ``Damaged`` or ``Expired``, each with a sentence for who opened it.
    """
    values, until = _content(purpose, token)
    try:
        last_day = date.fromisoformat(until)
    except ValueError as damage:
        raise Damaged(DAMAGED) from damage
    if on > last_day:
        raise Expired(EXPIRED)
    return Link(purpose, values)


def read_once(purpose: Purpose, token: str, *, at: datetime) -> Link:
    """What a link that is good once says; it is not used up by that.

    Raises ``Damaged``, ``Expired``, ``Used`` or ``TakenBack``, each with a sentence for who opened it.
    """
    values, until = _content(purpose, token)
    try:
        row, ends_at = int(values.pop(ROW)), datetime.fromisoformat(until)
    except (KeyError, TypeError, ValueError) as damage:
        raise Damaged(DAMAGED) from damage
    _check_row(purpose, row)
    if at > ends_at:
        raise Expired(EXPIRED)
    return Link(purpose, values, row)


def _content(purpose: Purpose, token: str) -> tuple[dict[str, Any], str]:
    try:
        values = dict(_signer(purpose).unsign_object(token))
        return values, str(values.pop(UNTIL))
    except (BadSignature, KeyError, TypeError, ValueError) as damage:
        raise Damaged(DAMAGED) from damage


def _check_row(purpose: Purpose, row: int) -> None:
    known = OnceLink.objects.filter(pk=row, purpose=purpose.name).first()
    if known is None:  # swept after it ended
        raise Expired(EXPIRED)
    if known.used_at is not None:
        raise Used(USED)
    if known.taken_back_at is not None:
        raise TakenBack(_("This link was taken back and is no longer valid."))


def use(link: Link, *, at: datetime) -> None:
    """Use up a link that is good once; of two who do so at a time one is refused. Within the transaction it is used in.

    Raises ``Used`` or ``TakenBack``.
    """
    fresh = OnceLink.objects.filter(pk=link.row, used_at__isnull=True, taken_back_at__isnull=True)
    if not fresh.update(used_at=at):
        assert link.row is not None, "only a link that is good once is used up"
        _check_row(link.purpose, link.row)
        raise Used(USED)


def take_back(purpose: Purpose, *, about: str, at: datetime) -> int:
    """Make every unused link about one thing invalid; how many."""
    unused = OnceLink.objects.filter(
        purpose=purpose.name, about=about, used_at__isnull=True, taken_back_at__isnull=True
    )
    return unused.update(taken_back_at=at)


def given_out_since(purpose: Purpose, *, about: str, since: datetime) -> int:
    """How many links about one thing were given out since a moment: what a limit counts."""
    return OnceLink.objects.filter(purpose=purpose.name, about=about, made_at__gte=since).count()


def forget_ended(*, at: datetime, after: timedelta = timedelta(days=30)) -> int:
    """Forget links that ended longer than ``after`` ago; how many. Until then "used already" can be told apart."""
    return OnceLink.objects.filter(until__lt=at - after).delete()[0]


def without_tokens(words: str) -> str:
    """Words as they may be shown to somebody else than whom the links in them were for."""
    return _TOKENS.sub("[…]", words)


def _signer(purpose: Purpose) -> Signer:
    return Signer(salt=f"nahtstelle.{purpose.name}")
