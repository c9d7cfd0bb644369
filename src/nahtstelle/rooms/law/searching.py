"""What somebody types into the search box of the laws: a law's name, or a provision itself."""

from nahtstelle.engines.lawtext.citations import find_citations

from .models import Law, Provision
from .naming import names_in_stock
from .resolving import resolve_all

MOST_HITS = 6


def provisions_named(words: str) -> list[tuple[Law, Provision]]:
    """The provisions in stock that ``words`` cite ("§ 60c AufenthG", "60c aufenthg" does not)."""
    if "§" not in words and "Art" not in words:
        return []
    found = [one for one in find_citations(words, names=names_in_stock()) if one.law and one.section]
    hits: dict[int, tuple[Law, Provision]] = {}
    for target in resolve_all(found):
        if target.law is not None and target.provision is not None:
            hits.setdefault(target.provision.pk, (target.law, target.provision))
    return list(hits.values())[:MOST_HITS]
