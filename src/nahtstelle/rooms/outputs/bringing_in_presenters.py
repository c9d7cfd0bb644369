"""What a Word file becomes, and what could not be carried over, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from nahtstelle.engines.wordfiles import Loss

WORDS = {
    "comment": _("Comments are left out"),
    "inserted": _("Tracked insertions are taken as text"),
    "deleted": _("Tracked deletions are left out"),
    "text-box": _("Text boxes are left out; please copy what is needed"),
    "style": _("Styles we do not know become plain paragraphs"),
    "header-footer": _("Headers and footers are left out"),
    "image": _("Pictures that are neither PNG nor JPEG are left out"),
    "image-without-alternative": _("Pictures need a text alternative before the text can be submitted"),
    "drawing": _("Drawings and diagrams are left out"),
    "formula": _("Formulas become plain signs"),
    "object": _("Embedded objects are left out"),
    "merged-cells": _("Merged cells of tables are separated; please check these tables"),
    "nested-table": _("Tables inside tables become plain words"),
    "footnote": _("Footnotes stand at the end, with their number in the text"),
    "contents": _("The table of contents is left out; the page makes its own"),
    "symbol": _("Signs of a symbol font are left out"),
}


def loss_rows(losses: Iterable[Loss]) -> list[dict[str, Any]]:
    return [
        {"words": str(WORDS.get(loss.code, loss.code)), "number": loss.number, "samples": loss.samples}
        for loss in losses
    ]


def outline(headings: Iterable[tuple[int, str]]) -> list[dict[str, Any]]:
    """The headings of the file; ``depth`` is how far each is set in."""
    return [{"depth": min(level, 4), "words": words} for level, words in headings]
