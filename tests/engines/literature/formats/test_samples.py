"""The raw exports of the databases come in without a lost word: an independent, stupid reading looks for each value."""

import gzip
import re
from pathlib import Path

import pytest

from nahtstelle.engines.literature.formats.reading import read
from nahtstelle.engines.literature.formats.values import Broken
from nahtstelle.engines.literature.formats.writing import WRITTEN, write
from nahtstelle.engines.literature.records import Record

SAMPLES = {
    "asreview_baseline_zotero.ris": 100, "asreview_ovid_psycinfo.ris": 6, "asreview_scopus.ris": 6,
    "asreview_web_of_science.txt": 10, "asysd_ris_export.txt": 69, "asysd_scopus.ris": 10, "asysd_wos_test.ris": 50,
    "gambling_crimjust_41.ris": 41, "gambling_lens_49.ris": 49, "gambling_psycinfo_124.ris": 124,
    "gambling_pubmed_176.ris": 176, "gambling_scopus_255.ris": 255,
}  # fmt: skip


def sample(shared_data: Path, name: str) -> bytes:
    return gzip.decompress((shared_data / "dedupe" / "import_samples" / f"{name}.gz").read_bytes())


def stupidly(content: bytes) -> list[list[str]]:
    """The values of each record of a RIS file, tag by tag, cut at TY."""
    found: list[list[str]] = []
    for line in re.split(r"\r\n|\r|\n", content.decode("utf-8-sig")):
        tag = re.match(r"([A-Z][A-Z0-9]) {0,2}-(.*)", line)
        if tag and tag[1] == "TY":
            found.append([])
        elif tag and tag[1] != "ER":
            found[-1].append(tag[2].strip())
        elif not tag and found and line.strip() and not re.fullmatch(r"\s*\d+\.\s*", line):
            found[-1].append(line.strip())
    return found


def bare(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def all_words(record: Record) -> str:
    parts = [record.key, record.title, record.issued, str(record.year), record.container, record.volume, record.issue,
             record.pages, record.publisher, record.place, record.edition, record.doi, record.isbn, record.issn,
             record.pmid, record.url, record.language, record.abstract, *record.keywords, *record.notes,
             *(f"{n.family}{n.given}" for n in (*record.authors, *record.editors)), *(e.text for e in record.extras)]  # fmt: skip
    return "|".join(bare(part) for part in parts)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_value_of_a_raw_export_is_in_its_record(shared_data: Path, name: str) -> None:
    content = sample(shared_data, name)
    raw = stupidly(content)
    found = list(read(content, name))

    assert len(found) == len(raw) == SAMPLES[name]
    lost = []
    for record, values in zip(found, raw, strict=True):
        assert isinstance(record, Record)
        words = all_words(record)
        for value in values:
            # An address of a DOI is kept as its number, a day without the slashes that stand for what is not known.
            there = bare(re.sub(r"^https?://(dx\.)?doi\.org/", "", value)) in words
            day = re.fullmatch(r"(\d{4})(?:/(\d\d))?(?:/(\d\d))?/*", value)
            if not there and not (day and record.issued.startswith("-".join(filter(None, day.groups())))):
                lost.append(value)
    assert lost == []


def test_the_stupid_reading_can_find_a_loss(shared_data: Path) -> None:
    content = sample(shared_data, "gambling_lens_49.ris")
    (first, *_) = stupidly(content)
    assert not all(bare(value) in all_words(Record(title="Anderes")) for value in first)


def test_an_export_of_embase_comes_in_with_its_columns(shared_data: Path) -> None:
    found = list(read(sample(shared_data, "asreview_embase.csv"), "embase.csv"))

    assert len(found) == 6
    first = found[0]
    assert isinstance(first, Record)
    assert first.title.startswith("Duplication cysts")
    assert [str(name) for name in first.authors] == ["Liu, R.", "Adler, D.G."]
    assert "Correspondence Address" in [extra.tag for extra in first.extras]


@pytest.mark.parametrize("form", WRITTEN)
def test_every_sample_survives_each_format(shared_data: Path, form: str) -> None:
    given: list[Record] = []
    for name in [*SAMPLES, "asreview_embase.csv"]:
        given += [r for r in read(sample(shared_data, name), name) if isinstance(r, Record)][:20]

    back = list(read("".join(write(given, form)).encode(), f"back.{form}"))

    assert not [trouble for trouble in back if isinstance(trouble, Broken)]
    assert back == given
