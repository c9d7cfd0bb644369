"""Which words of a page are the interface's words in the other language. A light look: whole pieces of text only."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.translation.trans_real import DjangoTranslation

SHOWN_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
NOT_READ = {"script", "style", "template", "code", "pre"}
PLACEHOLDER = re.compile(r"%\([a-z_0-9]+\)[sd]|%[sd]")
FEWEST_LETTERS = 12  # around the placeholders of a sentence, or it would fit anything


def foreign_words(page: Any, *, language: str) -> list[str]:
    """Pieces of text on a page in ``language`` that the catalogues know as the other language's words."""
    plain, patterns = _words(to=language)
    found = []
    for text in _pieces(page, language):
        if text in plain or any(pattern.fullmatch(text) for pattern in patterns):
            found.append(text)
    return found


@cache
def _words(*, to: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The other language's words where they differ: as they stand, and as patterns where they have placeholders."""
    pairs = list(_catalogue())
    ours = {(german if to == "de" else english).casefold() for english, german in pairs}
    theirs = {english if to == "de" else german for english, german in pairs}
    theirs = {words for words in theirs if words.casefold() not in ours}
    plain = {words for words in theirs if not PLACEHOLDER.search(words)}
    sentences = [
        words for words in theirs - plain if len(re.sub(r"\W", "", PLACEHOLDER.sub("", words))) >= FEWEST_LETTERS
    ]
    return frozenset(plain), tuple(
        re.compile(".+".join(map(re.escape, PLACEHOLDER.split(words)))) for words in sentences
    )


def _catalogue() -> Iterator[tuple[str, str]]:
    """(English, German) of everything the catalogues know."""
    for english, german in DjangoTranslation("de")._catalog.items():  # type: ignore[attr-defined] # no public list
        words = english[0] if isinstance(english, tuple) else english
        pair = _folded(words.rsplit("\x04", 1)[-1]), _folded(german)
        if all(pair):
            yield pair


def _folded(words: str) -> str:
    return " ".join(words.replace("%%", "%").split())


def _pieces(page: Any, language: str) -> Iterator[str]:
    """Every piece of text a reader of ``language`` meets; what is marked as another language is content."""
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in NOT_READ:
            continue
        if _language_of(element) != language:
            continue
        pieces = [element.text, *(child.tail for child in element), *(element.get(name) for name in SHOWN_ATTRIBUTES)]
        for piece in pieces:
            if piece and any(letter.isalpha() for letter in piece):
                yield _folded(piece)


def _language_of(element: Any) -> str:
    while element is not None:
        if element.tag in NOT_READ:
            return ""
        if element.get("lang"):
            return str(element.get("lang"))[:2]
        element = element.getparent()
    return ""
