"""Pools of records with a known truth: made ones of any size, real ones spoilt as sources spoil them, and traps.

Everything follows from a seed. Nothing here was read off a record of the real sets.
"""

import csv
import gzip
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from nahtstelle.engines.literature.linking import record_from_row
from nahtstelle.engines.literature.records import Name, Record

_ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "qu",
    "r",
    "s",
    "st",
    "str",
    "t",
    "tr",
    "v",
    "w",
    "z",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "io", "ou"]
_CODAS = ["l", "m", "n", "nd", "nt", "r", "rk", "rs", "s", "st", "t", "x"]
_ENDINGS = ("tion", "ment", "ity", "ing", "al", "ic", "ive", "ness", "er", "or", "ism", "ology", "s", "ed")
_LITTLE = ("of", "in", "and", "for", "the", "on", "with", "among", "between", "after")
_KINDS = (
    "Journal of",
    "International Journal of",
    "Review of",
    "Annals of",
    "Zeitschrift für",
    "Archives of",
    "Studies in",
)
_GENERIC = ("Editorial", "Editor's Comments", "Letter to the Editor", "Preface", "Book Reviews", "Introduction")

Pool = list[tuple[str, Record]]  # the work, and what a source says of it


def read_set(file: Path) -> Pool:
    """A real set with a known truth: a packed table with the column ``cluster_id``."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as text:
        return [(row["cluster_id"], record_from_row(row)) for row in csv.DictReader(text)]


class World:
    """Words, families and journals that made records draw from; common ones often, rare ones seldom."""

    def __init__(self, seed: int = 1) -> None:
        rng = random.Random(seed)
        self.words = sorted({_word(rng, 2) + rng.choice(_ENDINGS) for _ in range(9000)})
        self.families = sorted({_word(rng, rng.randint(1, 2)).title() for _ in range(20000)})
        self.given = sorted({_word(rng, 1).title() + rng.choice("aeo") for _ in range(800)})
        for part in (self.words, self.families, self.given):
            rng.shuffle(part)
        self.journals = [
            f"{rng.choice(_KINDS)} {self.pick(rng, self.words).title()} {self.pick(rng, self.words).title()}"
            for _ in range(600)
        ]

    def pick(self, rng: random.Random, among: Sequence[str]) -> str:
        return among[int(len(among) * rng.random() ** 2.5)]

    def record(self, number: int, *, seed: int = 0) -> Record:
        """The work of this number as its publisher would describe it."""
        rng = random.Random(f"{seed}:{number}")
        year = rng.randint(1985, 2024)
        journal = rng.randrange(len(self.journals))
        volume = year - 1950 - journal % 30
        start = rng.randint(1, 900)
        title = _GENERIC[rng.randrange(len(_GENERIC))] if rng.random() < 0.02 else self._title(rng)
        return Record(
            kind="article-journal",
            title=title,
            authors=tuple(Name(self.pick(rng, self.families), f"{self.pick(rng, self.given)} {rng.choice('ABCDEFGHJKLMPRSTW')}.") for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 6)))),
            year=year,
            container=self.journals[journal],
            volume=str(max(1, volume)),
            issue=str(rng.randint(1, 6)),
            pages=f"{start}-{start + rng.randint(1, 25)}",
            doi=f"10.{1000 + journal}/{number:x}.{year}" if rng.random() < 0.7 else "",
        )  # fmt: skip

    def _title(self, rng: random.Random) -> str:
        words = []
        for at in range(rng.randint(6, 12)):
            words.append(rng.choice(_LITTLE) if at % 3 == 2 else self.pick(rng, self.words))
        title = " ".join(words).capitalize()
        return (
            f"{title}: {self.pick(rng, self.words)} {rng.choice(_LITTLE)} {self.pick(rng, self.words)}"
            if rng.random() < 0.4
            else title
        )

    def pool(self, size: int, *, seed: int = 0, doubled: float = 0.25) -> Iterator[tuple[str, Record]]:
        """So many records, of which a part are further descriptions of works among the others."""
        works = int(size * (1 - doubled))
        for number in range(size):
            if number < works:
                yield str(number), self.record(number, seed=seed)
            else:
                rng = random.Random(f"{seed}:again:{number}")
                work = rng.randrange(works)
                yield str(work), spoilt(self.record(work, seed=seed), rng)


def _word(rng: random.Random, syllables: int) -> str:
    return "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables))


# One work as another source has it.


def typo(text: str, rng: random.Random) -> str:
    if len(text) < 8:
        return text
    at = rng.randrange(1, len(text) - 2)
    return rng.choice((
        text[:at] + text[at + 1 :], text[:at] + rng.choice("aeinrst") + text[at:], text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    ))  # fmt: skip


def _title_typo(record: Record, rng: random.Random) -> Record:
    return replace(record, title=typo(record.title, rng))


def _short_pages(record: Record, rng: random.Random) -> Record:
    first, dash, last = record.pages.partition("-")
    if not dash or not first.isdecimal() or not last.isdecimal() or len(first) != len(last):
        return record
    same = 0
    while same < len(first) - 1 and first[same] == last[same]:
        same += 1
    return replace(record, pages=f"{first}-{last[same:]}")


def _first_page_only(record: Record, rng: random.Random) -> Record:
    return replace(record, pages=record.pages.partition("-")[0])


def _short_journal(record: Record, rng: random.Random) -> Record:
    words = [word for word in record.container.split() if word.lower() not in ("of", "the", "and", "in", "für", "for")]
    return replace(
        record, container=" ".join(word if len(word) < 5 else word[: rng.randint(4, 6)] + "." for word in words)
    )


def _initials(record: Record, rng: random.Random) -> Record:
    return replace(
        record,
        authors=tuple(
            Name(name.family, " ".join(part[0] + "." for part in name.given.split())) for name in record.authors
        ),
    )


def _swapped(record: Record, rng: random.Random) -> Record:
    if any(not name.given for name in record.authors):
        return record
    return replace(record, authors=tuple(Name(name.given, name.family) for name in record.authors))


def _first_author_only(record: Record, rng: random.Random) -> Record:
    return replace(record, authors=record.authors[:1])


def _missing(record: Record, rng: random.Random) -> Record:
    gone = rng.choice(("issue", "volume", "pages", "container", "authors", "doi"))
    return replace(record, **{gone: () if gone == "authors" else ""})


def _entities(record: Record, rng: random.Random) -> Record:
    title = record.title.replace(" and ", " &amp; ", 1)
    return replace(
        record,
        title=f"<i>{title}</i>" if rng.random() < 0.3 else title,
        container=record.container.replace("ü", "&uuml;"),
    )


def _no_subtitle(record: Record, rng: random.Random) -> Record:
    main = record.title.partition(": ")[0]
    return replace(record, title=main) if len(main) > 30 else record


def _shouted(record: Record, rng: random.Random) -> Record:
    return replace(record, title=record.title.upper() + rng.choice(("", ".")))


def _year_off(record: Record, rng: random.Random) -> Record:
    return replace(record, year=record.year + rng.choice((-1, 1)) if record.year else None)


def _no_doi(record: Record, rng: random.Random) -> Record:
    return replace(record, doi="")


SPOILINGS: tuple[Callable[[Record, random.Random], Record], ...] = (
    _title_typo, _short_pages, _first_page_only, _short_journal, _initials, _swapped, _first_author_only, _missing, _entities,
    _no_subtitle, _shouted, _year_off, _no_doi,
)  # fmt: skip


def spoilt(record: Record, rng: random.Random, most: int = 4) -> Record:
    for spoil in rng.sample(SPOILINGS, rng.randint(1, most)):
        record = spoil(record, rng)
    return record


# Other works that look like it.


def _abstract_of_it(record: Record, rng: random.Random) -> Record:
    return replace(record, container="Abstracts of the Annual Congress", volume="", issue="", pages=f"S{rng.randint(1, 400)}",
                   year=(record.year or 2000) - rng.randint(0, 2), doi="", abstract="")  # fmt: skip


def _about_it(record: Record, rng: random.Random) -> Record:
    said = rng.choice(
        ("Erratum to: {}", "Reply to: {}", "Comment on “{}”", "Correction: {}", "{}: a reply", "Review of {}")
    )
    return replace(record, title=said.format(record.title), pages=str(rng.randint(901, 999)), doi="")


def _next_year(record: Record, rng: random.Random) -> Record:
    year = (record.year or 2000) + rng.randint(2, 5)
    return replace(
        record,
        year=year,
        volume=str(rng.randint(200, 300)),
        pages=f"{rng.randint(1000, 1400)}-{rng.randint(1401, 1500)}",
        doi="",
    )


def _elsewhere(record: Record, rng: random.Random) -> Record:
    """The same title by other people."""
    return replace(record, authors=(Name("Quastenberg", "Olga"), Name("Wyttenbach", "Urs")), container="Other Letters",
                   volume=str(rng.randint(1, 40)), pages=f"{rng.randint(1000, 1400)}-{rng.randint(1401, 1500)}", doi="")  # fmt: skip


LOOKALIKES = (_abstract_of_it, _about_it, _next_year, _elsewhere)


def with_lookalikes(pool: Pool, *, seed: int, share: float = 0.15) -> Pool:
    """The pool and, for a part of its records, other works that look like them; and works in two parts."""
    rng = random.Random(seed)
    more: Pool = []
    seen: set[str] = set()
    for number, (work, record) in enumerate(pool):
        if work in seen or rng.random() >= share or len(record.title) < 25:
            continue
        seen.add(work)
        if rng.random() < 0.2:
            first = replace(record, title=f"{record.title}. Part I", doi="")
            start = rng.randint(1000, 2000)
            second = replace(record, title=f"{record.title}. Part II", doi="", pages=f"{start}-{start + 9}")
            more += [
                (f"part1:{number}", replace(first, pages=f"{start - 20}-{start - 11}")),
                (f"part2:{number}", second),
            ]
        else:
            more.append((f"other:{number}", rng.choice(LOOKALIKES)(record, rng)))
    return pool + more


def as_spoilt_by_sources(pool: Pool, *, seed: int, share: float = 0.3) -> Pool:
    rng = random.Random(seed)
    return pool + [(work, spoilt(record, rng)) for work, record in pool if rng.random() < share]


# What programs read off PDF files.


def from_pdf(record: Record, rng: random.Random) -> Record:
    """Title with a slip or in capitals or none at all; authors in parts; what the page's head says of the journal, or not."""
    nothing_read = rng.random() < 0.1
    title = "" if nothing_read else record.title
    if title and rng.random() < 0.4:
        title = typo(title, rng)
    if title and rng.random() < 0.3:
        title = title.upper()
    authors = record.authors
    if rng.random() < 0.1:
        authors = ()
    elif rng.random() < 0.3:
        authors = tuple(Name(name.family) for name in authors[:3])
    head = rng.random() < 0.6
    return replace(
        record,
        kind="document", title=title, authors=authors, abstract="",
        year=record.year if rng.random() < 0.85 else None,
        container=record.container if head else "",
        volume=record.volume if head else "", issue=record.issue if head else "",
        pages=record.pages.partition("-")[0] if head and rng.random() < 0.5 else "",
        doi=record.doi if rng.random() < 0.5 else "",
    )  # fmt: skip


def messy(pool: Pool, *, seed: int, share: float = 0.25, unreadable_apart: bool = True) -> Pool:
    """A clean pool mixed with records read from PDF files, and with what editors write in every issue of its journals.

    A record without title, DOI and place says nothing anybody could link it by: it counts as a work of its own, and
    whatever it is merged with as a false merge; unless ``unreadable_apart`` is taken back.
    """
    rng = random.Random(seed)
    read: Pool = []
    for number, (work, record) in enumerate(pool):
        if rng.random() >= share:
            continue
        found = from_pdf(record, rng)
        says_nothing = not found.title and not found.doi and not (found.container and found.pages)
        read.append((f"unreadable:{number}" if says_nothing and unreadable_apart else work, found))
    journals = sorted({record.container for _, record in pool if record.container})
    serial: Pool = []
    columns = [(journal, title) for journal in journals for title in _GENERIC]
    for number, (journal, title) in enumerate(rng.sample(columns, min(len(columns), len(pool) // 50))):
        for issue in range(1, rng.randint(3, 6)):
            made = Record(title=title, authors=(Name("Lee", "Allen S."),) if rng.random() < 0.7 else (), year=2001, container=journal,
                          volume="25", issue=str(issue), pages=rng.choice(("", "iii-x", "1")))  # fmt: skip
            serial.append((f"serial:{number}:{issue}", made))
    return pool + read + serial


def removals(works: Sequence[str], groups: Sequence[Sequence[int]]) -> tuple[int, int, int]:
    """TP, FP, FN as the published tables count: a group removes all but one of each work in it, and wrongly each further work."""
    right = wrong = 0
    for rows in groups:
        in_it = Counter(works[row] for row in rows)
        right += sum(count - 1 for count in in_it.values())
        wrong += len(in_it) - 1
    wanted = sum(count - 1 for count in Counter(works).values())
    return right, wrong, wanted - right


def f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed) if right else 0.0
