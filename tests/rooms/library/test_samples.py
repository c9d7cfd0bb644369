"""The raw exports of the databases come in through the room without a lost field, and go out again as they came."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from nahtstelle.engines.literature.formats.reading import read
from nahtstelle.engines.literature.formats.values import Broken
from nahtstelle.engines.literature.formats.writing import BY_ENDING
from nahtstelle.engines.literature.plain import plain, record_from
from nahtstelle.engines.literature.records import Record as Said
from nahtstelle.rooms.library.actions import giving, taking_in
from nahtstelle.rooms.library.models import Import, Work
from tests.register.cast import Cast
from tests.register.world import SignIn
from tests.rooms.library.delivering import BY, delivered, given, reference, ris, taken

pytestmark = pytest.mark.django_db
ENDINGS = {form: ending for ending, form in BY_ENDING.items()}


def content(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def through(batch: Import) -> Import:
    """With the columns as they are proposed, where a table asks."""
    if batch.state == Import.State.MAPPING:
        columns = {int(place): field for place, field in batch.columns.items()}
        giving.choose_columns(batch=batch, columns=columns, by=BY, at=timezone.now())
        delivered(batch)
    taking_in.confirm(batch=batch, by=BY, at=timezone.now())
    return delivered(batch)


def test_every_sample_comes_in_without_a_lost_field(shared_data: Path) -> None:
    paths = sorted((shared_data / "dedupe" / "import_samples").glob("*.gz"))
    assert len(paths) == 13
    for path in paths:
        name = path.name.removesuffix(".gz")
        told = [one for one in read(content(path), name) if not isinstance(one, Broken)]
        batch = through(given(content(path), name, source=name))
        assert batch.state == Import.State.DONE, (name, batch.trouble)
        kept = [record_from(values) for values in batch.records.order_by("number").values_list("values", flat=True)]
        assert kept == told, name
        assert not batch.records.filter(work__isnull=True).exists()
    assert Work.objects.count() == sum(Import.objects.values_list("records_read", flat=True))


def written(client: Client, name: str, *args: object, **query: str) -> bytes:
    response = client.get(reverse(f"library:{name}", args=args), query)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("form", sorted(ENDINGS))
def test_what_went_in_comes_out_again(people: Cast, as_: SignIn, shared_data: Path, form: str) -> None:
    """An import is written in a format, given again, and every record is as it was; so it is with a list of works."""
    path = shared_data / "dedupe" / "import_samples" / "gambling_lens_49.ris.gz"
    batch = through(given(content(path), "lens.ris", source="Lens"))
    before = list(batch.records.order_by("number").values_list("values", flat=True))
    out = written(as_(people.dilan), "import-export", batch.pk, form)
    again = through(given(out, f"out.{ENDINGS[form]}", source="again"))
    assert list(again.records.order_by("number").values_list("values", flat=True)) == before
    works = written(as_(people.dilan), "works-export", form, source="Lens")
    said = {_without_key(one) for one in read(works, f"works.{ENDINGS[form]}") if isinstance(one, Said)}
    alone = Work.objects.annotate(told=Count("records")).filter(told=2)  # told by this record, given twice
    assert said >= {_without_key(record_from(one.values)) for one in batch.records.filter(work__in=alone)}
    assert (alone.count(), len(said)) == (45, 47)  # two pairs of this file are one work each


def _without_key(record: Said) -> str:
    """Works go out under their citation keys."""
    return json.dumps({name: value for name, value in plain(record).items() if name != "key"}, sort_keys=True)


def test_a_single_work_goes_out_under_its_citation_key(people: Cast, as_: SignIn) -> None:
    taken(ris(reference("Arbeit", doi="10.1234/eins")))
    work = Work.objects.get()
    text = written(as_(people.dilan), "work-export", work.pk, "bibtex").decode()
    assert "@article{klee2021arbeit," in text


def test_a_list_goes_out_as_it_is_filtered(people: Cast, as_: SignIn) -> None:
    taken(ris(reference("Alt", year=1999), reference("Neu", year=2024)))
    text = written(as_(people.dilan), "works-export", "ris", since="2000").decode()
    assert ("Neu" in text, "Alt" in text) == (True, False)


def test_a_format_there_is_not_is_not_found(people: Cast, as_: SignIn) -> None:
    response = as_(people.dilan).get(reverse("library:works-export", args=["docx"]))
    assert response.status_code == 404


def test_a_workbook_comes_in_with_its_columns_assigned(people: Cast) -> None:
    book = Workbook()
    book.active.append(["Titel", "Jahr", "DOI", "Regal"])
    book.active.append(["Arbeit", 2021, "10.1234/eins", "A 1"])
    out = io.BytesIO()
    book.save(out)
    batch = through(given(out.getvalue(), "regal.xlsx", source="Regal"))
    work = batch.records.get().work
    assert (work.title, work.year, work.doi) == ("Arbeit", 2021, "10.1234/eins")
    assert batch.records.get().values["extras"] == [["Regal", "A 1"]]
