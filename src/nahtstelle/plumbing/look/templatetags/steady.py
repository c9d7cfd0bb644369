"""Parts of a page that hardly ever change: drawn once in a process for each language and for the values they are given."""

from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST = 200  # drawings kept of one part

register = template.Library()


class SteadyNode(template.Node):
    def __init__(self, values: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.values, self.nodelist = values, nodelist
        self._drawn: dict[tuple[str | None, str], tuple[Any, SafeString]] = {}

    def render(self, context: Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        key = (get_language(), repr(values))
        of, drawn = self._drawn.get(key, (None, None))
        if drawn is None or of is not settings._wrapped:  # other settings, other words and addresses
            inside = context.new(values)
            drawn = mark_safe(self.nodelist.render(inside))  # noqa: S308 - what templates draw is escaped by them
            if len(self._drawn) >= MOST:
                self._drawn.clear()
            self._drawn[key] = (settings._wrapped, drawn)
        return drawn


@register.tag
def steady(parser: Parser, token: Token) -> SteadyNode:
    """``{% steady links=footer_links %}…{% endsteady %}``: what is inside sees the values named and nothing else of the page.

    So it cannot hold anything of a reader, a token least of all, unless it is given that. Values are told apart by their
    ``repr``: plain ones, lists and dictionaries of them.
    """
    _name, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"steady takes name=value pairs, not {' '.join(bits)}.")
    nodelist = parser.parse(("endsteady",))
    parser.delete_first_token()
    return SteadyNode(values, nodelist)
