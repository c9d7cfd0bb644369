"""What a reader may be about to type: terms of the vocabulary, and words of texts they may see."""

from django.db.models import Sum

from nahtstelle.engines.wording import fold
from nahtstelle.engines.wording.stopwords import OF_A_QUERY
from nahtstelle.engines.wording.tokens import plain_words
from nahtstelle.register.vocabulary.models import Concept

from .models import Word
from .prefixes import beginning_with
from .readers import locks_open_to

MOST = 8
LEAST_LETTERS = 2
LONGEST = 100


def suggest(typed: str, *, keys: frozenset[str]) -> list[str]:
    """Ways to go on from what was typed; the last word is completed."""
    typed = typed.replace("\0", "").lstrip()[:LONGEST]
    inside = plain_words(typed)
    if not inside or not typed[-1:].isalnum():
        return []
    last = inside[-1]
    begin = fold(last)
    if len(begin) < LEAST_LETTERS or not begin.isalpha():
        return []
    before = typed[: typed.rfind(last)]
    found = [] if before.strip() else _concepts(typed)
    visible = Word.objects.filter(beginning_with("folded", begin), lock__in=locks_open_to(keys))
    rows = visible.order_by().values_list("folded").annotate(number=Sum("documents")).order_by("-number", "folded")
    best = [folded for folded, _number in rows[:MOST] if folded not in OF_A_QUERY]
    written = dict(visible.filter(folded__in=best).order_by("-written").values_list("folded", "written"))
    found += [before + written[folded] for folded in best]
    seen: dict[str, str] = {}
    for text in found:
        seen.setdefault(fold(text), text)
    return list(seen.values())[:MOST]


def _concepts(typed: str) -> list[str]:
    """Names of the vocabulary, which everybody may read."""
    like = Concept.objects.filter(name_de__istartswith=typed, facet__key__in=("theme", "status", "group"))
    return [name.partition(" (")[0] for name in like.order_by("name_de").values_list("name_de", flat=True)[:3]]
