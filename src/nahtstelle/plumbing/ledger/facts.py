"""Facts: what can happen, as frozen dataclasses of ids, dates and short texts.

A room declares its facts with ``@fact("law.ProvisionsAmended")``; the name is what the database keeps, so a class may
move without losing the past.
"""

import dataclasses
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar, get_args, get_type_hints

T = TypeVar("T")
_types: dict[str, type] = {}
_sentences: dict[str, Any] = {}
_ALLOWED = {int, str, bool, float, date, datetime, tuple[int, ...], tuple[str, ...]}


def fact(name: str, *, says: Any = "") -> Callable[[type[T]], type[T]]:
    """Declare a frozen dataclass as a fact under ``name``.

    ``says`` is how the trail puts it to a reader: a lazy translation, singular or plural, that may use the fact's
    fields as "%(count)s".

    Raises ``TypeError`` where the class is not frozen or carries more than ids, dates and short texts: whatever a fact
    holds is kept for years and must still be readable then.
    """

    def declare(cls: type[T]) -> type[T]:
        if not dataclasses.is_dataclass(cls) or not cls.__dataclass_params__.frozen:
            raise TypeError(f"{cls.__name__} must be a frozen dataclass to be a fact.")
        for field, kind in get_type_hints(cls).items():
            if _without_none(kind) not in _ALLOWED:
                raise TypeError(f"{cls.__name__}.{field} is {kind}; facts hold ids, dates and short texts only.")
        if _types.setdefault(name, cls) is not cls:
            raise TypeError(f"Two facts are called {name}.")
        cls.fact_name = name  # type: ignore[attr-defined]  # reason: the declaration is what gives it its name
        if says:
            _sentences[name] = says
        return cls

    return declare


def _without_none(kind: Any) -> Any:
    """What an optional field holds when it holds something."""
    rest = [part for part in get_args(kind) if part is not type(None)]
    return rest[0] if type(None) in get_args(kind) and len(rest) == 1 else kind


def sentence_for(name: str, payload: dict[str, Any]) -> str:
    """The fact as a sentence in the active language; one without a sentence gives its name in words."""
    if name in _sentences:
        try:
            return str(_sentences[name] % {**payload})
        except (KeyError, TypeError, ValueError):
            return label_of(name)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.rpartition(".")[2])
    return words.capitalize()


class _Gap(int):
    """Stands where a sentence has a word to be filled in; a number, so that a plural form can be chosen."""

    def __str__(self) -> str:
        return "…"


def label_of(name: str) -> str:
    """The fact's sentence with gaps, for a list to choose from."""
    return str(_sentences[name] % defaultdict(lambda: _Gap(2))) if name in _sentences else sentence_for(name, {})


def all_names() -> list[str]:
    """Every declared fact, in order."""
    return sorted(_types)


def pack(value: Any) -> dict[str, Any]:
    """The fact as plain JSON values."""
    return {
        f.name: v.isoformat() if isinstance(v := getattr(value, f.name), date) else v for f in dataclasses.fields(value)
    }


def unpack(name: str, payload: dict[str, Any]) -> Any:
    """The fact back from what the database kept.

    Raises ``LookupError`` where no fact of that name is declared any more.
    """
    if name not in _types:
        raise LookupError(f"No fact is called {name}; was its room removed before its deliveries were done?")
    cls = _types[name]
    values: dict[str, Any] = {}
    for field, kind in get_type_hints(cls).items():
        if field not in payload:
            continue
        raw = payload[field]
        wanted = getattr(kind, "__args__", (kind,))
        if isinstance(raw, str) and datetime in wanted:
            raw = datetime.fromisoformat(raw)
        elif isinstance(raw, str) and date in wanted:
            raw = date.fromisoformat(raw)
        elif isinstance(raw, list):
            raw = tuple(raw)
        values[field] = raw
    return cls(**values)
