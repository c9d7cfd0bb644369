"""Names of persons and bodies, as sources write them."""

import re

from ..records import Name

_SUFFIX = re.compile(r"^(?:jr|sr|jun|sen|ii|iii|iv|v)\.?$", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"(?<=[A-Z]\.)(?=[^\W\d_a-z]\w)|(?<=[A-Z]\.),?\s+(?=[A-Z][\w'-]+\s+[A-Z]\.)")
_INITIALS = re.compile(r"^(?P<family>.*?[^\W\d_]{2}\S*)\s+(?P<given>(?:[^\W\d_](?:\.|-|\s|$)\s*)+)$")
_CAPITALS = re.compile(r"^(?P<family>.*?[^\W\d_]{2}\S*)\s+(?P<given>[A-ZÄÖÜ]{2,3}\.?)$")
_FAMILY = re.compile(r"[^\W\d_]{2}")
_LONGEST = 200  # characters of a name that is looked at closely


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


def names_in(text: str) -> tuple[Name, ...]:
    """The names in a cell of a table: "Adeli, K. and Lewis, G. F.", "Adeli K; Lewis GF", "Adeli K., Lewis G.F.",
    "Adeli K.Lewis G. F."; what cannot be told apart stays whole."""
    text = " ".join(text.split())
    if ";" in text:
        parts = text.split(";")
    elif _AND.search(text):
        parts = _AND.split(text)
    else:
        parts = _without_joints(text)
    parts = [part.strip() for part in parts if part.strip()]
    listed = len(parts) > 1 and all(map(_with_initials, parts))
    return tuple(_name(part, listed=listed) for part in parts)


def _without_joints(text: str) -> list[str]:
    """By commas, where each part has its initials; where one name ends and the next begins; or one name."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > 1 and all(map(_with_initials, parts)):
        return parts
    parts = _RUN_TOGETHER.split(text)
    return parts if all(map(_FAMILY.search, parts)) else [text]


def _with_initials(text: str) -> re.Match[str] | None:
    return (_INITIALS.match(text) or _CAPITALS.match(text)) if len(text) < _LONGEST else None


def _name(text: str, *, listed: bool) -> Name:
    """``listed``: it stands among others that all have initials, so that "Lee CD" is a person and not a body."""
    if not text.startswith("{") and "," not in text and len(text) < _LONGEST:
        found = _INITIALS.match(text) or (_CAPITALS.match(text) if listed else None)
        if found:
            return Name(found["family"], found["given"].strip())
    return name_of(text)
