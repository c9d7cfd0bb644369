"""The text of an output: Markdown in our dialect to safe HTML, with citations of law and of works as links.

The dialect (docs/reference/text.md): CommonMark without raw HTML, tables, and callouts ``:::hinweis Title … :::`` of the
kinds hinweis, achtung and beispiel. Figures are images whose address is the name of an attachment.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol
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

from nahtstelle.engines.literature.citing.keys import Group, group_at

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


class Cited(Protocol):
    """The works a text cites, ready to be written into it."""

    def in_text(self, group: Group, typed: str) -> list[Token]:
        """What stands in the place of a citation."""

    def listed(self, *, headed: bool) -> list[Token]:
        """The list of sources at its end; with a heading of its own where the text has none for it."""


# the citations of works in a text, in their order → these works
CitedFinder = Callable[[Sequence[Group]], Cited]
SOURCES = {"quellen", "literatur", "quellen und literatur", "sources", "references", "bibliography"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True}).enable(["table", "linkify", "strikethrough"])
    parser.inline.ruler.before("emphasis", "gender_star", _gender_star)
    parser.inline.ruler.before("link", "work_citation", _work_citation)
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


def _work_citation(state: StateInline, silent: bool) -> bool:
    """``[@key, S. 12]``; a bracket with an address behind it is a link whatever it says."""
    if state.src[state.pos] != "[":
        return False
    group = group_at(state.src, state.pos)
    if group is None or state.src[group.end : group.end + 1] == "(":
        return False
    if not silent:
        token = state.push("work_citation", "", 0)
        token.content, token.meta = state.src[group.start : group.end], {"group": group}
    state.pos = group.end
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


def parse(body: str, *, cited: CitedFinder | None = None) -> list[Token]:
    """The text as tokens, for every form it is written in (page, PDF, Word).

    Its headings begin at the second level, below the title, and leave none out. With ``cited`` the works it cites stand in
    it as their style has them and are listed at its end; without, citations stay as they were typed.
    """
    tokens = _parser().parse(body)
    level = 1
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            level = min(max(2, int(token.tag[1])), level + 1)
            token.tag = tokens[index + 2].tag = f"h{level}"
    return _with_works(tokens, cited)


def _with_works(tokens: list[Token], cited: CitedFinder | None) -> list[Token]:
    inlines = [token for token in tokens if token.type == "inline" and token.children]
    found = [child for inline in inlines for child in inline.children or [] if child.type == "work_citation"]
    if not found:
        return tokens
    works = cited([child.meta["group"] for child in found]) if cited else None
    for inline in inlines:
        children: list[Token] = []
        depth = 0
        for child in inline.children or []:
            depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            if child.type != "work_citation":
                children.append(child)
            elif works is None:
                children.append(word(child.content))
            else:
                written = works.in_text(child.meta["group"], child.content)
                children += [one for one in written if not depth or one.type == "text"]
        inline.children = _joined(children)
    if works is None:
        return tokens
    headings = [plain(tokens[at + 1]) for at, token in enumerate(tokens) if token.type == "heading_open"]
    return tokens + works.listed(headed=bool(headings) and headings[-1].strip().casefold() in SOURCES)


def _joined(children: list[Token]) -> list[Token]:
    """Words that stand side by side as one token, so that what is looked for in them is found."""
    joined: list[Token] = []
    for child in children:
        if child.type == "text" and joined and joined[-1].type == "text":
            joined[-1] = word(joined[-1].content + child.content)
        else:
            joined.append(child)
    return joined


def draw(
    body: str, *, find: CitationFinder | None = None, file_address: Callable[[str], str] | None = None,
    alternatives: Mapping[str, str] | None = None, cited: CitedFinder | None = None,
) -> Drawn:  # fmt: skip
    """A body as HTML.

    ``find`` locates citations to link; ``file_address`` turns an attachment's name into its address; ``alternatives``
    holds the attachments' own text alternatives, for figures that bring none in the text; ``cited`` knows the works.
    """
    tokens = parse(body, cited=cited)
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
        tokens[index].children = [image, opening, word(caption), closing]


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
                child.content, child.children = alternatives[name], [word(alternatives[name])]
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
        pieces.append(word(text.content[at:start]))
        opening = Token("link_open", "a", 1, attrs={"href": address, "class": "law-citation"})
        pieces += [opening, word(text.content[start:end]), Token("link_close", "a", -1)]
        at = end
    pieces.append(word(text.content[at:]))
    return [piece for piece in pieces if piece.type != "text" or piece.content]


def word(content: str) -> Token:
    """Words as they are."""
    return Token("text", "", 0, content=content)
