"""Pages carry no style and no script of their own: the content security policy allows neither."""

import re

import pytest

from tests.house.plan import shown, templates

INLINE = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    # Data for a script (JSON) is no script.
    "a script in the page": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(ld\+)?json)", re.IGNORECASE
    ),
    "an event attribute": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}


def test_templates_hold_no_style_or_script() -> None:
    # Letters are read by mail programs, which know no style sheets.
    pages = [path for path in templates() if path.suffix == ".html" and "letters" not in path.parts]
    inline = [
        f"{shown(path)}: {what}" for path in pages for what, form in INLINE.items() if form.search(path.read_text())
    ]
    assert inline == []


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<p style="color: red">', {"a style attribute"}),
        ("<script>alert(1)</script>", {"a script in the page"}),
        ('<script src="/static/look/htmx.js" defer></script>', set()),
        ('<script type="application/ld+json">{}</script>', set()),
        ('<button onclick="go()">', {"an event attribute"}),
        ('<button data-on="x" class="style">', set()),
    ],
)
def test_what_counts_as_inline(markup: str, found: set[str]) -> None:
    assert {what for what, form in INLINE.items() if form.search(markup)} == found
