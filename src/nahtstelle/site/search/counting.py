"""How many documents have a term (that weighs it) and a word (that suggests it): kept in step with every write."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection

EVERYTHING = ""  # the term that every document has


class Counts:
    """Changes to the counts, gathered and written at once."""

    def __init__(self) -> None:
        self._terms: Counter[str] = Counter()
        self._words: dict[int, Counter[str]] = {}
        self._written: dict[int, dict[str, str]] = {}

    def add(self, *, lock: int, terms: Iterable[str], spellings: dict[str, str]) -> None:
        self._terms.update(terms)
        self._terms[EVERYTHING] += 1
        self._words.setdefault(lock, Counter()).update(spellings.keys())
        self._written.setdefault(lock, {}).update(spellings)

    def take(self, *, lock: int, terms: Iterable[str], spellings: dict[str, str]) -> None:
        self._terms.subtract(terms)
        self._terms[EVERYTHING] -= 1
        self._words.setdefault(lock, Counter()).subtract(spellings.keys())

    def write(self) -> None:
        """Bring the tables up to date; what no document has any more leaves."""
        # In one order, so that two writers never wait for each other.
        terms = sorted((term, change) for term, change in self._terms.items() if change and len(term) <= 120)
        words = sorted(
            (folded, lock, self._written.get(lock, {}).get(folded, folded)[:80], change)
            for lock, of_lock in self._words.items()
            for folded, change in of_lock.items()
            if change
        )
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_term (term, documents) VALUES (%s, %s) "
                "ON CONFLICT (term) DO UPDATE SET documents = search_term.documents + excluded.documents",
                terms,
            )
            cursor.executemany(
                "INSERT INTO search_word (folded, lock_id, written, documents) VALUES (%s, %s, %s, %s) "
                "ON CONFLICT (folded, lock_id) DO UPDATE SET documents = search_word.documents + excluded.documents",
                words,
            )
            cursor.executemany(
                "DELETE FROM search_term WHERE term = %s AND documents <= 0",
                [(term,) for term, change in terms if change < 0],
            )
            cursor.executemany(
                "DELETE FROM search_word WHERE folded = %s AND lock_id = %s AND documents <= 0",
                [(folded, lock) for folded, lock, _written, change in words if change < 0],
            )
        self._terms.clear()
        self._words.clear()
