"""Coming in: the first step (password, link, provider), the second where there is one, then the session."""

from datetime import datetime

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import login
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from nahtstelle.register.people.models import Account

from . import proof

BACKEND = "django.contrib.auth.backends.ModelBackend"


def come_in(request: HttpRequest, account: Account, *, at: datetime, wish: str = "") -> str:
    """The first step is done; the address to go on to. Nobody is signed in who has a second step to take."""
    if account.factors.exists():
        ask_second(request, account, at=at, wish=wish)
        return reverse("door:second")
    return sign_in(request, account, second="", at=at, wish=wish)


def ask_second(request: HttpRequest, account: Account, *, at: datetime, wish: str = "") -> None:
    """Remember who stands between the two steps. A password changed meanwhile ends it."""
    request.session[proof.PENDING] = {
        "account": account.pk, "hash": account.get_session_auth_hash(), "wish": wish, "at": at.isoformat(),
    }  # fmt: skip


def pending(request: HttpRequest, *, at: datetime) -> tuple[Account, str] | None:
    """Who stands between the two steps, and where they want to go; None after ten minutes."""
    known = request.session.get(proof.PENDING)
    if not known or at - datetime.fromisoformat(known["at"]) > proof.PENDING_FOR:
        return None
    account = Account.objects.select_related("person").filter(pk=known["account"], is_active=True).first()
    if account is None or not constant_time_compare(account.get_session_auth_hash(), known["hash"]):
        return None
    return account, known["wish"]


def sign_in(request: HttpRequest, account: Account, *, second: str, at: datetime, wish: str = "") -> str:
    """Begin the session; the address to go on to."""
    login(request, account, backend=BACKEND)
    request.session.pop(proof.PENDING, None)
    proof.note(request.session, second=second, at=at)
    return safe(request, wish)


def safe(request: HttpRequest, wish: str) -> str:
    """The address somebody wanted, if it is one of ours; else the desk."""
    if wish and url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure()):
        return wish
    return reverse("desk:start")


def closed(request: HttpRequest, mail: str) -> bool:
    """Whether too many wrong attempts have closed this door for a while; passwords and codes count together."""
    return not AxesProxyHandler.is_allowed(request, {"username": mail})


def count_failure(request: HttpRequest, mail: str) -> None:
    AxesProxyHandler.user_login_failed(sender=__name__, credentials={"username": mail}, request=request)
