"""What somebody types into the search box of the laws: a law's name, or a provision itself."""

from nahtstelle.engines.lawtext.citations import find_citations, parse_citation

from .models import Law, Provision
from .naming import names_in_stock
from .resolving import resolve_all

MOST_HITS = 6


def provisions_named(words: str) -> list[tuple[Law, Provision]]:
    """The provisions in stock that ``words`` name, written as people type: "60c aufenthg", "SGB II § 16"."""
    if not any(character.isdigit() for character in words):
        return []
    names = names_in_stock()
    # The whole query as one citation; else whatever stands cited in a longer sentence.
    cited = parse_citation(words, names=names) or find_citations(words, names=names)
    hits: dict[int, tuple[Law, Provision]] = {}
    for target in resolve_all(one for one in cited if one.law and one.section):
        if target.law is not None and target.provision is not None:
            hits.setdefault(target.provision.pk, (target.law, target.provision))
    return list(hits.values())[:MOST_HITS]
