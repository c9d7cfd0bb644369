"""Drawing a component outside any page, and reading what was drawn."""

import copy
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template import Context, Template
from django.urls import path
from django.utils import translation
from django.views.i18n import set_language


@pytest.fixture
def look_alone(settings: Any) -> Iterator[None]:
    """The look needs no room: neither the addresses of the house nor what its frame looks up in the database."""
    settings.ROOT_URLCONF = (path("sprache/", set_language, name="set_language"),)
    engine = copy.deepcopy(settings.TEMPLATES[0])
    engine["OPTIONS"]["context_processors"] = ["django.template.context_processors.request"]
    settings.TEMPLATES = [engine]
    with translation.override("de"):
        yield


def draw(source: str, **context: Any) -> str:
    return Template("{% load look %}" + source).render(Context(context))


def words(html: str) -> str:
    """What a person reads, without markup and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the elements left open or closed twice."""

    VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)
