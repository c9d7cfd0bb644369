"""Pages of a list, as every list of the interface is asked for and answered."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Path, Query, Schema
from pydantic import AfterValidator, BeforeValidator

from .problems import Problem

DEEPEST = 10_000
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _as_iso(value: object) -> object:
    """Left alone, the library would also take a number of seconds for a day."""
    if isinstance(value, str) and not ISO_DAY.fullmatch(value):
        raise ValueError("a day is written YYYY-MM-DD")
    return value


IsoDay = Annotated[date, BeforeValidator(_as_iso)]
# A word to search for: PostgreSQL takes no NUL, and no name holds one.
Words = Annotated[str, Query(max_length=200), AfterValidator(lambda text: text.replace("\0", " "))]
Slug = Annotated[str, Path(pattern=r"^[-a-zA-Z0-9_]+$", max_length=120)]
Number = Annotated[int, Path(ge=1, le=2**62)]
PROBLEMS: dict[int, Any] = {404: Problem, 422: Problem, 429: Problem}


class Pages(Schema):
    """Which page, and how long it is."""

    page: int = Query(1, ge=1, le=DEEPEST)
    per_page: int = Query(20, ge=1, le=100)


class Listed(Schema):
    count: int
    next: str | None
    previous: str | None


def paged(
    request: HttpRequest, found: QuerySet[Any], pages: Pages, show: Callable[[Sequence[Any]], list[dict[str, Any]]]
) -> dict[str, Any]:
    """One page of ``found``; beyond the last one the page is empty."""
    paginator = Paginator(found, pages.per_page)
    inside = pages.page <= paginator.num_pages
    rows = list(paginator.page(pages.page)) if inside else []
    return {
        "count": paginator.count,
        "next": _address(request, pages.page + 1) if pages.page < paginator.num_pages else None,
        "previous": _address(request, min(pages.page - 1, paginator.num_pages)) if pages.page > 1 else None,
        "items": show(rows),
    }


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{settings.BASE_URL}{request.path}?{query.urlencode()}"
