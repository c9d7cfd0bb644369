"""German (and English) words as a search engine needs them: folded, stemmed, compounds split, queries understood.

>>> lexicon = Lexicon.learned_from({"anerkennung": 9, "beratung": 7})
>>> found = Analyser(lexicon).word("Anerkennungsberatungen")
>>> found.whole, found.parts
('anerkennungsberat', ('anerkenn', 'berat'))
"""

from nahtstelle.engines.wording.analysing import Analyser
from nahtstelle.engines.wording.clauses import Alternative, Clause, Kind
from nahtstelle.engines.wording.compounds import Lexicon
from nahtstelle.engines.wording.folding import fold
from nahtstelle.engines.wording.impacts import LEVELS, Field, levels_of
from nahtstelle.engines.wording.queries import ParsedQuery, Phrase, parse_query
from nahtstelle.engines.wording.snippets import Piece, marked, snippet
from nahtstelle.engines.wording.spelling import nearest
from nahtstelle.engines.wording.tokens import Token, tokens

__all__ = [
    "LEVELS",
    "Alternative",
    "Analyser",
    "Clause",
    "Field",
    "Kind",
    "Lexicon",
    "ParsedQuery",
    "Phrase",
    "Piece",
    "Token",
    "fold",
    "levels_of",
    "marked",
    "nearest",
    "parse_query",
    "snippet",
    "tokens",
]
