"""Reading a page as a person would: its links, its headings, its words."""

from typing import Any

from lxml import html


def page(response: Any) -> Any:
    return html.fromstring(response.content)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def links(element: Any, where: str) -> list[str]:
    """The words of the links below the elements that a CSS class or tag names."""
    return [words(link) for part in element.xpath(where) for link in part.xpath(".//a")]


def heading(response: Any) -> str:
    (found,) = page(response).xpath("//h1")
    return words(found)
