"""Refusals become pages: a rule that says no is shown as its sentence, not as an error."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from psycopg.errors import DiskFull

from nahtstelle.plumbing.files.actions import StorageTrouble
from nahtstelle.plumbing.kit.refusals import NotNow, NotYours, Refusal


class RefusalMiddleware:
    """Answers 403, 409 or 422 with the sentence; who is not signed in is led to the door first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        if isinstance(trouble, NotYours) and not request.user.is_authenticated:
            here = {"next": request.get_full_path()} if request.method == "GET" else {}
            return redirect(f"{reverse('desk:sign-in')}?{urlencode(here)}")
        if isinstance(trouble, NotYours):
            return answer(request, _("This is not open to you"), str(trouble), status=403)
        if isinstance(trouble, NotNow):
            return answer(request, _("This is not possible now"), str(trouble), status=409)
        if isinstance(trouble, Refusal):
            return answer(request, _("This is not possible"), str(trouble), status=422)
        if isinstance(trouble, StorageTrouble):
            return answer(request, _("The file could not be kept"), str(trouble), status=507)
        if isinstance(trouble, OperationalError) and is_full(trouble):
            text = _(
                "The disk of the server is full. Nothing was changed; what you entered is still in the form you came from. "
                "Please tell an administrator and send it again later."
            )
            return answer(request, _("This could not be saved"), text, status=507)
        return None


def is_full(trouble: OperationalError) -> bool:
    """Whether the database has no room left, as SQLite and PostgreSQL say it."""
    return "disk is full" in str(trouble) or isinstance(trouble.__cause__, DiskFull)


def answer(request: HttpRequest, title: str, text: str, *, status: int) -> HttpResponse:
    """A page with one message and one way on; the way on is the desk for those who have one."""
    back = {"label": _("To the start page"), "url": reverse("home")}
    # Refused before anybody looked who asks, a request has no user yet.
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        back = {"label": _("To my desk"), "url": reverse("desk:start")}
    words = {"title": title, "text": text, "action": back, "icon": "info"}
    return render(request, "look/message_page.html", words, status=status)
