"""What refers to objects: asked before they are taken away again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

AT_ONCE = 500


def references_to(
    model: Any, ids: Iterable[int], *, besides: Mapping[str, Collection[int]]
) -> dict[int, dict[str, int]]:
    """Of each object: what refers to it, by kind in words, and how many.

    ``besides`` names objects that do not count (label of the model in lower case → ids), such as those that came with
    it. A handful of queries per model that could refer to it. What an object refers to by a many-to-many field of its
    own goes with it and does not count.
    """
    wanted = sorted(set(ids))
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        other, field = relation.related_model, relation.field
        if other._meta.auto_created is model and field.name == _source_of(other, model):
            continue
        # A many-to-many row speaks for the object it starts from.
        subject, attname = _speaker(other)
        passed_over = besides.get(subject._meta.label_lower, ())
        for start in range(0, len(wanted), AT_ONCE):
            rows = other._base_manager.filter(**{f"{field.name}__in": wanted[start : start + AT_ONCE]})
            for speaker, pk in rows.values_list(attname, field.attname):
                if speaker not in passed_over:
                    found[pk][str(subject._meta.verbose_name)] += 1
    return found


def _source_of(through: Any, model: Any) -> str:
    """The column of a many-to-many table that names the object whose field it is."""
    field = next(f for f in model._meta.many_to_many if f.remote_field.through is through)
    return str(field.m2m_field_name())


def _speaker(other: Any) -> tuple[Any, str]:
    owner = other._meta.auto_created
    if not owner:
        return other, "pk"
    return owner, str(other._meta.get_field(_source_of(other, owner)).attname)
