"""What goes along with every answer: a strict policy, no frames, no cookie for somebody who only reads."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from nahtstelle.register.people.models import Account

pytestmark = pytest.mark.django_db
PUBLIC = ["/", "/ueber/", "/impressum/", "/datenschutz/", "/barrierefreiheit/", "/veroeffentlichungen/", "/recht/",
          "/recht/neu/", "/programme/", "/vokabular/", "/feed/recht.atom", "/gibt-es-nicht/"]  # fmt: skip
POLICY = {
    "default-src": "'self'", "img-src": "'self' data:", "object-src": "'none'", "frame-ancestors": "'none'",
    "base-uri": "'self'", "form-action": "'self'",
}  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_reader_gets_no_cookie(address: str) -> None:
    answer = Client().get(address)
    assert dict(answer.cookies) == {}


@pytest.mark.parametrize("address", ["/", "/schreibtisch/anmelden/", "/gibt-es-nicht/", "/feed/recht.atom"])
def test_the_policy_is_strict_everywhere(address: str) -> None:
    said = Client().get(address)["Content-Security-Policy"]
    assert dict(part.strip().split(" ", 1) for part in said.split(";") if part.strip()) == POLICY


def test_signed_in_pages_are_no_less_strict(jana: Account, as_: Callable[..., Client]) -> None:
    said = as_(jana).get(reverse("desk:start"))["Content-Security-Policy"]
    assert dict(part.strip().split(" ", 1) for part in said.split(";") if part.strip()) == POLICY


def test_nobody_frames_us_and_nobody_else_learns_where_a_reader_came_from() -> None:
    answer = Client().get("/")
    names = ("X-Frame-Options", "Referrer-Policy", "X-Content-Type-Options", "Cross-Origin-Opener-Policy")
    assert [answer[name] for name in names] == ["DENY", "same-origin", "nosniff", "same-origin"]


def test_the_language_is_chosen_without_a_token_and_kept_in_one_cookie() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sprache/", {"language": "en", "next": "/ueber/"})
    assert (answer.status_code, sorted(answer.cookies)) == (302, ["django_language"])


def headers_at(address: str, root: Path) -> dict[str, str]:
    """The settings of a centre at ``address``, asked of a process of its own."""
    ask = (
        "from django.conf import settings as s\n"
        "print(s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_PROXY_SSL_HEADER)"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NAHTSTELLE_")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "nahtstelle.site.settings", "NAHTSTELLE_SECRET_KEY": "k" * 50, "NAHTSTELLE_BASE_URL": address
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", ask], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    return dict(zip(("hsts", "session", "csrf", "redirect", "proxy"), done.stdout.strip().split(" ", 4), strict=True))


def test_a_centre_at_https_insists_on_it(root: Path) -> None:
    assert headers_at("https://nahtstelle.example.org", root) == {
        "hsts": "31536000", "session": "True", "csrf": "True", "redirect": "True",
        "proxy": "('HTTP_X_FORWARDED_PROTO', 'https')",
    }  # fmt: skip


def test_a_centre_at_http_does_not(root: Path) -> None:
    assert headers_at("http://localhost:8000", root) == {
        "hsts": "0", "session": "False", "csrf": "False", "redirect": "False", "proxy": "None"
    }  # fmt: skip


def test_https_is_said_to_browsers_for_a_year(settings: object) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    answer = Client().get("/ueber/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000"
