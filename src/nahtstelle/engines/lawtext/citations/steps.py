"""One step below a section, with its label: "Abs. 2", "Buchst. a)", "zweiter Halbsatz"."""

import re

from nahtstelle.engines.lawtext.citations import grammar
from nahtstelle.engines.lawtext.citations.numbers import arabic
from nahtstelle.engines.lawtext.citations.patterns import end_of

_SPACE = re.compile(r"\s*+")


def behind_space(text: str, position: int) -> int:
    return end_of(_SPACE, text, position)


def labelled_step(text: str, position: int) -> tuple[str, str, int] | None:
    """A step with its label, "Abs. 2" or "zweiter Halbsatz": its level, its number and where it ends."""
    found = grammar.LABEL.match(text, position)
    if found is not None:
        label = label_of(found)
        return label, found[label], found.end()
    found = grammar.ORDINAL.match(text, position)
    if found is not None:
        label = next(key for key in "HVIUS" if found[key])
        return label, found["digit"] or grammar.NUMBER_OF_ORDINAL[found["word"]], found.end()
    return None


def label_of(found: re.Match[str]) -> str:
    """The level a match of ``grammar.LABEL`` names; a closing bracket is a group of its own there."""
    label = found.lastgroup or ""
    return {"closed": "B", "closed2": "D"}.get(label, label)


def number_of(label: str, written: str) -> str:
    """The number of a step as it is told: Absatz and Nummer in Arabic, nothing with a space."""
    return arabic(written) if label in ("A", "N") else closed_up(written)


def closed_up(written: str) -> str:
    return "".join(written.split())
