"""Names of persons and bodies, as sources write them."""

import re

from ..records import Name

_SUFFIX = re.compile(r"^(?:jr|sr|jun|sen|ii|iii|iv|v)\.?$", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


def name_of(text: str) -> Name:
    """ "Family, Given" and "Family, Jr., Given" (the suffix goes to the given name); without a comma: one word."""
    text = " ".join(text.split())
    if text.startswith("{") and text.endswith("}"):
        return Name(text[1:-1].strip())
    family, *rest = (part.strip() for part in text.split(","))
    rest = [part for part in rest if part]
    if len(rest) == 2 and _SUFFIX.match(rest[0]):
        rest.reverse()
    return Name(family, ", ".join(rest)) if family else Name(", ".join(rest))


def bibtex_names(text: str) -> tuple[Name, ...]:
    """Names joined by "and" outside braces: "von Last, Jr, First", "First von Last", "{A Body}"."""
    return tuple(_bibtex_name(part) for part in split_outside(text, " and ") if part)


def _bibtex_name(text: str) -> Name:
    text = " ".join(text.split())
    if _one_group(text):
        return Name(text[1:-1].strip())
    parts = split_outside(text, ",")
    if len(parts) > 1:
        family, *rest = parts
        rest = [part for part in rest if part]
        if len(rest) == 2:
            rest.reverse()  # von Last, Jr, First
        return Name(family, ", ".join(rest))
    words = split_outside(text, " ")
    if len(words) == 1:
        return Name(text)
    start = next((at for at, word in enumerate(words[:-1]) if at and word[:1].islower()), len(words) - 1)
    if words[0][:1].islower():
        start = 0
    return Name(" ".join(words[start:]), " ".join(words[:start]))


def _one_group(text: str) -> bool:
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if not depth and at < len(text) - 1:
            return False
    return True


def split_outside(text: str, separator: str) -> list[str]:
    """Cut at a separator that no brace encloses."""
    parts, depth, begun, at = [], 0, 0, 0
    wide = len(separator)
    lowered = text.lower()
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 2
            continue
        depth += (sign == "{") - (sign == "}")
        if not depth and lowered.startswith(separator, at):
            parts.append(text[begun:at].strip())
            at += wide
            begun = at
            continue
        at += 1
    parts.append(text[begun:].strip())
    return parts


def western_names(text: str) -> tuple[Name, ...]:
    """A cell with names: joined by ";", by " and ", or by ", " where each has its initials behind ("Liu R., Adler D.G.")."""
    text = " ".join(text.split())
    if ";" in text:
        return tuple(name_of(part) for part in text.split(";") if part.strip())
    if _AND.search(text):
        return tuple(name_of(part) for part in _AND.split(text) if part.strip())
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if parts and all(re.search(r"\s(?:[A-ZÄÖÜ]\.-?)+$", part) for part in parts):
        return tuple(Name(*part.rsplit(" ", 1)) for part in parts)
    return (name_of(text),) if text else ()
