"""The interface's words as its readers meet them, named here by the words of the source."""

from typing import Any

from django.utils.translation import gettext, ngettext, override, pgettext


def said(words: str, *, language: str = "de", context: str = "", **values: Any) -> str:
    """What the pages say for ``words`` of the source in ``language``, its placeholders filled from ``values``.

    >>> said("Save")
    'Speichern'
    """
    with override(language):
        found = pgettext(context, words) if context else gettext(words)
    return found % values if values else found


def counted(one: str, many: str, number: int, *, language: str = "de", **values: Any) -> str:
    """The same for words that depend on a number."""
    with override(language):
        return ngettext(one, many, number) % values
