"""Which records are worth comparing: those that share a key. Each key is a hash; a slot holds one kind of key.

A pair is compared in the first slot its keys meet in and in no later one, so nothing has to be remembered of pairs.
"""

import hashlib
from array import array
from collections.abc import Iterator, Sequence

from nahtstelle.engines.literature.linking.titles import content_words
from nahtstelle.engines.literature.linking.traits import Traits

SPELLED = 8  # words whose first letters make a key; a misspelling seldom hits a first letter
FEW, MANY = 3, 4  # words of a title that make a key
CROWD = 200  # records that share a key before the key is taken as saying too little
NEIGHBOURS = 50  # with how many of those next to it a record of a crowd is compared
_BITS, _ROWS = 40, 24
MOST_RECORDS = 1 << _ROWS
_MASK = MOST_RECORDS - 1


def keys_of(traits: Traits) -> tuple[str, ...]:
    """One text a slot; empty: no key."""
    doi = f"d{traits.doi}" if traits.doi else ""
    author = traits.families[0] if traits.families else ""
    page = traits.first_page.lstrip("abcdefghijklmnopqrstuvwxyz")
    if not traits.title:
        title = head = tail = rare = other = opening = closing = letters = ""
    elif traits.generic:
        title = f"g{traits.title}|{page}|{traits.volume}"
        head = tail = rare = other = opening = closing = letters = ""
    else:
        title = "t" + traits.title.replace(" ", "")
        words = content_words(traits.title)
        main = content_words(traits.main_title) if traits.main_title else words
        head = "h" + "".join(main[:MANY])[:24] if len(main) >= FEW else ""
        tail = "l" + "".join(words[-MANY:]) if len(words) >= MANY else ""
        rare = "r" + "".join(sorted(sorted(set(words), key=_scatter)[:FEW])) if len(words) >= MANY else ""
        others = content_words(traits.other_titles[0]) if traits.other_titles else []
        other = "h" + "".join(others[:MANY])[:24] if len(others) >= FEW else ""
        opening = f"o{author[:4]}|{words[0]}|{words[1]}" if author and len(words) > 1 else ""
        closing = f"c{author[:4]}|{words[-2]}|{words[-1]}" if author and len(words) > 1 else ""
        letters = (
            "a" + "".join(word[: 2 if len(main) < 6 else 1] for word in main[:SPELLED]) if len(main) >= MANY else ""
        )
    place = f"p{traits.volume}|{page}|{author[:4]}" if traits.volume and page and author else ""
    moment = f"y{traits.year}|{page}|{author[:4]}" if page and author and traits.year else ""
    initials = "".join(word[0] for word in traits.journal_head.split()[:2])
    spot = f"s{traits.volume}|{page}|{traits.year}|{initials[:1]}" if page and traits.volume else ""
    corner = f"w{traits.volume}|{page}|{initials}" if page and traits.volume else ""
    column = (
        f"i{traits.volume}|{traits.issue}|{author[:4]}|{initials}" if traits.volume and traits.issue and author else ""
    )
    return doi, title, head, tail, rare, other, opening, closing, letters, place, moment, spot, corner, column


SLOTS = 14
_HEAD = 2
_OTHER = 5  # looked up among the heads: a record's second title may be another's first


def _scatter(word: str) -> bytes:
    """An order of words that has nothing to do with the alphabet, and is the same on every day."""
    return hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=4).digest()


def hashed(key: str) -> int:
    if not key:
        return 0
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=_BITS // 8).digest()) or 1


class Blocks:
    """The keys of all records, in arrays: eight bytes a record and slot."""

    def __init__(self) -> None:
        self._keys = [array("Q") for _ in range(SLOTS)]
        self._crowded: set[tuple[int, int]] = set()

    def __len__(self) -> int:
        return len(self._keys[0])

    def add(self, traits: Traits) -> None:
        for column, key in zip(self._keys, keys_of(traits), strict=True):
            column.append(hashed(key))

    def crowds(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Slot and rows that share a key in it; twice or more."""
        for slot in range(SLOTS):
            if slot == _OTHER:
                continue
            rows = [key << _ROWS | row for row, key in enumerate(self._keys[slot]) if key]
            if slot == _HEAD:
                rows.extend(key << _ROWS | row for row, key in enumerate(self._keys[_OTHER]) if key)
            rows.sort()
            start = 0
            while start < len(rows):
                key = rows[start] >> _ROWS
                end = start + 1
                while end < len(rows) and rows[end] >> _ROWS == key:
                    end += 1
                if end - start > CROWD:
                    self._crowded.add((slot, key))
                if end - start > 1:
                    yield slot, list(dict.fromkeys(row & _MASK for row in rows[start:end]))
                start = end
            del rows

    def met_before(self, slot: int, one: int, two: int) -> bool:
        """Whether the two were compared under an earlier key; under a crowd's key they may have been too far apart."""
        return any(
            key in self._tried(earlier, two) and (earlier, key) not in self._crowded
            for earlier in range(slot)
            if earlier != _OTHER
            for key in self._tried(earlier, one)
            if key
        )

    def _tried(self, slot: int, row: int) -> tuple[int, ...]:
        if slot == _HEAD and self._keys[_OTHER][row]:
            return self._keys[slot][row], self._keys[_OTHER][row]
        return (self._keys[slot][row],)
