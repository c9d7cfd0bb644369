"""The frequencies compounds are split with: learned from what is indexed, the same for reading and writing."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from nahtstelle.engines.wording import Analyser, Lexicon, fold
from nahtstelle.engines.wording.tokens import words

from .models import Memory
from .offers import Offer

MOST_WORDS = 150_000  # kept; rarer ones split nothing


@lru_cache(maxsize=2)
def _lexicon(digest: str) -> Lexicon:
    memory = Memory.objects.filter(digest=digest).first()
    return Lexicon.learned_from(memory.frequencies) if memory else Lexicon()


@lru_cache(maxsize=8)
def _analyser(digest: str, language: str) -> Analyser:
    return Analyser(_lexicon(digest), language)


def present() -> str:
    """The name of the frequencies in use; "" before any were learned."""
    return Memory.objects.order_by("-id").values_list("digest", flat=True).first() or ""


def analyser_for(language: str, *, memory: str | None = None) -> Analyser:
    """The analyser of a language with the frequencies in use."""
    return _analyser(present() if memory is None else memory, "en" if language.startswith("en") else "de")


class Learning:
    """Counts words while documents pass by."""

    def __init__(self) -> None:
        self.documents = 0
        self._seen: Counter[str] = Counter()

    def read(self, offers: Iterable[Offer]) -> Iterable[Offer]:
        for offer in offers:
            if not offer.language.startswith("en"):
                for text in (offer.title, offer.lead, offer.body, offer.keywords):
                    self._seen.update(words(text))
            self.documents += 1
            yield offer

    def kept(self, *, at: datetime) -> Memory:
        """Keep what was learned; it is what splits compounds from now on."""
        folded: Counter[str] = Counter()
        for word, number in self._seen.items():
            folded[fold(word)] += number
        frequencies = {word: number for word, number in folded.most_common(MOST_WORDS) if word.isalpha()}
        digest = hashlib.sha256(json.dumps(sorted(frequencies.items())).encode()).hexdigest()[:32]
        with transaction.atomic():
            made, _new = Memory.objects.update_or_create(
                digest=digest, defaults={"frequencies": frequencies, "documents": self.documents, "learned_at": at}
            )
            Memory.objects.exclude(pk=made.pk).delete()
        return made
