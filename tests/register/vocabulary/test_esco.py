"""Tables of ESCO become concepts, by the same way as SKOS."""

import gzip
from datetime import datetime
from pathlib import Path

import pytest

from nahtstelle.plumbing.ledger.actors import system
from nahtstelle.register.vocabulary import actions
from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.register.vocabulary.skos.esco import read_tables
from nahtstelle.register.vocabulary.skos.guarding import UnreadableFile
from nahtstelle.register.vocabulary.skos.reading import MOST
from nahtstelle.register.vocabulary.values import FacetValue

BY = system("tests")
GROUPS = (
    "ORIGINURI,ID,CODE,PREFERREDLABEL,ALTLABELS,DESCRIPTION\n"
    "http://data.europa.eu/esco/isco/C2,k1,2,Professionals,,Those who know\n"
    'http://data.europa.eu/esco/isco/C22,k2,22,Health professionals,"doctors\nnurses",\n'
)


def test_a_table_of_esco_becomes_terms_with_labels_and_groups_above() -> None:
    high, low = read_tables(GROUPS.encode(), most=MOST).terms
    assert (high.names, high.notes, high.broader) == ([("en", "Professionals")], [("en", "Those who know")], [])
    assert low.alternatives == [("en", "doctors"), ("en", "nurses")]
    assert low.broader == [high.uri]


@pytest.mark.parametrize("content", [b"Name;Mail\nAda;x\n", b"", b"ORIGINURI,PREFERREDLABEL\n", b"\xff\xfe\x00"])
def test_any_other_table_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_tables(content, most=MOST)


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(UnreadableFile):
        read_tables(GROUPS.encode(), most=1)


@pytest.mark.django_db
def test_the_table_is_imported_as_a_vocabulary_of_its_own(now: datetime) -> None:
    batch = actions.prepare_import(
        content=GROUPS.encode(), file_name="esco.csv", target=FacetValue("esco", "ESCO", "ESCO", 90), by=BY, at=now
    )
    fitted = actions.carry_out_import(batch=batch, address=lambda key: f"https://example.org/{key}", by=BY, at=now)
    assert (len(fitted.created), fitted.errors) == (2, [])
    assert Concept.objects.get(notation="22").broader.get().notation == "2"


def test_the_real_tables_are_read(shared_data: Path) -> None:
    numbers = {}
    for name in ("occupations", "ISCOGroups", "skillGroups"):
        content = gzip.decompress((shared_data / "vocabulary" / f"esco-1.1.1_{name}.en.csv.gz").read_bytes())
        numbers[name] = len(read_tables(content, most=MOST).terms)
    assert numbers == {"occupations": 3007, "ISCOGroups": 619, "skillGroups": 640}
