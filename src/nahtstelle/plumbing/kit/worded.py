"""A question to the database, put into words once and asked many times: the ORM takes longer to word one than the database
to answer it, and a public page asks the same few for every reader."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
# What stands in the place of a value while a question is worded, so unlike any value that it is found again.
_PLACES: dict[type, Callable[[int], Any]] = {
    str: lambda number: f"\x02{number}\x03",
    int: lambda number: -7_302_114_905 - number,
}


@dataclass(frozen=True, slots=True)
class _Wording:
    queryset: QuerySet[Any]
    compiler: SQLCompiler
    statement: str
    parameters: tuple[Any, ...]
    filled: tuple[tuple[int, int], ...]  # which parameter is which value


class Worded(Generic[Row]):
    """``texts = Worded(lambda slug: Text.objects.filter(slug=slug), str)`` is asked as ``texts("a-slug")``.

    The rows are those the queryset itself would give; it may join, annotate and be ``values_list``, but not prefetch. Nothing
    in it may depend on anything but its values, of which the types are named: not on the day, the language or the reader.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]], *types: type) -> None:
        self._ask = ask
        self._places = [_PLACES[one](number) for number, one in enumerate(types)]
        self._wordings: dict[str, _Wording] = {}

    def __call__(self, *values: Any) -> list[Row]:
        if len(values) != len(self._places):
            raise TypeError(f"It is asked with {len(self._places)} values, not with {len(values)}.")
        worded = self._wordings.get(connection.vendor) or self._word()
        parameters = list(worded.parameters)
        for place, value in worded.filled:
            parameters[place] = values[value]
        compiler = copy(worded.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # that of this thread
        compiler.as_sql = lambda *_args, **_more: (worded.statement, tuple(parameters))
        return list(worded.queryset._iterable_class(_asked(worded.queryset, compiler)))

    def _word(self) -> _Wording:
        queryset = self._ask(*self._places)
        if queryset._prefetch_related_lookups:
            raise TypeError("A worded question prefetches nothing: ask for those rows by themselves.")
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        statement, parameters = compiler.as_sql()
        filled = [(place, self._places.index(one)) for place, one in enumerate(parameters) if one in self._places]
        if {value for _place, value in filled} != set(range(len(self._places))):
            raise TypeError("A value of the question is in no place of its statement.")
        worded = _Wording(queryset, compiler, statement, tuple(parameters), tuple(filled))
        self._wordings[connection.vendor] = worded
        return worded


def _asked(queryset: QuerySet[Any], compiler: SQLCompiler) -> Any:
    """What Django's iterables of rows read of a queryset, with the statement that is worded already."""
    query = SimpleNamespace(
        get_compiler=lambda *_args, **_more: compiler,
        extra_select=queryset.query.extra_select,
        values_select=queryset.query.values_select,
        annotation_select=queryset.query.annotation_select,
    )
    return SimpleNamespace(
        db=DEFAULT_DB_ALIAS, query=query, _fields=queryset._fields, _hints={}, _known_related_objects={},
    )  # fmt: skip


def belonging(thing: Model, name: str, rows: list[Any]) -> None:
    """``rows`` are what ``thing``'s manager of that name holds from now on, as if they had been prefetched."""
    known = getattr(type(thing), name)
    model = known.rel.related_model if hasattr(known, "rel") and not hasattr(known, "through") else known.rel.model
    held = QuerySet(model)
    held._result_cache, held._prefetch_done = rows, True
    thing.__dict__.setdefault("_prefetched_objects_cache", {})[name] = held
