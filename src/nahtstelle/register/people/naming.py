"""Finding a name or an address in words, and putting something else in its place."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Field, JSONField, Model, Q, TextField
from django.db.models.functions import Cast

from .personal import Mentions

AT_ONCE = 500
_PLAIN = re.compile(r"[A-Za-z0-9]+")


def pattern_of(spellings: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the spellings as a whole word, whatever its case."""
    words = "|".join(re.escape(one) for one in sorted(filter(None, spellings), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def holding_words(model: type[Model], field: str, spellings: Iterable[str], pattern: re.Pattern[str]) -> Iterator[Any]:
    """The rows of a model whose ``field`` names one of the spellings."""
    condition = Q()
    for one in filter(None, spellings):
        condition |= Q(as_words__icontains=_plainest(one))
    objects = model._default_manager.annotate(as_words=Cast(field, TextField())).filter(condition).order_by("pk")
    numbers = list(objects.values_list("pk", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        for row in model._default_manager.filter(pk__in=numbers[start : start + AT_ONCE]):
            if pattern.search(words_of(getattr(row, field))):
                yield row


def _plainest(spelling: str) -> str:
    """The longest part every database finds whatever its case: SQLite knows case in ASCII only, and keeps other letters
    escaped inside JSON. Empty where there is none: then every row is looked at.
    """
    return max(_PLAIN.findall(spelling), key=len, default="")


def words_of(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def replace(mentions: Mentions, spellings: Iterable[str], stand_in: str) -> int:
    """Put ``stand_in`` where somebody is named; the number of rows changed."""
    spellings = list(spellings)
    pattern = pattern_of(spellings)
    number = 0
    for name in mentions.fields:
        field = mentions.model._meta.get_field(name)
        for row in holding_words(mentions.model, name, spellings, pattern):
            setattr(row, name, _replaced(getattr(row, name), pattern, stand_in, field))
            row.save(update_fields=[name])
            number += 1
    return number


def _replaced(value: Any, pattern: re.Pattern[str], stand_in: str, field: Any) -> Any:
    if isinstance(value, str):
        said = pattern.sub(lambda _found: stand_in, value)
        longest = field.max_length if isinstance(field, Field) and not isinstance(field, JSONField) else None
        return said[:longest] if longest else said
    if isinstance(value, list):
        return [_replaced(one, pattern, stand_in, field) for one in value]
    if isinstance(value, dict):
        return {key: _replaced(one, pattern, stand_in, field) for key, one in value.items()}
    return value
