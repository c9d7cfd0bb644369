"""Where nothing answers at an address, a redirect may know where its page has gone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from .actions import count_hit
from .addresses import MOST_OLD
from .queries import redirect_for

REMEMBERED = 24 * 60 * 60  # seconds for which a browser need not ask again


class RedirectMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or len(request.path) > MOST_OLD:
            return response
        redirect = redirect_for(request.path, "" if "\0" in query else query)
        if redirect is None:
            return response
        if request.method == "GET":
            count_hit(redirect, on=timezone.localdate())
        answer = HttpResponsePermanentRedirect(redirect.new)
        answer["Cache-Control"] = f"max-age={REMEMBERED}"
        return answer
