"""Where an answer to a letter goes: a Reply-To of its own, signed, that says what the answer is about.

Only where the centre's incoming mail takes plus-addresses (``MAIL_REPLY_TO``). The address proves what was asked, never
who answers: that is judged as of any mail that comes in.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.links.short import read_number, sign_number
from nahtstelle.plumbing.links.signing import Purpose

from .models import Notice

_TAGGED = re.compile(r"\+([a-z])([a-z0-9-]{1,60})@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Matter:
    """What an answer may be about; ``letter`` stands before the token in the address and must never change."""

    name: str
    letter: str
    purpose: Purpose


# Signed is the notice and not the duty: it knows who asked, whoever handed the duty on since.
DUTY = Matter("duty", "d", Purpose("notices.notice-by-mail", timedelta(days=90)))
ASKING = "duties.received"  # the kind of notice that wants an answer about a duty


def reply_headers(matter: Matter, number: int, *, at: datetime) -> dict[str, str]:
    """What a letter's ``headers`` need so that the answer is known; nothing where no plus-addresses are taken."""
    if not settings.MAIL_REPLY_TO:
        return {}
    return {"Reply-To": reply_address(settings.MAIL_REPLY_TO, matter, number, at=at)}


def reply_address(mailbox: str, matter: Matter, number: int, *, at: datetime) -> str:
    """The address of a mailbox that says what a mail to it answers."""
    name, _at, domain = mailbox.rpartition("@")
    return f"{name}+{matter.letter}{sign_number(matter.purpose, number, at=at)}@{domain}"


def duty_headers(notices: Sequence[Notice], *, at: datetime) -> dict[str, str]:
    """For a letter that carries notices: an answer is about the one duty it asks for; of several nobody knows which."""
    asked = {one.words["duty"]: one.pk for one in notices if one.kind == ASKING and "duty" in one.words}
    return reply_headers(DUTY, asked.popitem()[1], at=at) if len(asked) == 1 else {}


def asked_in(number: int) -> tuple[int | None, int | None]:
    """The duty that the notice of this number asks for and the person who asked, if there still is such a notice."""
    words = Notice.objects.filter(pk=number, kind=ASKING).values_list("words", flat=True).first() or {}
    return words.get("duty"), words.get("asked_by")


def asked_by(addresses: Iterable[str], matters: Iterable[Matter], *, on: date) -> tuple[Matter, int] | None:
    """What a mail to these addresses answers; None where no address says so truly, or not any more."""
    known = {matter.letter: matter for matter in matters}
    for found in (_TAGGED.search(address) for address in addresses):
        matter = known.get(found[1].lower()) if found else None
        if found is None or matter is None:
            continue
        try:
            return matter, read_number(matter.purpose, found[2], on=on)
        except Refusal:  # forged, cut off or too old: the mail goes where all others go
            continue
    return None
