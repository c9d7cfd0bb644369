"""The examples of the style page: read from ``content/style.<language>.yaml``, dates set around the present moment."""

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib.messages.constants import DEFAULT_LEVELS
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.safestring import SafeString

from .statuses import STATUSES
from .style_forms import StyleForm

_CONTENT = Path(__file__).parent / "content"
_RELATIVE = re.compile(r"(?:today(?P<days>[+-]\d+))|(?:now-(?P<minutes>\d+)min)")
_MISTAKES = {"title": "", "mail": "anna@", "kind": "", "land": "sn", "day": "", "span_0": "x"}
_COUNT, _PAGE_SIZE, _PAGE = 812, 20, 7


@cache
def _examples(language: str) -> dict[str, Any]:
    return yaml.safe_load((_CONTENT / f"style.{language}.yaml").read_text(encoding="utf-8"))


def style_context(*, language: str, now: dt.datetime, query: QueryDict) -> dict[str, Any]:
    """Everything the style page shows. The filters and the page number of ``query`` are obeyed, so that both can be
    tried.
    """
    examples = _set_around(now, _examples("de" if language.startswith("de") else "en"))
    for facet in examples["facets"]:
        chosen = query.getlist(facet["name"])
        for value in facet["values"]:
            value["selected"] = value["value"] in chosen if chosen else value["selected"]
    for result in examples["results"]:
        # The constant examples carry <mark>, as a search would.
        result["text"] = SafeString(result["text"])
    number = query.get("page", "")
    return {
        **examples,
        "statuses": list(STATUSES),
        "notices": [Message(DEFAULT_LEVELS[one["tags"].upper()], one["text"]) for one in examples["notices"]],
        "tones": ["neutral", "accent", "info", "success", "warning", "danger"],
        "page_many": Paginator(range(_COUNT), _PAGE_SIZE).get_page(number if number.isdigit() else _PAGE),
        "form": StyleForm(prefix="right").named(**examples["form"]),
        "form_wrong": StyleForm({f"wrong-{name}": value for name, value in _MISTAKES.items()}, prefix="wrong").named(
            **examples["form"]
        ),
    }


def _set_around(now: dt.datetime, value: Any) -> Any:
    """A copy of the examples in which 'today+5' and 'now-42min' have become dates and moments."""
    match value:
        case dict():
            return {key: _set_around(now, part) for key, part in value.items()}
        case list():
            return [_set_around(now, part) for part in value]
        case str() if found := _RELATIVE.fullmatch(value):
            if days := found["days"]:
                return now.date() + dt.timedelta(days=int(days))
            return now - dt.timedelta(minutes=int(found["minutes"]))
        case _:
            return value
