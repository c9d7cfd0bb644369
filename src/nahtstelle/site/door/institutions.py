"""Signing in at one's own institution (OpenID Connect). Authlib speaks the protocol: state, nonce, PKCE, signatures.

Here is decided what counts: only an address the institution says it has verified, and only an account that exists
already. Nobody is added because an institution sends them.
"""

import logging
from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from joserfc.errors import JoseError
from requests import RequestException

from nahtstelle.plumbing.kit.refusals import NotNow

log = logging.getLogger(__name__)

TIMEOUT = 10  # seconds
LEEWAY = 60  # seconds two clocks may differ


@dataclass(frozen=True, slots=True)
class Institution:
    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str


def institutions() -> list[Institution]:
    return [Institution(**one) for one in settings.OIDC_PROVIDERS]


def institution(key: str) -> Institution | None:
    return next((one for one in institutions() if one.key == key), None)


def send_there(request: HttpRequest, where: Institution) -> HttpResponse:
    """To the institution's own door. Raises ``NotNow`` where it does not answer."""
    try:
        return _client(where).authorize_redirect(request, _way_back(where))
    except (AuthlibBaseError, RequestException, RuntimeError, ValueError, KeyError) as trouble:
        raise _failed(where, trouble) from trouble


def address_from(request: HttpRequest, where: Institution) -> str:
    """The verified address of who comes back.

    Raises ``NotNow`` with a sentence: whatever is wrong with the answer, or no address that was verified.
    """
    claims = _claims(request, where)
    mail = claims.get("email")
    if not isinstance(mail, str) or not mail or claims.get("email_verified") is not True:
        raise NotNow(
            _("%s did not confirm that your e-mail address is yours. Please ask there, or sign in otherwise.")
            % where.name
        )
    return mail


def _claims(request: HttpRequest, where: Institution) -> Any:
    try:
        client = _client(where)
        wanted = {
            "iss": {"essential": True, "values": [where.issuer]},
            "aud": {"essential": True},
            "exp": {"essential": True},
            "nonce": {"essential": True},
        }
        token = client.authorize_access_token(request, claims_options=wanted, leeway=LEEWAY)
        if not token.get("userinfo"):
            raise ValueError("the answer holds no identity token")
        return token["userinfo"]
    except (AuthlibBaseError, JoseError, RequestException, RuntimeError, ValueError, KeyError, TypeError) as trouble:
        raise _failed(where, trouble) from trouble


def _client(where: Institution) -> Any:
    """A client that knows the institution's present keys. Raises ``ValueError`` where it calls itself otherwise."""
    client = OAuth().register(
        where.key, client_id=where.client_id, client_secret=where.client_secret,
        server_metadata_url=f"{where.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "default_timeout": TIMEOUT},
    )  # fmt: skip
    said = client.load_server_metadata().get("issuer")
    if said != where.issuer:
        raise ValueError(f"it calls itself {said}")
    return client


def _way_back(where: Institution) -> str:
    return settings.BASE_URL + reverse("door:institution-back", args=[where.key])


def _failed(where: Institution, trouble: Exception) -> NotNow:
    log.warning("Signing in at %s failed: %s: %s", where.key, type(trouble).__name__, trouble)
    return NotNow(_("Signing in at %s did not succeed. Please try again, or sign in otherwise.") % where.name)
