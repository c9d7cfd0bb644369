"""What of a record's words the ranking looks at.

Words and pairs of words of title, abstract and keywords; those of the title once more; pieces of three to five letters, which
find inflected forms and relatives. Where a pool has several languages, two more that languages share: concepts of our own
small dictionary (``content.bilingual``) and words that look alike (``cognates``). Everything is counted into fixed places (hashing),
so that records can be added without counting the others again; what is made from the counts (inverse document
frequency, the middles) is quick.
"""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped] # it has no stubs
from sklearn.feature_extraction.text import HashingVectorizer  # type: ignore[import-untyped] # it has no stubs

from nahtstelle.engines.literature.records import Record
from nahtstelle.engines.literature.screening.bridges import cognates_of, concepts_of, fold, words_of
from nahtstelle.engines.literature.screening.languages import languages_of
from nahtstelle.engines.literature.screening.values import Space

MANY = 25_000  # pools of more records are ranked without the pieces of words, which would not fit into memory
_TOO_COMMON = 0.95


@dataclass(frozen=True, slots=True)
class Block:
    """One kind of feature: its share in the likeness of two records, and in how many records a feature must occur."""

    name: str
    share: float
    least: int = 1
    only_mixed: bool = False
    only_small: bool = False


BLOCKS = (
    Block("words", 0.6, least=2),
    Block("title", 0.15),
    Block("pieces", 0.25, least=2, only_small=True),
    Block("concepts", 0.3, only_mixed=True),
    Block("cognates", 0.3, least=2, only_mixed=True),
)


def _whole(record: Record) -> str:
    return fold(f"{record.title} {record.abstract} {'; '.join(record.keywords)}")


def _counter(**how: object) -> HashingVectorizer:
    return HashingVectorizer(norm=None, alternate_sign=False, dtype=np.float32, lowercase=False, **how)


_WORDS = _counter(ngram_range=(1, 2), n_features=2**20)
_PIECES = _counter(analyzer="char_wb", ngram_range=(3, 5), n_features=2**18)
_LISTS = _counter(analyzer=lambda items: items, n_features=2**16)

Counts = dict[str, sparse.csr_matrix]


def count(records: Sequence[Record], languages: Sequence[str], names: Iterable[str]) -> Counts:
    """How often each feature of each kind stands in each record."""
    makers: dict[str, Callable[[], sparse.csr_matrix]] = {
        "words": lambda: _WORDS.transform([_whole(record) for record in records]),
        "title": lambda: _WORDS.transform([fold(record.title) for record in records]),
        "pieces": lambda: _PIECES.transform([fold(f"{record.title} {record.abstract}") for record in records]),
        "concepts": lambda: _LISTS.transform(
            [
                list(chain.from_iterable(concepts_of(word, language) for word in words_of(_whole(record))))
                for record, language in zip(records, languages, strict=True)
            ]
        ),
        "cognates": lambda: _LISTS.transform([cognates_of(words_of(_whole(record))) for record in records]),
    }
    return {name: makers[name]().tocsr() for name in names}


@dataclass(slots=True)
class Pool:
    """The records of a review as counts: grows by ``add``, is packed for the disk, and gives the space to rank in."""

    languages: list[str] = field(default_factory=list)
    counts: Counts = field(default_factory=dict)

    @classmethod
    def of(cls, records: Sequence[Record], *, languages: Sequence[str] | None = None) -> "Pool":
        pool = cls()
        pool.add(records, languages=languages)
        return pool

    def add(self, records: Sequence[Record], *, languages: Sequence[str] | None = None) -> None:
        """More records, behind those that are there. Their language is detected where it is not given."""
        codes = list(languages) if languages is not None else languages_of(records, known=Counter(self.languages))
        small = len(self.languages) + len(records) <= MANY
        kept = [block.name for block in BLOCKS if small or not block.only_small]
        self.counts = {name: rows for name, rows in self.counts.items() if name in kept}
        for name, rows in count(records, codes, kept).items():
            self.counts[name] = sparse.vstack([self.counts[name], rows], format="csr") if self.languages else rows
        self.languages += codes

    def replace(self, places: Sequence[int], records: Sequence[Record]) -> None:
        """Records whose words have changed, at the places they have."""
        rest = self.languages.copy()
        for place in places:
            rest[place] = ""
        codes = languages_of(records, known=Counter(code for code in rest if code))
        picked = np.arange(len(self.languages))
        picked[list(places)] = len(self.languages) + np.arange(len(places))
        for name, rows in count(records, codes, list(self.counts)).items():
            self.counts[name] = sparse.vstack([self.counts[name], rows], format="csr")[picked]
        for place, code in zip(places, codes, strict=True):
            self.languages[place] = code

    @property
    def is_mixed(self) -> bool:
        return len(set(self.languages)) > 1

    def blocks(self) -> list[Block]:
        size = len(self.languages)
        return [
            block
            for block in BLOCKS
            if (self.is_mixed or not block.only_mixed) and (size <= MANY or not block.only_small)
        ]

    def space(self) -> Space:
        blocks = self.blocks()
        rows = sparse.hstack(
            [np.float32(np.sqrt(block.share)) * weighted(self.counts[block.name], block.least) for block in blocks],
            format="csr",
            dtype=np.float32,
        )
        codes = {code: index for index, code in enumerate(sorted(set(self.languages)))}
        language = np.array([codes[code] for code in self.languages], dtype=np.int64)
        return seen_from_their_middle(rows, language)

    def pack(self) -> bytes:
        """The counts as bytes, to be kept between two runs."""
        parts: dict[str, NDArray[np.generic]] = {"languages": np.array(self.languages, dtype="U8")}
        for name, rows in self.counts.items():
            parts |= {f"{name}.data": rows.data.astype(np.uint16), f"{name}.indices": rows.indices}
            parts |= {f"{name}.indptr": rows.indptr, f"{name}.width": np.array(rows.shape[1])}
        packed = io.BytesIO()
        np.savez_compressed(packed, allow_pickle=False, **parts)
        return packed.getvalue()

    @classmethod
    def unpack(cls, packed: bytes) -> "Pool":
        with np.load(io.BytesIO(packed), allow_pickle=False) as parts:
            languages = [str(code) for code in parts["languages"]]
            counts = {
                name: sparse.csr_matrix(
                    (parts[f"{name}.data"].astype(np.float32), parts[f"{name}.indices"], parts[f"{name}.indptr"]),
                    shape=(len(languages), int(parts[f"{name}.width"])),
                )
                for name in (key.removesuffix(".width") for key in parts.files if key.endswith(".width"))
            }
        return cls(languages=languages, counts=counts)


def rarity_of(counts: sparse.csr_matrix, least: int) -> NDArray[np.float32]:
    """The weight of each feature: its inverse document frequency; 0 for what is too rare or too common to tell anything."""
    size = counts.shape[0]
    found = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = (np.log((1 + size) / (1 + found)) + 1).astype(np.float32)
    rarity[(found < least) | (found > max(1.0, _TOO_COMMON * size))] = 0
    return np.asarray(rarity)


def weighted(counts: sparse.csr_matrix, least: int) -> sparse.csr_matrix:
    """(1 + log count) · inverse document frequency, each row of length 1."""
    rows = counts.astype(np.float32)
    rows.data = (1 + np.log(rows.data)) * rarity_of(counts, least)[rows.indices]
    rows.eliminate_zeros()
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.maximum(length, 1e-9), np.diff(rows.indptr)).astype(np.float32)
    return rows


def seen_from_their_middle(rows: sparse.csr_matrix, language: NDArray[np.int64]) -> Space:
    """The middle of each language, and how far each record lies from it."""
    own = sparse.csr_matrix(
        (np.ones(len(language), np.float32), (language, np.arange(len(language)))),
        shape=(int(language.max(initial=-1)) + 1, len(language)),
    )
    sizes = np.maximum(np.asarray(own.sum(axis=1)), 1)
    middles = np.asarray((own @ rows).todense() / sizes, dtype=np.float32)
    squares = np.asarray(rows.multiply(rows).sum(axis=1)).ravel()
    crossed = np.asarray(rows @ middles.T)[np.arange(len(language)), language]
    away = squares - 2 * crossed + (middles * middles).sum(axis=1)[language]
    return Space(
        rows=rows, middles=middles, language=language, length=np.sqrt(np.maximum(away, 1e-6)).astype(np.float32)
    )
