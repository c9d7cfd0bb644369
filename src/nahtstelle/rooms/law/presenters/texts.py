"""A wording as it is drawn: paragraphs, nested lists, tables, with its references as links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from nahtstelle.engines.lawtext.values import Block, BlockKind

from ..models import Provision, Wording
from ..referring import Reference
from ..wordings import blocks_of
from .changes import provision_url

LONG_CELL = 40  # characters: from here on a cell needs room
Link = tuple[int, int, str]  # characters start to end of the wording's text lead to an address


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words, perhaps a link."""

    text: str
    url: str = ""


@dataclass(slots=True)
class Node:
    """One thing on the page. ``kind`` is paragraph, list, table, heading, preformatted, footnote or picture.

    A list has ``items``, an item its words and further nodes below it; a table has ``rows`` of (words, columns, long).
    """

    kind: str
    words: list[Stretch] = field(default_factory=list)
    marker: str = ""
    anchor: str = ""
    items: list["Node"] = field(default_factory=list)
    below: list["Node"] = field(default_factory=list)
    rows: list[list[tuple[list[Stretch], int, bool]]] = field(default_factory=list)
    narrow: bool = False  # a table of two or three columns: it fits on a phone


def text_nodes(wording: Wording, links: Sequence[Link] = ()) -> list[Node]:
    """The wording as a tree, ready to be drawn. ``links`` are in the order of the text and do not overlap."""
    root = Node("root")
    open_items: list[Node] = []  # the last item of each depth so far
    for is_row, members in groupby(blocks_of(wording), key=lambda block: block.kind is BlockKind.ROW):
        if is_row:
            rows = list(members)
            _holder(root, open_items, rows[0].depth).below.append(_table(wording.text, rows, links))
            continue
        for block in members:
            if block.kind is BlockKind.ITEM:
                item = _item(wording.text, block, links)
                depth = min(block.depth, len(open_items) + 1)
                holder = open_items[depth - 2] if depth > 1 else root
                _list_of(holder).items.append(item)
                del open_items[depth - 1 :]
                open_items.append(item)
            else:
                _holder(root, open_items, block.depth).below.append(_line(wording.text, block, links))
                del open_items[block.depth :]
    return root.below


def _holder(root: Node, open_items: list[Node], depth: int) -> Node:
    """What a line of this depth belongs to: the last item of that depth, or the page."""
    return open_items[min(depth, len(open_items)) - 1] if depth and open_items else root


def _list_of(holder: Node) -> Node:
    if not holder.below or holder.below[-1].kind != "list":
        holder.below.append(Node("list"))
    return holder.below[-1]


def _item(text: str, block: Block, links: Sequence[Link]) -> Node:
    begin = block.start
    if text.startswith(block.marker, begin, block.end):
        begin += len(block.marker)
    begin += len(text[begin : block.end]) - len(text[begin : block.end].lstrip())
    return Node("item", list(_stretches(text, begin, block.end, links)), marker=block.marker)


def _line(text: str, block: Block, links: Sequence[Link]) -> Node:
    words = list(_stretches(text, block.start, block.end, links))
    if block.kind is BlockKind.TAIL:
        return Node("paragraph", words)
    return Node(str(block.kind), words, anchor=anchor_of(text[block.start : block.end]))


def anchor_of(line: str) -> str:
    """The anchor of an Absatz that begins with this line: "(2a) …" is "abs-2a"."""
    number, bracket, _rest = line[1:8].partition(")")
    return f"abs-{number}" if line.startswith("(") and bracket and number.isalnum() else ""


def _table(text: str, rows: Sequence[Block], links: Sequence[Link]) -> Node:
    cells: list[list[tuple[int, int]]] = []
    for row in rows:
        begin = row.start
        line = []
        for cell in text[row.start : row.end].split("\t"):
            line.append((begin, begin + len(cell)))
            begin += len(cell) + 1
        cells.append(line)
    width = max(len(line) for line in cells)
    drawn = []
    for line in cells:
        # A row with fewer cells than the table is wide had cells over several columns; its last one takes the rest.
        spans = [1] * (len(line) - 1) + [width - len(line) + 1]
        both = zip(line, spans, strict=True)
        drawn.append([(list(_stretches(text, a, b, links)), span, b - a > LONG_CELL) for (a, b), span in both])
    return Node("table", rows=drawn, narrow=width <= 3)


def _stretches(text: str, start: int, end: int, links: Sequence[Link]) -> Iterator[Stretch]:
    at = start
    for first, last, url in links:
        if first >= at and last <= end:
            if first > at:
                yield Stretch(text[at:first])
            yield Stretch(text[first:last], url)
            at = last
    if at < end:
        yield Stretch(text[at:end])


def reference_links(
    found: Sequence[Reference], nodes_of: Wording, *, here: Provision, day: date | None = None
) -> list[Link]:
    """References as links: within the page, or to the provision as at the same day. None to the provision itself."""
    anchors = {anchor_of(nodes_of.text[block.start : block.end]) for block in blocks_of(nodes_of)}
    links: list[Link] = []
    for one in found:
        if one.provision is not None and one.law is not None:
            if one.provision.pk != here.pk:
                place = f"#abs-{one.absatz}" if one.absatz else ""
                links.append((one.start, one.end, provision_url(one.law, one.provision, day) + place))
        elif f"abs-{one.absatz}" in anchors:
            links.append((one.start, one.end, f"#abs-{one.absatz}"))
    return links


def outline(nodes: Sequence[Node]) -> list[dict[str, Any]]:
    """The Absätze of a text as links within the page."""
    return [{"label": f"({node.anchor[4:]})", "url": f"#{node.anchor}"} for node in nodes if node.anchor]
