"""What goes wrong, told in the form of RFC 9457: ``application/problem+json`` with a sentence a person can read."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import Schema

MEDIA_TYPE = "application/problem+json"


class Fault(Schema):
    """One part of the question that cannot be read."""

    part: str
    detail: str


class Problem(Schema):
    """A problem after RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


def problem(status: int, detail: str, *, errors: Sequence[Mapping[str, str]] = ()) -> JsonResponse:
    content: dict[str, Any] = {
        "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail,
    }  # fmt: skip
    if errors:
        content["errors"] = list(errors)
    return JsonResponse(content, status=status, content_type=MEDIA_TYPE)


def nothing_there(request: HttpRequest) -> JsonResponse:
    """Below the interface's address, but nothing of it."""
    return problem(404, _("There is nothing at this address."))


def faults(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The parts a validation did not like, as ``query/page``."""
    return [{"part": "/".join(str(step) for step in one["loc"]), "detail": str(one["msg"])} for one in errors]
