"""Words of a text set off: those the team chose, and those that weighed in the model."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

_TOKEN = re.compile(r"\w\w+")


class _Mark(NamedTuple):
    start: int
    end: int
    kind: str


def marked(text: str, words: Iterable[Mapping[str, str]], told: Mapping[str, float]) -> SafeString:
    """The text with its words marked; where both mark a word, the team's mark is shown.

    >>> str(marked("Arbeit & Wetter", [{"word": "arb*", "speaks": "for"}], {}))
    '<mark class="lib-mark lib-mark--for">Arbeit</mark> &amp; Wetter'
    """
    marks = [*_of_team(text, words), *_of_model(text, told)]
    pieces, at = [], 0
    for mark in sorted(marks, key=lambda one: (one.start, one.kind.startswith("model"))):
        if mark.start < at:
            continue
        pieces.append(escape(text[at : mark.start]))
        pieces.append(
            format_html('<mark class="lib-mark lib-mark--{}">{}</mark>', mark.kind, text[mark.start : mark.end])
        )
        at = mark.end
    pieces.append(escape(text[at:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece was escaped above


def _of_team(text: str, words: Iterable[Mapping[str, str]]) -> list[_Mark]:
    found = []
    for one in words:
        pattern = re.escape(one["word"].rstrip("*"))
        ending = r"\w*" if one["word"].endswith("*") else r"\b"
        for match in re.finditer(rf"\b{pattern}{ending}", text, re.IGNORECASE):
            found.append(_Mark(match.start(), match.end(), one["speaks"]))
    return found


def _of_model(text: str, told: Mapping[str, float]) -> list[_Mark]:
    found = []
    for match in _TOKEN.finditer(text) if told else ():
        weight = told.get(match[0].casefold())
        if weight:
            found.append(_Mark(match.start(), match.end(), "model-for" if weight > 0 else "model-against"))
    return found
