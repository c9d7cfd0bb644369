"""A small OpenID Connect provider that really signs, on a port of its own."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "nahtstelle", "geheim"


class Provider:
    """``claims`` are put into the next token; ``signs_with`` may be a key nobody publishes."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "eins"})
        self.stranger = RSAKey.generate_key(2048, parameters={"kid": "eins"})
        self.signs_with = self.key
        self.claims: dict[str, Any] = {}
        self.without_token = False
        self.issuer = self.says_issuer = ""
        self.asked: dict[str, str] = {}
        self.secrets_seen: list[str] = []

    def arrives(self, url: str) -> str:
        """Somebody is sent here and signs in; the address they are sent back to."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert self.asked["response_type"] == "code" and self.asked["code_challenge_method"] == "S256"
        return f"{self.asked['redirect_uri']}?code=abc&state={self.asked['state']}"

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.says_issuer or self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
        }  # fmt: skip

    def token(self, sent: dict[str, str]) -> dict[str, Any]:
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        )
        if sent["code"] != "abc" or challenge != self.asked["code_challenge"]:
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": "17", "iat": now, "exp": now + 300, "nonce": self.asked["nonce"],
            "email": "", "email_verified": True, **self.claims,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode({"alg": "RS256", "kid": "eins"}, claims, self.signs_with)
        answer = {"access_token": "t", "token_type": "Bearer", "expires_in": 300, "id_token": signed}
        return {name: value for name, value in answer.items() if not (self.without_token and name == "id_token")}


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(
                provider.metadata() if "well-known" in self.path else {"keys": [provider.key.as_dict(private=False)]}
            )

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.secrets_seen.append(base64.b64decode(self.headers["Authorization"].split()[1]).decode())
            self._say(provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def _say(self, what: dict[str, Any]) -> None:
            content = json.dumps(what).encode()
            self.send_response(400 if "error" in what else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
