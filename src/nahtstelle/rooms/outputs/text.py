"""The text of an output: Markdown in our dialect to safe HTML, with citations of law as links.

The dialect (docs/reference/text.md): CommonMark without raw HTML, tables, and callouts ``:::hinweis Title … :::`` of the
kinds hinweis, achtung and beispiel. Figures are images whose address is the name of an attachment.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import nh3
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

CALLOUTS = {"hinweis": "note", "achtung": "warning", "beispiel": "example"}
CALLOUT_TITLES = {
    "note": gettext_lazy("Note"),
    "warning": gettext_lazy("Take care"),
    "example": gettext_lazy("Example"),
}
_TAGS = nh3.ALLOWED_TAGS | {"figure", "figcaption"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_ATTRIBUTES = {
    "*": {"class", "id", "lang"},
    "a": {"href", "title", "class"},
    "img": {"src", "alt", "title", "loading"},
    "th": {"scope", "class"},
    "td": {"class"},
    "ol": {"start"},
    "div": {"class", "role", "aria-label", "data-n-scroll"},
}


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text ready to be shown: safe HTML and its headings for a table of contents."""

    html: str
    headings: tuple[Heading, ...]


# (running text) → [(start, end, address)]: where citations stand and where they lead; "" for none in our stock
CitationFinder = Callable[[str], Sequence[tuple[int, int, str]]]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True}).enable(["table", "linkify", "strikethrough"])
    parser.inline.ruler.before("emphasis", "gender_star", _gender_star)
    for name in CALLOUTS:
        container_plugin(parser, name=name, render=_callout)
    return parser


def _gender_star(state: StateInline, silent: bool) -> bool:
    """A star between two letters is written, not italic: Berater*innen."""
    before, here, after = (
        state.src[max(state.pos - 1, 0) : state.pos],
        state.src[state.pos],
        state.src[state.pos + 1 : state.pos + 2],
    )
    if here != "*" or not before.isalpha() or not after.isalpha():
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True


def _callout(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    if token.nesting != 1:
        return "</div></div>\n"
    kind, title = callout_of(token)
    return (
        f'<div class="n-callout n-callout--{kind}" role="note">'
        f'<p class="n-callout__title">{escape(title)}</p><div class="n-callout__body">\n'
    )


def callout_of(token: Token) -> tuple[str, str]:
    """The kind of a callout and its title; one without a title has the name of its kind."""
    name, _space, title = token.info.strip().partition(" ")
    return CALLOUTS.get(name, "note"), title.strip() or str(CALLOUT_TITLES[CALLOUTS.get(name, "note")])


def _table_frame() -> str:
    """Around a table that may be wider than the page: it scrolls by itself, with the keyboard too."""
    label = escape(_("Table, can be scrolled"))
    return f'<div class="n-scroll" role="group" data-n-scroll="" aria-label="{label}"><table>'


def parse(body: str) -> list[Token]:
    """The text as tokens, for every form it is written in (page, PDF).

    Its headings begin at the second level, below the title, and leave none out.
    """
    tokens = _parser().parse(body)
    level = 1
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            level = min(max(2, int(token.tag[1])), level + 1)
            token.tag = tokens[index + 2].tag = f"h{level}"
    return tokens


def draw(
    body: str, *, find: CitationFinder | None = None, file_address: Callable[[str], str] | None = None,
    alternatives: Mapping[str, str] | None = None,
) -> Drawn:  # fmt: skip
    """A body as HTML.

    ``find`` locates citations to link; ``file_address`` turns an attachment's name into its address; ``alternatives``
    holds the attachments' own text alternatives, for figures that bring none in the text.
    """
    tokens = parse(body)
    headings: list[Heading] = []
    taken: set[str] = set()
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            text = plain(tokens[index + 1])
            anchor = _free_anchor(text, taken)
            token.attrSet("id", anchor)
            headings.append(Heading(int(token.tag[1]), text, anchor))
        elif token.type == "th_open":
            if tokens[index + 1].content.strip():
                token.attrSet("scope", "col")
            else:  # a corner without words heads nothing
                token.tag = tokens[index + 2].tag = "td"
        elif token.type == "inline" and token.children:
            _finish_inline(token, find=find, file_address=file_address, alternatives=alternatives or {})
            if figure_of(token) is not None:
                _as_figure(tokens, index)
    html = _parser().renderer.render(tokens, _parser().options, {})
    html = html.replace("<table>", _table_frame()).replace("</table>", "</table></div>")
    safe = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener")
    return Drawn(safe, tuple(headings))


def figure_of(inline: Token) -> Token | None:
    """The image of a paragraph that holds nothing else: a figure."""
    children = inline.children or []
    return children[0] if len(children) == 1 and children[0].type == "image" else None


def _as_figure(tokens: list[Token], index: int) -> None:
    image = figure_of(tokens[index])
    around = tokens[index - 1], tokens[index + 1]
    if image is None or around[0].type != "paragraph_open":
        return
    for token in around:
        token.tag, token.hidden = "figure", False
    caption = str(image.attrs.pop("title", ""))
    if caption:
        opening, closing = Token("caption_open", "figcaption", 1), Token("caption_close", "figcaption", -1)
        tokens[index].children = [image, opening, _word(caption), closing]


def plain(inline: Token) -> str:
    """An inline token's words without markup."""
    return "".join(
        child.content if child.type in ("text", "code_inline") else " "
        for child in inline.children or []
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    )


def _free_anchor(text: str, taken: set[str]) -> str:
    # With a prefix, so that no heading takes the name of a part of the page around the text.
    anchor, number = f"a-{slugify(text) or 'abschnitt'}", 2
    free = anchor
    while free in taken:
        free, number = f"{anchor}-{number}", number + 1
    taken.add(free)
    return free


def _finish_inline(
    token: Token,
    *,
    find: CitationFinder | None,
    file_address: Callable[[str], str] | None,
    alternatives: Mapping[str, str],
) -> None:
    finished: list[Token] = []
    depth = 0
    for child in token.children or []:
        depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type == "text" and find is not None and not depth:
            finished += _linked(child, find)
            continue
        if child.type == "image":
            name = file_name(child)
            if not child.content and name in alternatives:
                child.content, child.children = alternatives[name], [_word(alternatives[name])]
            if file_address is not None:
                child.attrSet("src", file_address(name))
            child.attrSet("loading", "lazy")
        finished.append(child)
    token.children = finished


def file_name(image: Token) -> str:
    """The attachment an image names."""
    return unquote(str(image.attrGet("src") or ""))


def _linked(text: Token, find: CitationFinder) -> list[Token]:
    pieces: list[Token] = []
    at = 0
    for start, end, address in find(text.content):
        if start < at or not address:
            continue
        pieces.append(_word(text.content[at:start]))
        opening = Token("link_open", "a", 1, attrs={"href": address, "class": "law-citation"})
        pieces += [opening, _word(text.content[start:end]), Token("link_close", "a", -1)]
        at = end
    pieces.append(_word(text.content[at:]))
    return [piece for piece in pieces if piece.type != "text" or piece.content]


def _word(content: str) -> Token:
    return Token("text", "", 0, content=content)
