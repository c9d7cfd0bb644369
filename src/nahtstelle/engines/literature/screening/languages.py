"""In which language a record is written: told from its words, whatever the source claims.

py3langid (97 languages, its model comes with it) reads title and abstract. A language is believed from ``LEAST`` records on:
a pool with three records in what looks like Latin has no language Latin, and nothing can be learnt about so few.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from py3langid.langid import classify  # type: ignore[import-untyped] # it has no stubs

from nahtstelle.engines.literature.records import Record

LEAST = 20
SHARE = 0.01
_ENOUGH = 600  # signs that are read of a record


def language_of(text: str) -> str:
    """The ISO 639-1 code, "" for a text without a letter.

    >>> language_of("Die Anerkennung ausländischer Abschlüsse"), language_of("The recognition of foreign degrees")
    ('de', 'en')
    """
    if not any(sign.isalpha() for sign in text):
        return ""
    return str(classify(text)[0])


def languages_of(records: Sequence[Record], *, known: Mapping[str, int] | None = None) -> list[str]:
    """The language of each record; what is too rare to be believed counts as the commonest.

    ``known``: how many records of each language the pool has already, to which these come.
    """
    told = [language_of(f"{record.title} {record.abstract}"[:_ENOUGH]) for record in records]
    counts = Counter(known or {})
    counts.update(told)
    if not counts:
        return []
    commonest = max(sorted(counts), key=lambda code: counts[code])
    least = max(LEAST, SHARE * counts.total())
    return [code if code and counts[code] >= least else commonest for code in told]
