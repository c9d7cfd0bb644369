"""Citations in real texts: judgments, statutes and the styles of guidance papers, with gold spans.

The targets are above what the peers reach on the same texts; docs/reference/citations.md has the figures reached.
"""

import gzip
import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from nahtstelle.engines.lawtext.citations import find_citations
from nahtstelle.engines.lawtext.values import NormKind
from tests.engines.lawtext.citations.gold import f1, read_entities, scores
from tests.engines.lawtext.law_files import read_law

DATA = Path(__file__).parents[5] / "shared" / "data"
GOLD = DATA / "citations"
pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason=f"the citations with gold spans are not at {GOLD}")

DEPTH = ("law", "section", "absatz", "satz", "nummer", "buchstabe")


def rows(file: str) -> Iterator[dict]:
    with gzip.open(GOLD / file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@cache
def structured() -> list[dict]:
    return [json.loads(line) for line in (GOLD / "structured_refs.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("depth", [len(DEPTH), 2])
def test_members_of_annotated_texts_are_found(depth: int) -> None:
    right = wrong = missed = 0
    for row in structured():
        gold = {tuple(ref.get(key) for key in DEPTH[:depth]) for ref in row["refs"]}
        found = find_citations(row["text"], context_law=row["context_law"], context_section=row["context_section"])
        mine = {tuple(citation.as_dict()[key] for key in DEPTH[:depth]) for citation in found}
        right, wrong, missed = right + len(gold & mine), wrong + len(mine - gold), missed + len(gold - mine)
    assert f1(right, wrong, missed) >= 0.95


@pytest.mark.parametrize("file", ["ler_dev.conll.gz", "ler_migration_train.conll.gz"])
def test_references_in_judgments_are_found_with_their_spans(file: str) -> None:
    found = scores(read_entities(GOLD / file), lambda text: {(c.start, c.end) for c in find_citations(text)})
    assert found.overlap_f1 >= 0.95
    assert found.exact_f1 >= 0.85


def test_references_in_annotated_decisions_are_found() -> None:
    texts = {document["doc_id"]: document["text"] for document in rows("oldp_documents.jsonl.gz")}
    missed = total = 0
    for document in rows("oldp_annotations.jsonl.gz"):
        spans = {(c.start, c.end) for c in find_citations(texts[document["doc_id"]])}
        for gold in document["citations"]:
            span = gold["span"]
            if gold["type"] == "law" and ("§" in span["text"] or span["text"].startswith("Art")):
                total += 1
                missed += not any(start < span["end"] and span["start"] < end for start, end in spans)
    assert total > 150
    assert missed / total <= 0.02


@pytest.mark.parametrize("slug", ["aufenthg_2004", "sgb_2", "azrg", "beschv_2013", "freiz_gg_eu_2004"])
def test_references_of_a_law_stand_in_its_norms_in_order_and_apart(slug: str) -> None:
    law = read_law(gzip.decompress((DATA / "laws" / "2025-04-02" / f"{slug}.xml.gz").read_bytes()))
    number = 0
    for norm in law.norms:
        if norm.kind is NormKind.CONTENTS:
            continue
        spans = []
        for citation in find_citations(norm.text, context_law=law.short_names[0]):
            assert norm.text[citation.start : citation.end] == citation.text
            spans.append((citation.start, citation.end))
            number += 1
        apart = sorted(set(spans))
        assert all(one[1] <= other[0] for one, other in pairwise(apart))
    assert number > 25
