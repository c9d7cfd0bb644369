"""Words into Markdown, so that none of their signs becomes a mark."""

import re

ANYWHERE = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|&(?=#?\w+;)|!(?=\[)")
# At the start of a line these would begin a heading, a list, a quotation, a rule, a table's line, a callout, code.
AT_START = re.compile(r"^(?:(#{1,6})(?=\s|$)|([-+>=])|(:)(?=::)|(\d{1,9})([.)])(?=\s|$)|(~)(?=~~)|(\|))")


def escaped(text: str, *, in_table: bool = False) -> str:
    """Running text; ``in_table`` also keeps the sign between two cells."""
    said = ANYWHERE.sub(lambda found: "\\" + found.group(), text)
    return said.replace("|", "\\|") if in_table else said


def at_line_start(line: str) -> str:
    """A line of a paragraph, so that it begins nothing but a line."""
    found = AT_START.match(line)
    if not found:
        return line
    if found.group(4):
        return f"{found.group(4)}\\{line[len(found.group(4)) :]}"
    return "\\" + line
