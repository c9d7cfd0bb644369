"""How well and how fast citations are found, beside quantlaw, refex (legal-reference-extraction) and bundesrecht.

Run by hand: ``python tests/benchmarks/bench_lawtext_citations.py``. It prints three tables and takes less than three
minutes on one core (processor time is told). Needs the texts with gold spans and the archive of laws beside the project
(see docs/reference/citations.md); changes nothing. The peers read only as many laws as fit into ``PEER_SECONDS``.
"""

import contextlib
import io
import json
import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from bundesrecht import normalise, parse_reference
from quantlaw.de_extract.statutes_areas import StatutesExtractor
from quantlaw.de_extract.statutes_parse import StatutesParser
from quantlaw.de_extract.stemming import stem_law_name
from refex.engines.regex import RegexLawExtractor

sys.path.insert(0, str(Path(__file__).parents[2]))
from nahtstelle.engines.lawtext.archives import open_law_archive
from nahtstelle.engines.lawtext.citations import DEFAULT_NAMES, find_citations
from nahtstelle.engines.lawtext.citations.federal_laws import FEDERAL_LAWS
from nahtstelle.engines.lawtext.citations.names import read_table
from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.values import LawReading, NormKind
from tests.engines.lawtext.citations.gold import Span, f1, read_entities, scores

DATA = Path(__file__).parents[3] / "shared" / "data"
GOLD = DATA / "citations"
ARCHIVE = DATA / "laws" / "scale" / "laws-2025-04-02-up-to-100kB.tar.xz"
PEER_SECONDS = 15.0
DEPTH = ("law", "section", "absatz", "satz", "nummer", "buchstabe")
UNITS = {
    "Abs": "absatz",
    "Satz": "satz",
    "Nr": "nummer",
    "Buchst": "buchstabe",
    "Buchstabe": "buchstabe",
    "lit": "buchstabe",
}

Member = tuple[str | None, ...]  # law, section, absatz, satz, nummer, buchstabe


class Quantlaw:
    """quantlaw's two steps, with the names of every law of the archive and of our table."""

    def __init__(self, names: dict[str, str]) -> None:
        names.pop(stem_law_name("Verordnung"), None)  # a law of the archive is called just so
        self._areas, self._parser = StatutesExtractor(names), StatutesParser(names)

    def areas(self, text: str) -> Iterator[object]:
        for area in self._areas.find_all(text):
            if area.has_main_area():
                yield area

    def spans(self, text: str) -> set[Span]:
        with contextlib.redirect_stdout(io.StringIO()):
            # As its authors count: a reference ends with its law; what stands between is its "suffix".
            return {(a.start, a.end + (a.suffix_len + a.law_len if a.law_len else 0)) for a in self.areas(text)}

    def members(self, text: str, context: str | None) -> set[Member]:
        found: set[Member] = set()
        with contextlib.redirect_stdout(io.StringIO()):
            for area in self.areas(text):
                try:
                    paths = self._parser.parse_main(area.main_text())
                    law = self._parser.parse_law(area.law_text(), area.law_match_type, context or "?")
                except Exception:
                    continue
                found |= {_member(law if law != "?" else None, path) for path in paths}
        return found


class Refex:
    def __init__(self) -> None:
        self._engine = RegexLawExtractor()

    def spans(self, text: str) -> set[Span]:
        return {(one.span.start, one.span.end) for one in self._engine.extract(text)[0]}

    def members(self, text: str, context: str | None) -> set[Member]:
        found: set[Member] = set()
        for one in self._engine.extract(text)[0]:
            below = dict(one.structure)
            numbers = [one.number, *one.range_extensions, one.range_end]
            law = one.book or context
            found |= {(_law(law), n, *(below.get(key) for key in DEPTH[2:])) for n in numbers if n}
        return found


def ours(text: str) -> set[Span]:
    return {(citation.start, citation.end) for citation in find_citations(text)}


def our_members(text: str, context: str | None) -> set[Member]:
    return {(_law(c.law), *(getattr(c, key) for key in DEPTH[1:])) for c in find_citations(text, context_law=context)}


def bundesrecht_members(text: str, context: str | None) -> set[Member]:
    """bundesrecht finds nothing in running text: it is handed the references we found, one by one."""
    found: set[Member] = set()
    for reference in {citation.text for citation in find_citations(text)}:
        for one in normalise(reference):
            parsed = parse_reference(one)
            for paragraph in parsed.paragraphs:
                path = [("§", paragraph.paragraph), *((below.level, below.number) for below in paragraph.sub_refs)]
                found.add(_member(_without_article(parsed.law) or context, path))
    return found


def _without_article(law: str | None) -> str | None:
    return None if law is None else law.removeprefix("des ").removeprefix("der ")


def _member(law: str | None, path: Iterable[Iterable[str]]) -> Member:
    values: dict[str, str] = {}
    for unit, value in path:
        key = "section" if unit in ("§", "Art", "Art.", "Artikel") else UNITS.get(unit.rstrip("."), "")
        values.setdefault(key, value)
    return (_law(law), *(values.get(key) for key in DEPTH[1:]))


def _law(name: str | None) -> str | None:
    return (
        None if name is None else DEFAULT_NAMES.canonical(name) or DEFAULT_NAMES.abbreviated_in_any_case(name) or name
    )


def main() -> None:
    if not GOLD.is_dir() or not ARCHIVE.is_file():
        sys.exit(f"The texts and laws are not at {DATA}.")
    logging.disable(logging.WARNING)  # refex tells of every law it does not know
    begun = time.process_time()
    laws = [read_law(data) for _, data in open_law_archive(ARCHIVE.open("rb")) if isinstance(data, bytes)]
    print(f"{len(laws)} laws read in {time.process_time() - begun:.0f} s")
    quantlaw, refex = Quantlaw(_names(laws)), Refex()
    judgments(quantlaw, refex)
    annotated(quantlaw, refex)
    archive(laws, quantlaw, refex)
    print(f"\n{time.process_time() - begun:.0f} s of processor time in all")


def judgments(quantlaw: Quantlaw, refex: Refex) -> None:
    sentences = [s for name in ("ler_dev", "ler_migration_train") for s in read_entities(GOLD / f"{name}.conll.gz")]
    print(f"\nJudgments (LER): {len(sentences)} sentences, {sum(len(s.citations) for s in sentences)} citations")
    print(f"{'':22}{'overlap P':>10}{'R':>7}{'F1':>7}{'exact F1':>10}{'sentences/s':>13}{'ours is':>10}")
    speed = 0.0
    for name, find in (("nahtstelle", ours), (_peer("quantlaw"), quantlaw.spans), (_peer("refex"), refex.spans)):
        begun = time.process_time()
        result = scores(sentences, find)
        rate = len(sentences) / (time.process_time() - begun)
        speed = speed or rate
        print(
            f"{name:22}{result.overlap_precision:10.3f}{result.overlap_recall:7.3f}{result.overlap_f1:7.3f}"
            f"{result.exact_f1:10.3f}{rate:13,.0f}{_times(speed, rate):>10}"
        )


def annotated(quantlaw: Quantlaw, refex: Refex) -> None:
    rows = [json.loads(line) for line in (GOLD / "structured_refs.jsonl").read_text("utf-8").splitlines()]
    print(f"\nAnnotated members: {len(rows)} texts, {sum(len(row['refs']) for row in rows)} members")
    print(f"{'':22}{'full depth F1':>14}{'law and section F1':>20}")
    finders: tuple[tuple[str, Callable[[str, str | None], set[Member]]], ...] = (
        ("nahtstelle", our_members),
        (_peer("quantlaw"), quantlaw.members),
        (_peer("refex"), refex.members),
        (_peer("bundesrecht") + "*", bundesrecht_members),
    )
    for name, find in finders:
        reached = []
        for depth in (len(DEPTH), 2):
            right = wrong = missed = 0
            for row in rows:
                gold = {(_law(r["law"]), *(r.get(key) for key in DEPTH[1:]))[:depth] for r in row["refs"]}
                found = {member[:depth] for member in find(row["text"], row["context_law"])}
                right, wrong, missed = right + len(gold & found), wrong + len(found - gold), missed + len(gold - found)
            reached.append(f1(right, wrong, missed))
        print(f"{name:22}{reached[0]:14.3f}{reached[1]:20.3f}")
    print("* finds nothing in running text; it was handed the references we found")


def archive(laws: list[LawReading], quantlaw: Quantlaw, refex: Refex) -> None:
    texts = [
        (
            law.official_abbreviation or law.short_names[0],
            [n.text for n in law.norms if n.kind is not NormKind.CONTENTS],
        )
        for law in laws
    ]
    print(
        f"\nThe text of {len(laws)} federal laws ({sum(len(t) for _, ts in texts for t in ts) / 1e6:.1f} M characters)"
    )
    print(f"{'':22}{'laws':>7}{'s':>7}{'laws/s':>9}{'M char/s':>10}{'citations':>11}{'ours is':>10}")
    speed = 0.0

    def parsed_by_quantlaw(text: str, law: str) -> int:
        return len(quantlaw.members(text, law))

    for name, count, most in (
        ("nahtstelle", lambda text, law: len(find_citations(text, context_law=law)), float("inf")),
        (_peer("refex"), lambda text, law: len(refex.spans(text)), PEER_SECONDS),
        (_peer("quantlaw"), parsed_by_quantlaw, PEER_SECONDS),
    ):
        number = characters = done = 0
        begun = time.process_time()
        for law, norms in _spread(texts):
            for text in norms:
                number += count(text, law)
                characters += len(text)
            done += 1
            if time.process_time() - begun > most:
                break
        seconds = time.process_time() - begun
        speed = speed or characters / seconds
        print(
            f"{name:22}{done:7}{seconds:7.1f}{done / seconds:9.1f}{characters / seconds / 1e6:10.2f}{number:11,}"
            f"{_times(speed, characters / seconds):>10}"
        )


def _spread(texts: list[tuple[str, list[str]]]) -> Iterator[tuple[str, list[str]]]:
    """All laws, in an order that makes any beginning a fair sample."""
    step = 97
    for first in range(step):
        yield from texts[first::step]


def _names(laws: list[LawReading]) -> dict[str, str]:
    names: dict[str, str] = {}
    for law in laws:
        for name in (*law.short_names, law.official_abbreviation, law.short_title, law.long_title):
            if name:
                names[stem_law_name(name)] = law.official_abbreviation or law.short_names[0]
    for law_name, others in read_table(FEDERAL_LAWS):
        for name in (law_name, *others):
            names.setdefault(stem_law_name(name), law_name)
    return names


def _peer(name: str) -> str:
    return f"{name} {version({'refex': 'legal-reference-extraction'}.get(name, name))}"


def _times(ours: float, theirs: float) -> str:
    return "" if ours == theirs else f"{ours / theirs:.1f} x"


if __name__ == "__main__":
    main()
