"""Letters without their marks: what search, linking and screening have in common."""

import unicodedata


def bare(text: str) -> str:
    """Small letters without accents and umlauts; letters of other scripts stay.

    >>> bare("Çalışma für Łódź")
    'calısma fur łodz'
    """
    text = text.lower()
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
