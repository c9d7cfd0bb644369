"""Signed numbers short enough for the local part of a mail address (64 characters, RFC 5321), where case may be lost.

Each purpose signs as in ``signing``; of the seal a hundred bits are kept. Good until a day, often.
"""

import re
from base64 import b32encode, urlsafe_b64decode
from datetime import date, datetime

from django.conf import settings
from django.core.signing import Signer
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from .signing import DAMAGED, EXPIRED, Damaged, Expired, Purpose

SEAL = 20  # characters of five bits
_TOKEN = re.compile(rf"(?P<said>(?P<number>[0-9]{{1,14}})-(?P<until>[0-9]{{6}}))-(?P<seal>[a-z2-7]{{{SEAL}}})")


def sign_number(purpose: Purpose, number: int, *, at: datetime) -> str:
    """The token: at most 42 characters of ``a-z0-9-``, good through the day on which ``good_for`` ends.

    Beside a mailbox's name of 20 characters, a plus and a letter that is all there is room for; numbers have up to 14
    digits.
    """
    until = timezone.localdate(at) + purpose.good_for
    said = f"{number}-{until:%y%m%d}"
    return f"{said}-{_seal(purpose, said, settings.SECRET_KEY)}"


def read_number(purpose: Purpose, token: str, *, on: date) -> int:
    """The number a token was made with. Raises ``Damaged`` or ``Expired``."""
    found = _TOKEN.fullmatch(token.lower())
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not found or not any(constant_time_compare(_seal(purpose, found["said"], key), found["seal"]) for key in keys):
        raise Damaged(DAMAGED)
    if on > datetime.strptime(found["until"], "%y%m%d").date():
        raise Expired(EXPIRED)
    return int(found["number"])


def _seal(purpose: Purpose, said: str, key: str) -> str:
    signature = Signer(key=key, salt=f"nahtstelle.{purpose.name}.short").signature(said)
    return b32encode(urlsafe_b64decode(signature + "=" * (-len(signature) % 4))).decode()[:SEAL].lower()
