"""Citations as short lines, so that a test reads like the text it tests."""

from nahtstelle.engines.lawtext.citations import Citation, find_citations


def line(citation: Citation) -> str:
    """ "AufenthG § 25 A2 S1": law, sign, section and path; "?" for no law."""
    sign = "Art." if citation.unit == "Art" else "§"
    below = f" § {citation.paragraph}" if citation.paragraph else ""
    return " ".join([citation.law or "?", sign, f"{citation.section}{below}", *citation.path])


def lines(text: str, **context: object) -> list[str]:
    return [line(citation) for citation in find_citations(text, **context)]


def references(text: str, **context: object) -> list[str]:
    """The references as they stand in the text, each once."""
    return list(dict.fromkeys(citation.text for citation in find_citations(text, **context)))
