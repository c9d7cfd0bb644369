"""Passkeys: what the browser is asked for, and whether what it signed is right. A passkey is two factors in one:
the device, and the finger or code that unlocks it; so the user's verification is always demanded.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from django.utils.crypto import salted_hmac
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from nahtstelle.register.people.models import Account

from .models import Factor

CHALLENGE = "door-challenge"
GOOD_FOR = timedelta(minutes=5)


def creation_options(session: Any, account: Account, *, at: datetime) -> dict[str, Any]:
    """What a browser needs to make a new passkey; devices that hold one already are left out."""
    options = webauthn.generate_registration_options(
        rp_id=_place(), rp_name=settings.SITE_NAME, user_id=_handle(account), user_name=account.mail,
        user_display_name=account.person.name, exclude_credentials=_descriptors(account.factors.all()),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )  # fmt: skip
    return _asked(session, options, at=at)


def request_options(session: Any, account: Account | None, *, at: datetime) -> dict[str, Any]:
    """What a browser needs to show a passkey: one of ``account``, or any it holds for this site."""
    known = _descriptors(account.factors.all()) if account else []
    options = webauthn.generate_authentication_options(
        rp_id=_place(), allow_credentials=known, user_verification=UserVerificationRequirement.REQUIRED
    )
    return _asked(session, options, at=at)


def created(session: Any, answer: str, *, at: datetime) -> dict[str, Any] | None:
    """What to keep of a new passkey; None where the answer is not one to our question."""
    challenge = _challenge(session, at=at)
    if challenge is None:
        return None
    try:
        made = webauthn.verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=_place(), expected_origin=settings.BASE_URL,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return {
        "credential": bytes_to_base64url(made.credential_id), "public_key": made.credential_public_key,
        "sign_count": made.sign_count,
    }  # fmt: skip


def shown(session: Any, answer: str, *, at: datetime) -> Factor | None:
    """The passkey that signed our question; None where nobody's did."""
    challenge = _challenge(session, at=at)
    factor = _named(answer)
    if challenge is None or factor is None:
        return None
    try:
        proved = webauthn.verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=_place(), expected_origin=settings.BASE_URL,
            credential_public_key=bytes(factor.public_key), credential_current_sign_count=factor.sign_count,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    factor.sign_count, factor.used_at = proved.new_sign_count, at
    factor.save(update_fields=["sign_count", "used_at"])
    return factor


def _named(answer: str) -> Factor | None:
    try:
        name = str(json.loads(answer)["id"])
    except (ValueError, KeyError, TypeError):
        return None
    known = Factor.objects.filter(credential=name.replace("\x00", ""), account__is_active=True)
    return known.select_related("account__person").first()


def _asked(session: Any, options: Any, *, at: datetime) -> dict[str, Any]:
    session[CHALLENGE] = {"value": bytes_to_base64url(options.challenge), "at": at.isoformat()}
    return dict(json.loads(webauthn.options_to_json(options)))


def _challenge(session: Any, *, at: datetime) -> bytes | None:
    """Our question, asked once: whoever answers it takes it away."""
    known = session.pop(CHALLENGE, None)
    if not known or at - datetime.fromisoformat(known["at"]) > GOOD_FOR:
        return None
    return base64url_to_bytes(known["value"])


def _descriptors(factors: Iterable[Factor]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(f.credential)) for f in factors if f.credential]


def _place() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def _handle(account: Account) -> bytes:
    """Names the account to the device without saying who it is."""
    return salted_hmac("nahtstelle.door.handle", str(account.pk), algorithm="sha256").digest()
