"""The codes of an authenticator app, and recovery codes: made and compared."""

import hashlib
import secrets
from base64 import b32encode
from datetime import datetime

import pyotp
import segno
from django.conf import settings

from nahtstelle.site import clock

STEP = 30  # seconds a code stands, RFC 6238
SLACK = (0, -1, 1)  # steps a clock may be off
RECOVERY_CODES = 10
RECOVERY_BYTES = 10  # 80 bits: nobody tries them all, so an unsalted digest is enough


def new_secret() -> str:
    return pyotp.random_base32()


def setup_address(secret: str, mail: str) -> str:
    """What the QR code says; apps on the same device open it as a link."""
    return pyotp.TOTP(secret).provisioning_uri(name=mail, issuer_name=settings.SITE_NAME)


def qr_code(address: str) -> str:
    """The address as a picture, as a ``data:`` address of an SVG; dark on white in either theme."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#000", light="#fff")


def in_groups(secret: str) -> str:
    """The secret as somebody types it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def step_of(secret: str, code: str, *, at: datetime) -> int | None:
    """The time step ``code`` belongs to, near ``at``; None where it is wrong."""
    digits = "".join(code.split())
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    app = pyotp.TOTP(secret)
    now = int(clock.real(at).timestamp()) // STEP
    for off in SLACK:
        if secrets.compare_digest(app.at((now + off) * STEP), digits):
            return now + off
    return None


def new_recovery_codes() -> list[str]:
    return [_spaced(b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()) for _n in range(RECOVERY_CODES)]


def _spaced(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def digest_of(code: str) -> str:
    """Written in capitals, with other dashes or with blanks, it is the same code."""
    letters = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
