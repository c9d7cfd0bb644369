"""Which pages a pagination shows, and where they lead."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page
from django.http import QueryDict


def page_window(number: int, last: int, around: int = 1) -> list[int | None]:
    """The page numbers to show around ``number`` out of 1..``last``; None stands for a gap of two or more pages.

    First, last, current and ``around`` neighbours are always there. A gap of one page is that page itself: an
    ellipsis would take the same room and say less.
    """
    wanted = sorted({1, last, *range(max(1, number - around), min(last, number + around) + 1)})
    window: list[int | None] = []
    for before, page in zip([0, *wanted], wanted, strict=False):
        if page - before == 2:
            window.append(page - 1)
        elif page - before > 2:
            window.append(None)
        window.append(page)
    return window


@dataclass(frozen=True, slots=True)
class PageLink:
    number: int | None  # None: a gap
    url: str
    current: bool


def page_url(query: QueryDict, parameter: str, number: int) -> str:
    """The same query with another page; page 1 carries no number, so that one list has one address."""
    changed = query.copy()
    changed.pop(parameter, None)
    if number != 1:
        changed[parameter] = str(number)
    return f"?{changed.urlencode()}"


def page_links(page: Page, query: QueryDict, parameter: str) -> Iterator[PageLink]:
    for number in page_window(page.number, page.paginator.num_pages):
        url = "" if number is None else page_url(query, parameter, number)
        yield PageLink(number, url, number == page.number)
