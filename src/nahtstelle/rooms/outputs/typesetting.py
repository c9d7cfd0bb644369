"""The tokens of a text as Typst markup. Every word is a string of Typst's, so that nothing typed becomes a command."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from markdown_it.token import Token

from .text import CitedFinder, callout_of, figure_of, file_name, parse

COLOURS = {"note": "#0b57a4", "warning": "#a4450b", "example": "#2f6b2f"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture laid out beside the source, and what somebody who does not see it must know."""

    path: str
    alternative: str


def string(text: str) -> str:
    """A text as a string of Typst's, quotes included."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "") + '"'


def words(text: str) -> str:
    """A text as running words: an expression, so that no sign in it means anything."""
    return f"#{string(text)};" if text else ""


def set_body(body: str, figures: Mapping[str, Figure], *, cited: CitedFinder | None = None) -> str:
    """A body as Typst markup. Pictures that are not among ``figures`` are named in words."""
    tokens = parse(body, cited=cited)
    return "".join(_token(tokens, index, figures) for index in range(len(tokens)))


def _token(tokens: list[Token], index: int, figures: Mapping[str, Figure]) -> str:
    token = tokens[index]
    match token.type:
        case "inline":
            return "" if tokens[index - 1].type in ("th_open", "td_open") else _paragraph(token, figures)
        case "heading_open":
            return "\n" + "=" * int(token.tag[1]) + " "
        case "heading_close" | "paragraph_close" | "bullet_list_close" | "ordered_list_close":
            return "\n\n"
        case "bullet_list_open":
            return "\n#list"
        case "ordered_list_open":
            return f"\n#enum(start: {int(token.attrGet('start') or 1)})"
        case "list_item_open":
            source = token.meta.get("source")
            return f"[#metadata(none)<quelle-{source}>" if source else "["
        case "list_item_close":
            return "]"
        case "table_open":
            return _table(tokens, index, figures)
        case "hr":
            return "\n#line(length: 100%, stroke: 0.5pt)\n"
        case "fence" | "code_block":
            return f"\n#raw({string(token.content.rstrip())}, block: true)\n"
        case "blockquote_open":
            return "\n#quote(block: true)["
        case "blockquote_close":
            return "]\n"
    if token.type.startswith("container_"):
        return _callout(token)
    return ""


def _callout(token: Token) -> str:
    if token.nesting != 1:
        return "]\n\n"
    kind, title = callout_of(token)
    return f'\n#callout({string(title)}, "{COLOURS[kind]}")[\n'


def _table(tokens: list[Token], index: int, figures: Mapping[str, Figure]) -> str:
    header: list[str] = []
    cells: list[str] = []
    for at in range(index, len(tokens)):
        token = tokens[at]
        if token.type == "table_close":
            break
        if token.type == "inline":
            head = tokens[at - 1].type == "th_open"
            (header if head else cells).append(
                f"#strong[{_inline(token, figures)}]" if head else _inline(token, figures)
            )
    columns = ", ".join(["1fr"] * max(len(header), 1))
    named = "".join(f"[{cell}], " for cell in header)
    filled = "".join(f"[{cell}], " for cell in cells)
    return (
        f"\n#table(columns: ({columns},), inset: 5pt, stroke: 0.5pt + luma(180), table.header({named}), {filled})\n\n"
    )


def _paragraph(token: Token, figures: Mapping[str, Figure]) -> str:
    image = figure_of(token)
    figure = figures.get(file_name(image)) if image else None
    if image is None or figure is None:
        return _inline(token, figures)
    caption = str(image.attrGet("title") or "")
    under = f", caption: [{words(caption)}]" if caption else ""
    return f"\n#figure({_picture(image, figure)}{under})\n"


def _picture(image: Token, figure: Figure) -> str:
    alternative = image.content or figure.alternative or str(_("Figure"))
    return f"image({string(figure.path)}, alt: {string(alternative)})"


def _inline(token: Token, figures: Mapping[str, Figure]) -> str:
    said = []
    for child in token.children or []:
        match child.type:
            case "text":
                said.append(words(child.content))
            case "code_inline":
                said.append(f"#raw({string(child.content)});")
            case "softbreak":
                said.append(" ")
            case "hardbreak":
                said.append("#linebreak();")
            case "strong_open":
                said.append("#strong[")
            case "em_open":
                said.append("#emph[")
            case "s_open":
                said.append("#strike[")
            case "strong_close" | "em_close" | "s_close" | "link_close":
                said.append("];")
            case "link_open" if source := child.meta.get("source"):
                said.append(f"#link(<quelle-{source}>)[")
            case "link_open":
                said.append(f"#link({string(_absolute(str(child.attrGet('href') or '')))})[")
            case "image":
                figure = figures.get(file_name(child))
                word = _("Figure")
                shown = f"[{word}: {child.content or (figure.alternative if figure else '')}]"
                said.append(words(shown))
    return "".join(said)


def _absolute(address: str) -> str:
    return settings.BASE_URL + address if address.startswith("/") else address
