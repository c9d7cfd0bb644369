"""Kinds of notice: how each is put to its reader, said by the room that tells.

``sentence`` is a lazy translation filled with the notice's words: ``_("%(title)s is due on %(due_on)s")``. A word may
be plain, or one per language: ``{"de": "Merkblatt", "en": "Leaflet"}``; words named ``…_on`` hold a day in ISO form and
are written out in the reader's language.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .models import Notice


@dataclass(frozen=True, slots=True)
class Kind:
    """``label`` heads the group in a digest and names the kind in a filter."""

    name: str
    label: Any
    sentence: Any


_kinds: dict[str, Kind] = {}
_UNFILLED = re.compile(r"%\(\w+\)[sd]")


def declare(name: str, *, label: Any, sentence: Any) -> None:
    """Declare a kind of notice.

    Raises ``ValueError`` where the name is taken by another sentence.
    """
    kind = Kind(name=name, label=label, sentence=sentence)
    known = _kinds.setdefault(name, kind)
    if known is not kind and str(known.label) != str(label):
        raise ValueError(f"Two kinds of notice are called {name}.")


def is_declared(name: str) -> bool:
    return name in _kinds


def kind_called(name: str) -> Kind:
    """The kind; one that nobody declares any more is still readable."""
    return _kinds.get(name) or Kind(name=name, label=_("Notices"), sentence=_("There is news for you."))


def sentence_of(notice: Notice) -> str:
    """The notice in the active language. A word that is missing leaves a gap (…), it never breaks the page or the
    mail.
    """
    words: defaultdict[str, Any] = defaultdict(lambda: "…")
    words.update({name: _worded(name, value) for name, value in notice.words.items()})
    kind = kind_called(notice.kind)
    try:
        sentence = str(kind.sentence % words)
    except (KeyError, TypeError, ValueError):
        return str(kind.label)
    # Where a number was expected and a gap came, Django leaves the sentence unfilled.
    return str(kind.label) if _UNFILLED.search(sentence) else sentence


def _worded(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        value = value.get((get_language() or "de")[:2]) or value.get("de") or next(iter(value.values()), "…")
    if name.endswith("_on") and isinstance(value, str):
        try:
            return date_format(date.fromisoformat(value), "DATE_FORMAT")
        except ValueError:
            return value
    return value
