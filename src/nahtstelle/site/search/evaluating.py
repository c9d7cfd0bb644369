"""How good the search is: nDCG@10 and recall@20 for judged queries, and how long each takes.

A judgement names its document by something that outlives an index: "output:<slug>", "provision:<law's slug>:<§ 14>",
"law:<slug>", "act:<slug>", "project:<key>". What the index does not have is left out; a query without any judged document too.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import log2
from pathlib import Path
from statistics import fmean, median
from time import perf_counter

from nahtstelle.register.programmes.models import Network, Programme, Project
from nahtstelle.rooms.law.models import Act, Law, Provision
from nahtstelle.rooms.outputs.models import Output

from .index import Question, search
from .models import Document

Judged = dict[str, dict[str, int]]  # query → document → grade
AT, DEEP = 10, 20
BEST_GRADE = 3


def read_judgements(path: Path, *, part: str = "") -> Judged:
    """Judgements from a CSV with the columns query, document, grade and perhaps part.

    Raises ``ValueError`` with a sentence that names the line.
    """
    judged: Judged = {}
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        if not {"query", "document", "grade"} <= set(rows.fieldnames or ()):
            raise ValueError("the first line must name the columns query, document and grade.")
        for row in rows:
            grade = (row["grade"] or "").strip()
            if grade not in {str(one) for one in range(BEST_GRADE + 1)}:
                raise ValueError(f"line {rows.line_num}: the grade is '{grade}', not a number from 0 to {BEST_GRADE}.")
            if not part or row.get("part") == part:
                judged.setdefault(row["query"], {})[row["document"]] = int(grade)
    return judged


def stable_names() -> dict[int, str]:
    """The documents of the index by the names judgements use."""
    laws = dict(Law.objects.values_list("pk", "slug"))
    known: dict[str, dict[str, str]] = {
        "outputs": {str(pk): f"output:{slug}" for pk, slug in Output.objects.values_list("pk", "slug")},
        "laws": {str(pk): f"law:{slug}" for pk, slug in laws.items()},
        "acts": {str(pk): f"act:{slug}" for pk, slug in Act.objects.values_list("pk", "slug")},
        "provisions": {
            f"{law}:{pk}": f"provision:{laws[law]}:{designation}"
            for pk, law, designation in Provision.objects.values_list("pk", "law", "designation")
        },
    }
    for kind, model in (("programme", Programme), ("network", Network), ("project", Project)):
        rows = model.objects.values_list("pk", "key")
        known.setdefault("programmes", {}).update({f"{kind}:{pk}": f"{kind}:{key}" for pk, key in rows})
    singular = {"outputs": "output", "laws": "law", "acts": "act", "provisions": "provision"}
    return {
        pk: known[source].get(key, f"{singular.get(source, source)}:{key}")
        for pk, source, key in Document.objects.filter(source__in=known).values_list("pk", "source", "key")
    }


def ndcg(ranked: list[str], grades: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten, gains 2^grade - 1 (Burges 2005)."""
    gains = [(2 ** grades.get(one, 0) - 1) / log2(place + 2) for place, one in enumerate(ranked[:AT])]
    best = sorted(grades.values(), reverse=True)[:AT]
    ideal = sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(best))
    return sum(gains) / ideal if ideal else 0.0


def recall(ranked: list[str], grades: Mapping[str, int]) -> float:
    """The share of the good documents (grade 1 and better) that are among the first twenty."""
    good = {one for one, grade in grades.items() if grade > 0}
    return len(good & set(ranked[:DEEP])) / len(good) if good else 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Per query: (query, nDCG@10, recall@20, seconds); ``left_out``: queries without a judged document in the index."""

    rows: list[tuple[str, float, float, float]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def ndcg(self) -> float:
        return fmean(row[1] for row in self.rows) if self.rows else 0.0

    @property
    def recall(self) -> float:
        return fmean(row[2] for row in self.rows) if self.rows else 0.0

    def milliseconds(self, share: float) -> float:
        """The time below which that share of the searches stayed."""
        times = sorted(row[3] for row in self.rows) or [0.0]
        return 1000 * (median(times) if share == 0.5 else times[min(len(times) - 1, int(share * len(times)))])

    def lines(self, *, worst: int = 0) -> list[str]:
        lines = [
            f"queries    {len(self.rows)}" + (f" ({len(self.left_out)} left out)" if self.left_out else ""),
            f"nDCG@10    {self.ndcg:.3f}",
            f"recall@20  {self.recall:.3f}",
            f"time       median {self.milliseconds(0.5):.1f} ms, p95 {self.milliseconds(0.95):.1f} ms, "
            f"most {self.milliseconds(1.0):.1f} ms",
        ]
        for query, gain, found, _seconds in sorted(self.rows, key=lambda row: row[1])[:worst]:
            lines.append(f"{gain:.2f} {found:.2f}  {query}")
        return lines


def measure(judged: Judged, ask: Callable[[str], list[int]], names: Mapping[int, str]) -> Measured:
    """Ask each judged query; ``ask`` gives the ids of the first twenty documents."""
    present = set(names.values())
    measured = Measured()
    for query, grades in judged.items():
        here = {name: grade for name, grade in grades.items() if name in present}
        if not any(here.values()):
            measured.left_out.append(query)
            continue
        began = perf_counter()
        ids = ask(query)
        seconds = perf_counter() - began
        ranked = [names.get(one, "") for one in ids]
        measured.rows.append((query, ndcg(ranked, here), recall(ranked, here), seconds))
    return measured


def evaluate(judged: Judged, *, keys: frozenset[str]) -> Measured:
    """Our own search, asked by a reader with these keys."""

    def ask(query: str) -> list[int]:
        return [hit.page.document_id for hit in search(Question(query, keys, per_page=DEEP, language="de")).hits]

    for query in list(judged)[:3]:
        ask(query)  # what is read once is not counted
    return measure(judged, ask, stable_names())
