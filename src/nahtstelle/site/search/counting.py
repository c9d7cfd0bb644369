"""How many documents have a term (that weighs it) and a word (that suggests it): kept in step with every write."""

from collections import Counter
from collections.abc import Iterable

from django.db import connection

Key = tuple[int, str]  # lock, folded word


class Counts:
    """Changes to the counts, gathered and written at once."""

    def __init__(self) -> None:
        self._terms: Counter[str] = Counter()
        self._words: Counter[Key] = Counter()
        self._written: dict[Key, str] = {}

    def add(self, *, lock: int, terms: Iterable[str], spellings: dict[str, str]) -> None:
        self._terms.update(terms)
        for folded, written in spellings.items():
            self._words[lock, folded] += 1
            self._written.setdefault((lock, folded), written[:80])

    def take(self, *, lock: int, terms: Iterable[str], spellings: dict[str, str]) -> None:
        self._terms.subtract(terms)
        for folded in spellings:
            self._words[lock, folded] -= 1

    def write(self) -> None:
        """Bring the tables up to date; what no document has any more leaves."""
        # In one order, so that two writers never wait for each other.
        terms = sorted((term, change) for term, change in self._terms.items() if change and len(term) <= 120)
        words = sorted(
            (folded, lock, self._written.get((lock, folded), folded), change)
            for (lock, folded), change in self._words.items()
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
            cursor.execute("DELETE FROM search_term WHERE documents <= 0")
            cursor.execute("DELETE FROM search_word WHERE documents <= 0")
        self._terms.clear()
        self._words.clear()
