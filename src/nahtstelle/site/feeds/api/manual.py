"""The page that explains the interfaces, drawn from the API's own description: plain HTML, no script."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from .interface import PER_MINUTE, api


def manual(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema()
    shown = {
        "groups": _groups(schema),
        "description_url": reverse("api:openapi-json"),
        "per_minute": PER_MINUTE,
        "others": [
            {"label": _("OAI-PMH 2.0, for repositories and library catalogues"), "url": reverse("feeds:oai") + "?verb=Identify",
             "address": settings.BASE_URL + reverse("feeds:oai")},
            {"label": _("Atom: publications"), "url": reverse("feeds:publications"),
             "address": settings.BASE_URL + reverse("feeds:publications")},
            {"label": _("Atom: changes of law"), "url": reverse("feeds:law"),
             "address": settings.BASE_URL + reverse("feeds:law")},
            {"label": _("iCalendar: dates of law"), "url": reverse("feeds:law-calendar"),
             "address": settings.BASE_URL + reverse("feeds:law-calendar")},
            {"label": _("iCalendar: funding periods"), "url": reverse("feeds:programme-calendar"),
             "address": settings.BASE_URL + reverse("feeds:programme-calendar")},
        ],
    }  # fmt: skip
    return render(request, "feeds/manual.html", shown)


def _groups(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions by subject, each with what it takes and the name of what it answers."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            answer = operation["responses"][200]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            groups.setdefault(operation["tags"][0], []).append(
                {
                    "path": path,
                    "text": operation.get("description", ""),
                    "takes": [_taken(one) for one in operation.get("parameters", [])],
                    "answer": answer,
                    "fields": ", ".join(schema["components"]["schemas"][answer]["properties"]),
                }
            )
    return [{"name": name, "questions": questions} for name, questions in groups.items()]


def _taken(parameter: dict[str, Any]) -> dict[str, str]:
    kind = parameter["schema"]
    kinds = [kind.get("items", kind), *kind.get("anyOf", [])]
    values = next((one["enum"] for one in kinds if "enum" in one), None)
    named = next(
        (one.get("format") or one.get("type", "") for one in kinds if one.get("type") not in (None, "null")), ""
    )
    return {
        "name": parameter["name"],
        "kind": " | ".join(values) if values else named,
        "text": parameter.get("description", ""),
        "repeats": kind.get("type") == "array",
    }
