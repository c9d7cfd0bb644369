"""Legal citations in German prose: find them, split them into their members, name their law.

>>> [(c.law, c.section, c.absatz) for c in find_citations("nach §§ 16d, 18a Abs. 2 AufenthG")]
[('AufenthG', '16d', None), ('AufenthG', '18a', '2')]
"""

from nahtstelle.engines.lawtext.citations.finding import find_citations
from nahtstelle.engines.lawtext.citations.names import DEFAULT_NAMES, LawNames, same_law
from nahtstelle.engines.lawtext.citations.searching import parse_citation
from nahtstelle.engines.lawtext.citations.values import Citation

__all__ = ["DEFAULT_NAMES", "Citation", "LawNames", "find_citations", "parse_citation", "same_law"]
