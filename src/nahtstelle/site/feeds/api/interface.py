"""The read API as a whole: the same rights as the pages, only questions, each answer with a tag to ask again cheaply."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.throttling import SimpleRateThrottle

from . import law, outputs, register, studies
from .problems import MEDIA_TYPE, faults, nothing_there, problem

PER_MINUTE = 240
DESCRIPTION = """\
Everything the public pages show, for programs. Asked without a session it answers what everybody may read; asked with
the session of a signed-in person it answers what this person's pages show.

Texts come with their banners (`warnings`): what readers must know before they rely on a text. Answers about law say how
certain they are. Names follow `Accept-Language` (de, en). Lists are paged; `next` is the address of the next page.
"""


class Pace(SimpleRateThrottle):
    """So many questions a minute for one person, or for one address of those who are not signed in."""

    scope = "api"

    def __init__(self) -> None:
        super().__init__(f"{PER_MINUTE}/min")

    def get_cache_key(self, request: HttpRequest) -> str:
        known = request.user.is_authenticated
        return f"api-{'account' if known else 'address'}-{request.user.pk if known else self.get_ident(request)}"


class Interface(NinjaAPI):
    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        """With an ETag; unchanged answers are not sent again."""
        response = super().create_response(request, data, **more)
        patch_vary_headers(response, ["Cookie", "Accept-Language"])
        if response.status_code != 200:
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
        answered = get_conditional_response(request, etag=etag, response=response)
        assert isinstance(answered, HttpResponse)
        return answered

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Short names, for those who have a client written from the description."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **more: Any) -> Any:
        """Problems have a media type of their own, which the library does not know."""
        schema = super().get_openapi_schema(**more)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400 and "application/json" in response.get("content", {}):
                        response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
        return schema


api = Interface(
    title="Nahtstelle", version="1.0", description=DESCRIPTION, docs_url=None, openapi_url="openapi.json",
    urls_namespace="api", throttle=[Pace()],
)  # fmt: skip
api.add_router("", outputs.router)
api.add_router("", studies.router)
api.add_router("", law.router)
api.add_router("", register.router)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, trouble: Http404) -> HttpResponse:
    return nothing_there(request)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, trouble: ValidationError) -> HttpResponse:
    return problem(422, _("The question cannot be read; “errors” names the parts."), errors=faults(trouble.errors))


@api.exception_handler(Throttled)
def too_fast(request: HttpRequest, trouble: Throttled) -> HttpResponse:
    response = problem(429, _("Too many questions in a minute; please wait a little."))
    response["Retry-After"] = str(trouble.wait or 60)
    return response


@api.exception_handler(HttpError)
def refused(request: HttpRequest, trouble: HttpError) -> HttpResponse:
    return problem(trouble.status_code, str(trouble))
