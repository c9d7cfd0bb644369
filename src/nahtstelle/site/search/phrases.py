"""Words in quotation marks: the index knows no places, so the pages themselves are looked at, the best first."""

from collections.abc import Sequence

from nahtstelle.engines.wording import Phrase, fold
from nahtstelle.engines.wording.tokens import plain_words

from .models import Page

MOST_READ = 400


def holding(ids: Sequence[int], phrases: Sequence[Phrase]) -> list[int]:
    """Those of the documents that hold every phrase; at most the first ``MOST_READ`` are looked at."""
    if not phrases:
        return list(ids)
    some = list(ids[:MOST_READ])
    texts = {
        pk: f" {' '.join(fold(word) for word in plain_words(' | '.join(parts)))} "
        for pk, *parts in Page.objects.filter(pk__in=some).values_list("pk", "title", "lead", "body")
    }
    wanted = [f" {' '.join(phrase.words)} " for phrase in phrases]
    return [one for one in some if all(phrase in texts.get(one, "") for phrase in wanted)]
