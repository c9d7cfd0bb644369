"""How fast and how exact the comparison is: all dated real laws, a whole snapshot of 6,571 laws, and difflib beside it.

Run by hand: ``python tests/benchmarks/bench_lawtext_comparing.py``. It prints a table and takes less than three
minutes on one core. Needs the dated laws beside the project (see docs/reference/comparing.md); changes nothing.
"""

import difflib
import gzip
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from nahtstelle.engines.lawtext import anatomy
from nahtstelle.engines.lawtext.archives import open_law_archive
from nahtstelle.engines.lawtext.changed_parts import changed_parts
from nahtstelle.engines.lawtext.changes import ChangeKind, NormChange
from nahtstelle.engines.lawtext.comparing import compare
from nahtstelle.engines.lawtext.reading import read_law
from nahtstelle.engines.lawtext.synopsis import left_text, right_text, synopsis
from nahtstelle.engines.lawtext.values import Block, BlockKind, LawReading, Norm, NormKind
from nahtstelle.engines.lawtext.wording import PieceKind, differences, new_text, old_text

DATA = Path(__file__).parents[3] / "shared" / "data" / "laws"
SEED = 20250402
MUTATED = 0.1  # share of laws of the second snapshot that differ
DIFFLIB_SECONDS = 25.0  # the slow peer is stopped after so long
WORD = re.compile(r"\w+|[^\w\s]|\s+")


@dataclass
class Clock:
    """Processor seconds by name."""

    spent: Counter[str] = field(default_factory=Counter)

    def run(self, name, work, *arguments):
        begun = time.process_time()
        result = work(*arguments)
        self.spent[name] += time.process_time() - begun
        return result


def memory() -> float:
    """Highest resident memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    if not DATA.is_dir():
        sys.exit(f"The dated laws are not at {DATA}.")
    changes = real_pairs()
    against_difflib(changes)
    whole_snapshot()


def real_pairs() -> list[NormChange]:
    """Every law on every two neighbouring days it exists on."""
    clock, kinds, classes = Clock(), Counter(), Counter()
    found: list[NormChange] = []
    pairs = same_bytes = proved = 0
    for files in dated_files():
        laws = [(data, clock.run("read", read_law, data)) for data in map(unpacked, files)]
        for (old_data, old), (new_data, new) in pairwise(laws):
            pairs += 1
            if old_data == new_data:
                same_bytes += 1
            changes = clock.run("compare", compare, old, new)
            found += changes
            for change in changes:
                kinds[change.kind.value] += 1
                classes.update(each.value for each in change.classes)
                proved += clock.run("prove", is_exact, change)
                clock.run("parts", changed_parts, change.old, change.new)
    print(f"Real laws: {pairs} pairs of neighbouring days, {same_bytes} with equal bytes")
    print(f"  changes {len(found)}: {dict(kinds)}")
    print(f"  classes: {dict(classes)}")
    print(f"  differences and synopsis rebuild both texts character for character: {proved} of {len(found)}")
    for name, said in (("read", "reading all files"), ("compare", "comparing"), ("parts", "touched parts")):
        print(f"  {said}: {clock.spent[name]:.2f} s")
    print(f"  differences + synopsis of every change: {clock.spent['prove']:.2f} s")
    return found


def dated_files() -> Iterator[list[Path]]:
    days = sorted(path for path in DATA.iterdir() if path.name[:2] == "20")
    slugs = sorted({path.name for day in days for path in day.iterdir()})
    for slug in slugs:
        yield [day / slug for day in days if (day / slug).exists()]


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def is_exact(change: NormChange) -> bool:
    old = change.old.text if change.old else ""
    new = change.new.text if change.new else ""
    pieces = differences(old, new)
    rows = synopsis(change.old, change.new)
    return (old_text(pieces), new_text(pieces), left_text(rows), right_text(rows)) == (old, new, old, new)


def against_difflib(changes: list[NormChange]) -> None:
    """The same word differences by the standard library, on the real changes of text."""
    texts = [(c.old.text, c.new.text) for c in changes if c.old and c.new and c.old.text != c.new.text]
    random.Random(SEED).shuffle(texts)
    clock = Clock()
    told: Counter[str] = Counter()
    done = 0
    for old, new in texts:
        if clock.spent["careful"] > DIFFLIB_SECONDS:
            break
        if len(old) + len(new) > 60_000:
            continue  # one such pair takes difflib minutes
        pieces = clock.run("ours", differences, old, new)
        told["ours"] += sum(len(piece.text) for piece in pieces if piece.kind is not PieceKind.SAME)
        for name, junk in (("careful", False), ("default", True)):
            told[name] += clock.run(name, by_difflib, old, new, junk)
        done += 1
    print(f"Word differences of {done} changed norms (of {len(texts)}; those above 60,000 characters left out)")
    for name, said in (("ours", "ours"), ("careful", "difflib autojunk=False"), ("default", "difflib default")):
        seconds = clock.spent[name]
        ratio = seconds / clock.spent["ours"]
        print(
            f"  {said:24} {seconds:8.2f} s {done / seconds:9.1f} norms/s"
            f" {ratio:8.1f} x our time   {told[name] / told['ours']:5.2f} x our characters told as changed"
        )


def by_difflib(old: str, new: str, autojunk: bool) -> int:
    """Characters told as removed or added."""
    left, right = WORD.findall(old), WORD.findall(new)
    changed = 0
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=autojunk).get_opcodes():
        if tag != "equal":
            changed += sum(map(len, left[a:b])) + sum(map(len, right[c:d]))
    return changed


def whole_snapshot() -> None:
    """6,571 laws of one day against a second day in which one law in ten was changed by a seeded hand."""
    chance = random.Random(SEED)
    clock, right, made, kinds = Clock(), Counter(), Counter(), Counter()
    laws = norms = size = 0
    skipped = early = 0.0
    begun = time.perf_counter()
    with (DATA / "scale" / "laws-2025-04-02-up-to-100kB.tar.xz").open("rb") as stream:
        for _name, data in open_law_archive(stream):
            laws += 1
            size += len(data)
            early = memory() if laws <= 1000 else early
            old = clock.run("read", read_law, data)
            norms += len(old.norms)
            before_second = clock.spent["read"] + clock.spent["compare"]
            new = clock.run("read", read_law, data)
            truth: dict[str, str] = {}
            mutated = chance.random() < MUTATED
            if mutated:
                new, truth = mutate(new, chance)
            changes = clock.run("compare", compare, old, new)
            if not mutated:
                skipped += clock.spent["read"] + clock.spent["compare"] - before_second
            kinds.update(change.kind.value for change in changes)
            check(changes, truth, made, right)
    seconds = clock.spent["read"] + clock.spent["compare"]
    print(f"Whole snapshot: {laws} laws, {norms} norms, {size / 1e6:.1f} MB of XML, read twice and compared")
    print(f"  without skipping equal files: {seconds:.1f} s (reading {clock.spent['read']:.1f}, comparing "
          f"{clock.spent['compare']:.1f}); {laws / seconds:.0f} laws/s")  # fmt: skip
    print(f"  skipping files with equal bytes: {seconds - skipped:.1f} s")
    print(f"  highest memory: {early:.0f} MB after 1,000 laws, {memory():.0f} MB after all")
    print(f"  wall clock with unpacking and mutating: {time.perf_counter() - begun:.1f} s")
    print(f"  kinds found: {dict(kinds)}")
    for what in sorted(made):
        print(f"  {what}: {right[what]} of {made[what]} made by hand are told so")
    print(f"  changes told where nothing was done: {right['false']}")


def mutate(reading: LawReading, chance: random.Random) -> tuple[LawReading, dict[str, str]]:
    """Up to five norms reworded, renumbered or removed; what was done, by the old key."""
    norms = list(reading.norms)
    plain = [n for n in norms if n.kind is NormKind.PROVISION and len(n.text.split()) >= 12 and not n.repealed]
    truth: dict[str, str] = {}
    for each in chance.sample(plain, min(len(plain), chance.randint(1, 5))):
        at = next(index for index, norm in enumerate(norms) if norm is each)
        what = chance.choice(["amended", "amended", "amended", "renumbered", "removed"])
        truth[each.key] = what
        if what == "removed":
            del norms[at]
        elif what == "renumbered":
            name = f"{each.designation}zz"
            norms[at] = replace(reworded(each, chance, 0.05), designation=name, key=name, document_number="")
        else:
            norms[at] = reworded(each, chance, 0.1)
    return replace(reading, norms=tuple(norms)), truth


def reworded(norm: Norm, chance: random.Random, share: float) -> Norm:
    """The norm with some of its words (at least one) replaced by words no law has."""
    words = norm.text.split(" ")
    for at in chance.sample(range(len(words)), max(1, int(share * len(words)))):
        words[at] = f"neugefasst{chance.randrange(1000)}"
    text = " ".join(words)
    blocks: list[Block] = []
    at = 0
    for line in text.split("\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line)))
        at += len(line) + 1
    return replace(norm, text=text, blocks=tuple(blocks), parts=anatomy.parts(text, blocks))


def check(changes: tuple[NormChange, ...], truth: dict[str, str], made: Counter[str], right: Counter[str]) -> None:
    told = {change.old.key: change for change in changes if change.old is not None}
    for key, what in truth.items():
        made[what] += 1
        right[what] += key in told and told[key].kind == ChangeKind(what)
    right["false"] += sum(change.old is None or change.old.key not in truth for change in changes)


if __name__ == "__main__":
    main()
