"""Nobody with a role at the centre goes further than the door without a second factor."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from nahtstelle.register.people.models import Account

from .proof import WISH, proof_of
from .rules import needs_second_factor

# What stays open until the second factor is set up.
OPEN = {
    "door:access", "door:add-app", "door:add-passkey", "door:new-passkey-options", "desk:sign-out", "set_language",
    "imprint", "privacy", "accessibility", "demo:doors", "demo:enter",
}  # fmt: skip


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        # A reader without a session is never asked for one: public pages stay the same for everybody.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or proof_of(request).whole:
            return None
        account = request.user
        if not isinstance(account, Account) or not needs_second_factor(account, on=timezone.localdate()):
            return None
        if request.resolver_match is not None and request.resolver_match.view_name in OPEN:
            return None
        if request.method == "GET":
            request.session[WISH] = request.get_full_path()
        return redirect("door:access")
