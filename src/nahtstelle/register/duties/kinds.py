"""Kinds of duty: what is to be done, said by the room that opens such duties.

A room declares its kinds once, in its app's ``ready``. The sentence is lazy, so it is read in the reader's language.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Duty


@dataclass(frozen=True, slots=True)
class Kind:
    """``sentence`` may use ``%(title)s``, the subject's title; ``label`` is what a filter calls this kind."""

    name: str
    label: Any
    sentence: Any


_kinds: dict[str, Kind] = {}


def declare(name: str, *, label: Any, sentence: Any) -> None:
    """Declare a kind of duty, e.g. ``declare("outputs.review", label=_("Review"), sentence=_("Review %(title)s"))``.

    Raises ``ValueError`` where the name is taken by another sentence.
    """
    kind = Kind(name=name, label=label, sentence=sentence)
    known = _kinds.setdefault(name, kind)
    if known is not kind and (str(known.label), str(known.sentence)) != (str(label), str(sentence)):
        raise ValueError(f"Two kinds of duty are called {name}.")


def kind_called(name: str) -> Kind:
    """The kind; one that nobody declared any more is still readable."""
    return _kinds.get(name) or Kind(name=name, label=name, sentence=_("To be done: %(title)s"))


def sentence_of(duty: Duty) -> str:
    """What is to be done, in the active language."""
    return str(kind_called(duty.kind).sentence) % {"title": duty.subject_title}
