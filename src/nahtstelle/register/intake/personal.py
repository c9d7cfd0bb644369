"""What tables that came in hold of a person: why their data are held, the rows that named them, and the file itself."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.files.actions import forget
from nahtstelle.register.people.models import Person
from nahtstelle.register.people.personal import Erasure, Holding, Mentions, by_account, by_person, deleted, kept

from .models import Batch, Change, Ground, Row


def holdings() -> list[Holding]:
    return [
        Holding(
            _("Why your data are held"), Ground, by_person(Ground, "person"), ("purpose", "consent_on", "source"), deleted
        ),
        Holding(
            _("Tables that changed your data"), Batch, _tables_about, ("file_name", "purpose", "given_at"), _without_file,
            "that a table came in and what it did, in numbers; the file goes, and the name out of its rows",
        ),
        Holding(
            _("Tables you brought in"), Batch, by_account(Batch, "given_by"), ("file_name", "purpose", "given_at"), kept,
            "that a table came in, without the name",
        ),
    ]  # fmt: skip


def mentions() -> list[Mentions]:
    return [
        Mentions(Row, ("label", "cells", "values", "seen", "problems")),
        Mentions(Change, ("label", "before", "after")),
        Mentions(Batch, ("file_name",)),
        Mentions(Ground, ("source",)),
    ]


def _tables_about(person: Person) -> QuerySet[Any]:
    changes = Change.objects.filter(kind=Person._meta.label_lower, object_id=person.pk)
    return Batch.objects.filter(pk__in=changes.values("batch"))


def _without_file(rows: QuerySet[Any], erasure: Erasure) -> None:
    for batch in rows.exclude(file=None).select_related("file"):
        file = batch.file
        Batch.objects.filter(pk=batch.pk).update(file=None)
        forget(file)
