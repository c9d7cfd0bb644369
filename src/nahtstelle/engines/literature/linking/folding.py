"""Words without what sources disagree about: case, accents, entities, tags, the ways to write an umlaut."""

import html
import re

from nahtstelle.engines.literature.folding import bare

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,40}>")
_TEX = re.compile(r"\\[`'^\"~=.uvHcdbkr]?|[{}$]")
_WORD = re.compile(r"[^\W_]+")
_GREEK = str.maketrans(
    {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ω": "omega"}
)
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "œ": "o", "æ": "a", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "\u2019": "'"}
)
_DIGRAPH = re.compile(r"(?<=[bcdfghjklmnprstvwz])(?:ae|oe|ue)")


def plain(text: str) -> str:
    """Entities read, tags and TeX marks gone, one kind of space."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", text)
    if "\\" in text or "{" in text or "$" in text:
        text = _TEX.sub("", text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """Small letters without accents; letters of other scripts stay."""
    text = text.lower()
    return text if text.isascii() else bare(text.translate(_GREEK).translate(_LETTERS))


def words_of(text: str) -> list[str]:
    return _WORD.findall(fold(plain(text).replace("&", " and ")))


def name_words(text: str) -> list[str]:
    """As ``words_of``, and "Mueller" is "Müller" is "Muller"; an apostrophe parts no name."""
    text = fold(plain(text)).replace("'", "").replace("`", "")
    return [_DIGRAPH.sub(lambda found: found[0][0], word) for word in _WORD.findall(text)]
