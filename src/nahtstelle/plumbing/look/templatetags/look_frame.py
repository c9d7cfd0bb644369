"""Components around the content: heads, banners, badges, ways to other pages."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..facets import facet_views
from ..paging import page_links, page_url
from ..statuses import icon_of_tone, status_named

register = template.Library()


@register.inclusion_tag("look/page_head.html")
def page_head(
    title: str,
    kicker: str = "",
    lead: str = "",
    stand: Any = None,
    valid_until: Any = None,
    status: str = "",
    meta: Sequence[str] = (),
    actions: Sequence[Any] = (),
) -> dict[str, Any]:
    """The one h1 of a page, what kind of thing it is, its Stand and what can be done with it.

    kicker: kind of thing, above the title. lead: one sentence. stand, valid_until: dates, give the line "Stand:
    15.09.2026 · gültig bis …". status: a status name, shown as a badge. meta: short facts after the Stand. actions:
    actions (see shapes).
    """
    return locals()


@register.inclusion_tag("look/action_bar.html")
def action_bar(items: Sequence[Any], label: str = "") -> dict[str, Any]:
    """A row of buttons and button-like links.

    items: actions (see shapes); one with ``post`` becomes a small form with a CSRF token, one with
    ``disabled_reason`` a grey button with the reason beside it. label: names the group for screen readers.
    """
    return locals()


@register.inclusion_tag("look/status_banner.html")
def status_banner(
    kind: str,
    title: str = "",
    text: str = "",
    since: Any = None,
    url: str = "",
    url_label: str = "",
    live: bool = False,
) -> dict[str, Any]:
    """What readers must know of the standing of a text: icon, word, sentence.

    kind: current, under_review, announced, outdated, superseded, withdrawn, draft. title, text: replace the usual
    word and sentence. since: a date. url, url_label: where to read on. live: announce it when it appears later
    (role status).
    """
    status = status_named(kind)
    return {**locals(), "title": title or status.word, "text": text or status.sentence}


@register.inclusion_tag("look/badge.html")
def badge(label: str, tone: str = "neutral", icon: str = "") -> dict[str, Any]:
    """A short word that marks a thing.

    tone: neutral, accent, info, success, warning, danger; the last four bring their icon. icon: a KERN icon name
    instead.
    """
    return {"label": label, "tone": tone, "icon": icon or icon_of_tone(tone)}


@register.inclusion_tag("look/badge.html")
def status_badge(kind: str, label: str = "") -> dict[str, Any]:
    """The standing of a text as a badge; the same names as ``status_banner``. label: replaces the usual word."""
    status = status_named(kind)
    return {"label": label or status.word, "tone": status.tone, "icon": status.icon}


@register.inclusion_tag("look/breadcrumb.html")
def breadcrumb(items: Sequence[Any]) -> dict[str, Any]:
    """The way from the start page to here. items: links; the last one is this page and needs no url."""
    return locals()


@register.inclusion_tag("look/tabs.html")
def tabs(items: Sequence[Any], label: str) -> dict[str, Any]:
    """Views of one thing as links in a row.

    items: links with ``current`` and perhaps ``count``. label: names the navigation.
    """
    return locals()


@register.inclusion_tag("look/pagination.html", takes_context=True)
def pagination(context: Context, page: Page, parameter: str = "page", target: str = "") -> dict[str, Any]:
    """Ways through a long list; draws nothing when there is one page.

    page: Django's ``Page``. parameter: its name in the query; all other query values are kept. target: CSS selector
    of the region to replace by htmx instead of loading the page.
    """
    request = context.get("request")
    query = request.GET if request else QueryDict()
    previous = page_url(query, parameter, page.number - 1) if page.has_previous() else ""
    following = page_url(query, parameter, page.number + 1) if page.has_next() else ""
    return {
        "page": page,
        "links": list(page_links(page, query, parameter)),
        "previous": previous,
        "next": following,
        "target": target,
    }


@register.inclusion_tag("look/facet_list.html")
def facet_list(
    facets: Sequence[Any],
    action: str = "",
    clear_url: str = "",
    hidden: Sequence[tuple[str, str]] = (),
    target: str = "",
    shown: int = 6,
) -> dict[str, Any]:
    """Filters with counts as a GET form; works without script, with ``target`` it also answers to each tick.

    facets: facets (see shapes). action: where the form goes, this page when empty. clear_url: "clear all", shown
    when something is selected. hidden: (name, value) pairs to carry along, such as the search words. target: CSS
    selector of the results. shown: values before "show all".
    """
    views = facet_views(facets, shown)
    return {
        "facets": views,
        "action": action,
        "clear_url": clear_url,
        "hidden": hidden,
        "target": target,
        "selected": any(view.selected for view in views),
    }


@register.inclusion_tag("look/filter_chips.html")
def filter_chips(chips: Sequence[Any], clear_url: str = "") -> dict[str, Any]:
    """The filters in force, each with a way to drop it.

    chips: {label, url, facet}; url leads to the list without it.
    """
    return locals()


@register.inclusion_tag("look/empty_state.html")
def empty_state(title: str, text: str = "", action: Any = None, icon: str = "search") -> dict[str, Any]:
    """What stands where nothing is yet: says why and what to do.

    text: one or two teaching sentences. action: an action.
    """
    return locals()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of KERN, silent for screen readers unless it has a label."""
    return _icon(name, str(label))


@lru_cache(maxsize=500)
def _icon(name: str, label: str) -> SafeString:
    if label:
        return format_html('<span class="kern-icon kern-icon--{}" role="img" aria-label="{}"></span>', name, label)
    return format_html('<span class="kern-icon kern-icon--{}" aria-hidden="true"></span>', name)
