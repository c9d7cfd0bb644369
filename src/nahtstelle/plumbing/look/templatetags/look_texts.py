"""Components that carry content: cards, people, duties, texts in their versions."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from ..dates import due_wording
from ..statuses import icon_of_tone
from ..synopses import synopsis_row, without_unchanged

register = template.Library()


@register.inclusion_tag("look/result_card.html")
def result_card(
    title: str,
    url: str,
    kicker: str = "",
    text: str = "",
    meta: Sequence[str] = (),
    stand: Any = None,
    status: str = "",
    badges: Sequence[Any] = (),
    heading: int = 3,
    lang: str = "",
) -> dict[str, Any]:
    """One entry of a list; put it into ``<ul class="n-results"><li>``.

    text: a safe string may carry ``<mark>`` around what was searched. meta: short facts. status: a status name.
    badges: {label, tone}. heading: level of the title, 2 to 4. lang: the language of title and text where it may not
    be the page's.
    """
    return locals()


@register.inclusion_tag("look/timeline.html")
def timeline(entries: Sequence[Any], label: str = "") -> dict[str, Any]:
    """Dated entries below each other.

    entries: {date, title, text, url, state, note}; state: past, current, future, reversed.
    """
    return locals()


@register.inclusion_tag("look/stepper.html")
def stepper(steps: Sequence[Any], label: str) -> dict[str, Any]:
    """Where something stands in its workflow.

    steps: {label, state, note, date}; state: done, current, open, skipped.
    """
    return locals()


@register.inclusion_tag("look/synopsis.html")
def synopsis(
    rows: Sequence[Any],
    old_title: str,
    new_title: str,
    caption: str = "",
    variant: str = "columns",
    only_changes: bool = False,
) -> dict[str, Any]:
    """Old and new wording. On a phone the columns become stacked pairs.

    rows: {old, new} or {left, right}, perhaps label; a side is a text, a list of (kind, text) with kind same, del, ins,
    or a side of the law engine's synopsis with its pieces and depth. variant: columns, or inline for one running text.
    only_changes: unchanged rows shrink to one line that counts them. caption: names the table.
    """
    if variant not in ("columns", "inline"):
        raise template.TemplateSyntaxError(f"A synopsis is drawn as columns or inline, not as '{variant}'.")
    drawn = [synopsis_row(row, inline=variant == "inline") for row in rows]
    if only_changes:
        drawn = without_unchanged(drawn)
    return {"rows": drawn, "old_title": old_title, "new_title": new_title, "caption": caption, "variant": variant}


@register.inclusion_tag("look/diff_view.html")
def diff_view(rows: Sequence[Any], label: str) -> dict[str, Any]:
    """The difference of two versions line by line.

    rows: {kind, old, new, text}; kind: same, del, ins, gap (lines left out; text says how many); old, new: line
    numbers.
    """
    return locals()


@register.inclusion_tag("look/person_line.html")
def person_line(
    name: str, role: str = "", organisation: str = "", url: str = "", mail: str = "", note: str = ""
) -> dict[str, Any]:
    """A person in one line, without a picture. note: a short remark such as "until 31.12.2026"."""
    return locals()


@register.inclusion_tag("look/inbox_item.html")
def inbox_item(
    title: str,
    url: str,
    when: Any,
    kind: str = "",
    text: str = "",
    unread: bool = False,
    due_on: Any = None,
    actions: Sequence[Any] = (),
    heading: int = 3,
) -> dict[str, Any]:
    """One message or duty; put it into ``<ul class="n-inbox"><li>``.

    kind: the sort of message. due_on: a date. heading: level.
    """
    return locals()


@register.inclusion_tag("look/badge.html")
def due(date: Any, today: Any = None) -> dict[str, Any]:
    """How far a due date is away, as a badge: overdue, due today, due in two weeks. today: for tests; else today."""
    tone, words = due_wording(date, today or timezone.localdate())
    return {"label": words, "tone": tone, "icon": icon_of_tone(tone) or "calendar-today"}


@register.inclusion_tag("look/definition_list.html")
def definition_list(items: Sequence[Any], stacked: bool = False) -> dict[str, Any]:
    """Terms and values.

    items: {term, value, url}, or {term, several} with a list of values. stacked: value below its term.
    """
    return locals()


@register.simple_block_tag
def callout(content: str, kind: str = "note", title: str = "") -> SafeString:
    """Around a passage: ``{% callout kind="warning" title="…" %}…{% endcallout %}``.

    kind: note, example, success, warning, danger.
    """
    return render_to_string("look/callout.html", {"content": content, "kind": kind, "title": title})


@register.simple_block_tag
def panel(content: str, title: str = "", heading: int = 2, tone: str = "", id: str = "") -> SafeString:
    """A framed part of a page, for side columns and desks: ``{% panel title="…" %}…{% endpanel %}``.

    tone: empty or accent.
    """
    parts = {"content": content, "title": title, "heading": heading, "tone": tone, "id": id}
    return render_to_string("look/panel.html", parts)


@register.simple_block_tag
def disclosure(content: str, summary: str, open: bool = False, count: int | None = None) -> SafeString:
    """Something folded away: ``{% disclosure summary="…" %}…{% enddisclosure %}``.

    count: a number behind the summary.
    """
    parts = {"content": content, "summary": summary, "open": open, "count": count}
    return render_to_string("look/disclosure.html", parts)
