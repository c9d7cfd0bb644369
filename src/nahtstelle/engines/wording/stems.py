"""Stems of words by the Snowball algorithms (Porter 2001), through PyStemmer."""

from functools import lru_cache

import Stemmer  # type: ignore[import-not-found] # a compiled module without stubs

GERMAN, ENGLISH = "german", "english"
_KEPT = 200_000


def language_of(code: str) -> str:
    """The stemmer for a language as our texts name it: "de", "de-x-leicht", "en"."""
    return ENGLISH if code.startswith("en") else GERMAN


@lru_cache(maxsize=_KEPT)
def stem(folded: str, language: str = GERMAN) -> str:
    """The stem of a folded word. What holds a digit ("16a", "4u") is no word and stays."""
    if len(folded) < 4 or not folded.isalpha():
        return folded
    # A stemmer of its own for each call: the library's objects must not be shared between threads.
    return str(Stemmer.Stemmer(language, 0).stemWord(folded))
