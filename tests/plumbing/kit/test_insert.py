"""INSERT … SELECT on both databases: how many, which columns, what is passed over."""

from datetime import datetime

import pytest
from django.db.models import CharField, Value
from django.db.models.functions import Concat

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.kit.insert import insert_from

pytestmark = pytest.mark.django_db
FIELDS = ["digest", "size", "media_type", "path", "kept_at"]


def keep(*digests: str, at: datetime) -> None:
    KeptFile.objects.bulk_create(
        KeptFile(digest=digest, size=1, media_type="text/plain", path=f"{digest}.gz", kept_at=at) for digest in digests
    )


def copies(ending: str, **chosen: object) -> object:
    digest = Concat("digest", Value(ending), output_field=CharField())
    found = KeptFile.objects.filter(**chosen).annotate(copied=digest)
    return found.values_list("copied", "size", "media_type", "path", "kept_at")


def digests() -> list[str]:
    return sorted(KeptFile.objects.values_list("digest", flat=True))


def test_rows_that_a_query_selects_are_inserted(now: datetime) -> None:
    keep("a", "b", at=now)
    assert insert_from(KeptFile, copies("-copy"), FIELDS) == 2
    assert digests() == ["a", "a-copy", "b", "b-copy"]


def test_a_row_that_is_there_is_passed_over(now: datetime) -> None:
    keep("a", "b", "a-copy", at=now)
    assert insert_from(KeptFile, copies("-copy", digest__in=["a", "b"]), FIELDS) == 1
    assert digests() == ["a", "a-copy", "b", "b-copy"]


def test_nothing_selected_inserts_nothing(now: datetime) -> None:
    assert insert_from(KeptFile, copies("-copy"), FIELDS) == 0


def test_values_in_the_query_are_parameters(now: datetime) -> None:
    keep("a", at=now)
    insert_from(KeptFile, copies("'); DROP TABLE files_keptfile; --"), FIELDS)
    assert digests() == ["a", "a'); DROP TABLE files_keptfile; --"]


def test_columns_arrive_where_they_are_named(now: datetime) -> None:
    keep("a", at=now)
    rows = KeptFile.objects.values_list("path", "digest", "size", "media_type", "kept_at")
    insert_from(KeptFile, rows, ["digest", "path", "size", "media_type", "kept_at"])
    made = KeptFile.objects.get(digest="a.gz")
    assert (made.path, made.size, made.media_type, made.kept_at) == ("a", 1, "text/plain", now)
