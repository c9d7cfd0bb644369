"""The walk over every column of words of every table, in search of somebody's name and addresses."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

WORDS = (models.CharField, models.TextField, models.JSONField)

# Where a name may stay after its bearer was erased, and why. Nothing else is passed over.
MAY_STAY = {
    (
        "outputs.output",
        "title",
    ): "the text of what the centre writes: a name in it is content, changed by a new edition",
    ("outputs.output", "summary"): "as the title",
    ("outputs.output", "body"): "as the title",
    ("outputs.save", "title"): "as the output's title",
    ("outputs.save", "summary"): "as the output's title",
    ("outputs.save", "body"): "as the output's title",
    ("outputs.lefttext", "title"): "as the output's title",
    ("outputs.lefttext", "summary"): "as the output's title",
    ("outputs.lefttext", "body"): "as the output's title",
    ("outputs.edition", "title"): "an edition as readers saw it is never changed; the text is withdrawn or replaced",
    ("outputs.edition", "summary"): "as the edition's title",
    ("outputs.edition", "body"): "as the edition's title",
    ("outputs.edition", "note"): "as the edition's title",
    ("outputs.authorship", "credit"): "the author's name, where the author wanted it to stay",
}
# The index of the search repeats what stands elsewhere and forgets with it; an export tells the place it comes from.
DERIVED = {("search.page", "title"), ("search.page", "address"), ("search.word", "written")}


@dataclass(frozen=True, slots=True)
class Found:
    """A cell in which somebody is named."""

    model: str
    id: Any
    field: str

    @property
    def column(self) -> tuple[str, str]:
        return self.model, self.field


def columns() -> Iterator[tuple[type[models.Model], str]]:
    """Every column that can hold words, also of other people's apps and of the tables between two others."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, WORDS):
                yield model, field.attname


def named(spellings: Iterable[str]) -> set[Found]:
    """Every cell that contains one of the spellings, whatever its case; JSON is read as it is meant."""
    wanted = [one.casefold() for one in spellings]
    found = set()
    for model, field in columns():
        for number, value in model._base_manager.values_list("pk", field):
            words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            if any(one in words.casefold() for one in wanted):
                found.add(Found(model._meta.label_lower, number, field))
    return found
