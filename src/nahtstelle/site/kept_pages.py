"""Public pages, kept until something happens: a page drawn once serves every reader until the ledger has another fact.

Only what anybody gets who has no cookie but that of the language: such an answer depends on nothing but the address, the
language and what is stored, and whatever is stored is changed by actions that record a fact. No page outlives ten
minutes or the day, so that what depends on the clock stays true.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_from_request

from nahtstelle.plumbing.ledger.position import held, position

SECONDS = 600
MOST_BYTES = 200_000  # packed
HELD = {"cookie", "accept-language", "accept-encoding"}  # what the key holds of what an answer may vary with


class KeptPagesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_by_anybody(request):
            return self.get_response(request)
        mark = position()
        cache, key = caches["pages"], _key(request, mark)
        kept = cache.get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        with held(mark):
            response = self.get_response(request)
        if _is_for_everybody(response):
            cache.set(key, (response.content, dict(response.items())), SECONDS)
        return response


def _key(request: HttpRequest, mark: str) -> str:
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    parts = [
        mark, timezone.localdate().isoformat(), get_language_from_request(request), str(packed), request.scheme,
        request.get_host(), request.get_full_path(),
    ]  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _is_by_anybody(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and not set(request.COOKIES) - {settings.LANGUAGE_COOKIE_NAME}
        and "HX-Request" not in request.headers  # parts of pages have rules of their own
        and "Authorization" not in request.headers
    )


def _is_for_everybody(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies  # a form's token belongs to one visitor
        and not {one.strip().lower() for one in response.get("Vary", "").split(",") if one.strip()} - HELD
        and not ({"no-store", "private", "no-cache"} & set(response.get("Cache-Control", "").replace(",", " ").split()))
        and len(response.content) <= MOST_BYTES
    )
