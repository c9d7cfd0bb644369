"""Texts that begin alike, asked for as a range that an index answers.

Our ranges are of ASCII letters and signs; the columns asked are in the order of their bytes on both databases (the
migrations say so to PostgreSQL).
"""

from django.db.models import Q


def after(prefix: str) -> str:
    """The first text behind all that begin with the prefix."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def beginning_with(column: str, prefix: str) -> Q:
    return Q(**{f"{column}__gte": prefix, f"{column}__lt": after(prefix)})
