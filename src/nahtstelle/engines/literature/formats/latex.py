"""LaTeX in BibTeX: accents and signs become letters; a command nobody knows stays as it is, and nothing is lost."""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_WORDS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "S": "§", "P": "¶", "copyright": "©",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "ldots": "…", "dots": "…", "textbackslash": "\x01", "textbraceleft": "\x02",
    "textbraceright": "\x03", "textasciitilde": "\x04", "textasciicircum": "^", "textquotedbl": '"', "texteuro": "€",
    "euro": "€",
}  # fmt: skip
_ACCENT = re.compile(
    r"""\\([`'^~"=.])\s*(?:\{\s*(\\?[A-Za-z])?\s*\}|(\\[ij](?![A-Za-z])|[A-Za-z]))|\\([uvHckrdb])(?:\s*\{\s*(\\?[A-Za-z])\s*\}|\s+(\\[ij](?![A-Za-z])|[A-Za-z]))"""
)
_WORD = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s+(?=\S)|(?![A-Za-z]))")
_SIGN = re.compile(r"\\([&%$#_ ])")
_STYLE = re.compile(r"\\(?:emph|textit|textbf|textsc|textrm|mathrm)\s*(?=\{)")
_ESCAPED = {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
            "^": r"\textasciicircum{}", **{sign: "\\" + sign for sign in "&%$#_"}}  # fmt: skip


def decoded(text: str) -> str:
    """Letters instead of commands; the braces that protect capitals go."""
    if "\\" in text:
        text = text.replace("\\{", "\x02").replace("\\}", "\x03")
        text = _SIGN.sub(r"\1", _WORD.sub(_word, _STYLE.sub("", _ACCENT.sub(_accented, text))))
    text = text.replace("{", "").replace("}", "").replace("~", "\u00a0")
    return text.replace("\x01", "\\").replace("\x02", "{").replace("\x03", "}").replace("\x04", "~")


def encoded(text: str) -> str:
    """What LaTeX would read as its own is written as a command; letters stay letters (UTF-8)."""
    return "".join(_ESCAPED.get(sign, sign) for sign in text).replace("\u00a0", "~")


def _accented(found: re.Match[str]) -> str:
    accent = found[1] or found[4]
    letter = (found[2] or found[3] or found[5] or found[6] or "").lstrip("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[accent]) if letter else accent


def _word(found: re.Match[str]) -> str:
    return _WORDS.get(found[1], found[0])
