"""How a word is compared: without case, umlauts, accents, gender marks and punctuation.

"Asylbewerber*innen", "ASYLBEWERBER:INNEN" and "asylbewerberinnen" are one spelling; so are "Länder" and "Laender".
"""

import re
import unicodedata
from collections.abc import Iterable

_TWO_LETTERS = re.compile(r"(?<![aeq])([aou])e")  # ae, oe, ue, but not the ue of "Quelle", "neue" or "Steuer"
_GENDER_MARK = re.compile(r"(?<=\w)[*:_/](?=innen|in\b|r\b|n\b)")
_NO_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The spelling under which ``text`` is looked up; "" where nothing of a word is left."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = _GENDER_MARK.sub("", text)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    bare = _TWO_LETTERS.sub(r"\1", bare)
    return _NO_WORD.sub(" ", bare).strip()


def matching(rows: Iterable[tuple[int, str]], words: str) -> list[int]:
    """The ids of the rows (id, text) whose text contains every word of ``words``, however either is written.

    For tables of up to some ten thousand names: the databases do not fold alike, this does.
    """
    wanted = fold(words).split()
    return [number for number, text in rows if _holds(fold(text), wanted)]


def _holds(folded: str, wanted: list[str]) -> bool:
    return all(word in folded for word in wanted)
