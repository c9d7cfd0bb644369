"""What somebody typed into a search box, taken apart. There is no syntax error."""

import re
from dataclasses import dataclass

from nahtstelle.engines.wording.folding import fold
from nahtstelle.engines.wording.stopwords import OF_A_QUERY
from nahtstelle.engines.wording.tokens import plain_words

LONGEST = 300  # characters looked at
MOST_WORDS = 16
_PIECES = re.compile(
    r"(?P<minus>(?<!\S)[-–−](?=[\w\"„“«»]))?(?:[\"„“«»](?P<phrase>[^\"„“”«»]*)[\"“”«»]?|(?P<word>[^\s\"„“”«»]+))"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand together, folded."""

    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """``words`` as typed that say something, in order; ``phrases`` to be found as they are; ``without`` to be absent.

    ``cut`` tells that the end of the query was not looked at.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    without: tuple[str, ...] = ()
    cut: bool = False

    @property
    def empty(self) -> bool:
        return not self.words


def parse_query(typed: str) -> ParsedQuery:
    """The words of a query: quotation marks keep words together, a minus before a word excludes it.

    >>> parse_query('Anerkennung "in der Pflege" -Ärzte')
    ParsedQuery(words=('Anerkennung', 'Pflege'), phrases=(Phrase(words=('in', 'der', 'pflege'), text='in der Pflege'),), without=('Ärzte',), cut=False)
    """
    typed = typed.replace("\0", " ")
    wanted: list[str] = []
    without: list[str] = []
    phrases: list[Phrase] = []
    for found in _PIECES.finditer(typed[:LONGEST]):
        quoted = found["phrase"]
        inside = plain_words(quoted if quoted is not None else found["word"])
        telling = [word for word in inside if fold(word) and fold(word) not in OF_A_QUERY]
        if found["minus"]:
            without += telling
            continue
        wanted += telling
        folded = tuple(fold(word) for word in inside)
        if quoted is not None and len(folded) > 1 and telling:
            phrases.append(Phrase(folded, " ".join(quoted.split())))
    if not wanted and not without:  # nothing but small words: "die", "was ist das"
        wanted = plain_words(typed[:LONGEST])
    cut = len(typed.rstrip()) > LONGEST or len(wanted) > MOST_WORDS
    return ParsedQuery(tuple(wanted[:MOST_WORDS]), tuple(phrases), tuple(without[:MOST_WORDS]), cut)
