"""From a text to the terms under which it is found."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from nahtstelle.engines.wording.compounds import Lexicon
from nahtstelle.engines.wording.folding import fold
from nahtstelle.engines.wording.stems import ENGLISH, GERMAN, language_of, stem
from nahtstelle.engines.wording.stopwords import ENGLISH as ENGLISH_STOPWORDS
from nahtstelle.engines.wording.stopwords import GERMAN as GERMAN_STOPWORDS
from nahtstelle.engines.wording.tokens import LONGEST, words

MOST_KEPT = 300_000
TELLING = range(3, LONGEST + 1)  # letters of a word worth suggesting


@dataclass(frozen=True, slots=True)
class WordTerms:
    """What a word is found under: its own stem (``whole``, "" for a word that says nothing) and those of its parts.

    ``spelled`` are the parts as words. ``telling`` where it is a word of letters that may be suggested to who types.
    """

    folded: str
    whole: str
    parts: tuple[str, ...] = ()
    spelled: tuple[str, ...] = ()
    telling: bool = False


@dataclass(slots=True)
class Analyser:
    """The terms of words and texts in one language. What was analysed once is remembered."""

    lexicon: Lexicon = field(default_factory=Lexicon)
    language: str = "de"
    known: dict[str, WordTerms] = field(default_factory=dict, repr=False)  # by word as written

    def word(self, written: str) -> WordTerms:
        """The terms of one word as it is written."""
        known = self.known.get(written)
        if known is None:
            if len(self.known) >= MOST_KEPT:
                self.known.clear()
            known = self.known[written] = self._analysed(written)
        return known

    def _analysed(self, written: str) -> WordTerms:
        if len(written) > LONGEST:
            return WordTerms("", "")
        folded = fold(written)
        language = language_of(self.language)
        if folded in (ENGLISH_STOPWORDS if language == ENGLISH else GERMAN_STOPWORDS):
            return WordTerms(folded, "")
        whole = stem(folded, language)
        telling = bool(whole) and len(folded) in TELLING and folded.isalpha()
        if language == ENGLISH:
            return WordTerms(folded, whole, telling=telling)
        stems: dict[str, str] = {}
        for part in self.lexicon.split(folded):
            stems.setdefault(stem(part, GERMAN), part)
        stems.pop(whole, None)
        return WordTerms(folded, whole, tuple(stems), tuple(stems.values()), telling)

    def words(self, text: str) -> Iterable[WordTerms]:
        """The terms of every word of a text, in order; the cache is asked before anything else."""
        known, analyse = self.known, self.word
        return [known.get(word) or analyse(word) for word in words(text)]
