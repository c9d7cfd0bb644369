"""XML cut into its records by the words of their tags, so that a broken one spoils no other and memory stays flat."""

import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped] # lxml brings no types

from . import limits
from .fields import one_line
from .sources import Line
from .values import Broken, broken

_SPACES = 'xmlns:mml="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink"'
_INLINE = {"i": "i", "b": "b", "sup": "sup", "sub": "sub", "u": "u"}


def records_of(lines: Iterator[Line], names: tuple[str, ...]) -> Iterator[tuple[int, etree._Element] | Broken]:
    """Every element of one of these names, by itself. No entity is followed, no DTD read, nothing fetched."""
    opening = re.compile(rf"<({'|'.join(names)})(?=[\s>])")
    begun, name, held, size = 0, "", list[str](), 0
    for number, line in lines:
        at = 0
        while True:
            if not name:
                start = opening.search(line, at)
                if not start:
                    break
                begun, name, held, size, at = number, start[1], [], 0, start.start()
            close = line.find(f"</{name}>", at)
            again = opening.search(line, at + 1 if not held else at)
            if again and (close < 0 or again.start() < close):
                held.append(line[at : again.start()])
                yield broken(begun, "\n".join(held), "unreadable_xml")
                name, at = "", again.start()
            elif close >= 0:
                end = close + len(name) + 3
                held.append(line[at:end])
                yield _parsed(begun, "\n".join(held))
                name, at = "", end
            else:
                held.append(line[at:])
                size += len(line) - at
                if size > limits.LARGEST_RECORD:
                    yield broken(begun, "\n".join(held), "record_too_large")
                    name = ""
                break
    if name:
        yield broken(begun, "\n".join(held), "unreadable_xml")


def _parsed(begun: int, text: str) -> tuple[int, etree._Element] | Broken:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(f"<pieces {_SPACES}>{text}</pieces>".encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return broken(begun, text, "unreadable_xml")
    return begun, root[0]


def words(element: etree._Element | None, *, inline: bool = False) -> str:
    """The text in an element; with ``inline`` its italics, superscripts and the like stay as tags."""
    if element is None:
        return ""
    told = [element.text or ""]
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _INLINE and inline:
            told.append(f"<{tag}>{words(child, inline=True)}</{tag}>")
        elif tag:
            told.append(words(child, inline=inline))
        else:
            told.append(child.text or "")  # an entity, as it is written
        told.append(child.tail or "")
    return "".join(told)


def leaves(element: etree._Element, stops: tuple[str, ...], path: str = "") -> Iterator[tuple[str, etree._Element]]:
    """The elements that hold words, with the way to them; ``stops`` are taken whole."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        way = f"{path}/{child.tag}" if path else child.tag
        if (
            child.tag in stops
            or not len(child)
            or all(not isinstance(c.tag, str) or c.tag in ("style", *_INLINE) for c in child)
        ):
            yield way, child
        else:
            yield from leaves(child, stops, way)


def flat(element: etree._Element) -> str:
    return one_line(words(element, inline=True))
