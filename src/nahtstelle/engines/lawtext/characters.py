"""Characters: what the official files write, and what we keep.

The same word must be the same characters on every day, or a comparison reports changes nobody made. So spaces of every
width become one space, and characters that only steer typesetting become the plain character they stand for.
"""

import re
import unicodedata

# Shown where a private-use character of a symbol font stood: those files mean a box to tick or a sign without Unicode
# name.
UNKNOWN_SIGN = "□"

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_PLAIN = {
    **dict.fromkeys(map(ord, _INVISIBLE), None),
    0x2010: "-",  # hyphen
    0x2011: "-",  # hyphen that does not break
    0x2212: "–",  # minus: the same files also write it as a dash
    0x2015: "—",
    0x20DE: "☐",  # combining square, always used alone, as a box to tick
}
_PRIVATE = "\ue000-\uf8ff"
_SPECIAL = re.compile(f"[{_INVISIBLE}\u2010\u2011\u2212\u2015\u20de{_PRIVATE}\u0300-\u036f]")
_PRIVATE_SIGN = re.compile(f"[{_PRIVATE}]")
_RAISED = str.maketrans("0123456789+-–−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_RAISABLE = re.compile(r"[0-9+\\-–−=()n]+")


def superscript(raw: str) -> str:
    """Raised digits as Unicode has them ("10³", not "103"); other raised text stays on the line."""
    return raw.translate(_RAISED) if _RAISABLE.fullmatch(raw) else raw


def plain_line(raw: str) -> str:
    """``raw`` as one line: plain characters, composed accents (NFC), single spaces, none at the ends."""
    return " ".join(plain_characters(raw).split())


def plain_characters(raw: str) -> str:
    """``raw`` with typesetting characters replaced; spaces and line breaks are left as they are."""
    if raw.isascii() or not _SPECIAL.search(raw):
        return raw
    return unicodedata.normalize("NFC", _PRIVATE_SIGN.sub(UNKNOWN_SIGN, raw.translate(_PLAIN)))
