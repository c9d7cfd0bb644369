"""Groups joined by "und", "," or "in Verbindung mit", which share the law named at their end."""

from collections.abc import Iterator

from nahtstelle.engines.lawtext.citations import grammar
from nahtstelle.engines.lawtext.citations.groups import GroupReader
from nahtstelle.engines.lawtext.citations.members import Group
from nahtstelle.engines.lawtext.citations.numbers import Budget


def read_chain(text: str, position: int, budget: Budget, *, in_a_law: bool) -> Iterator[Group]:
    """The groups of the chain whose first sign stands at ``position``, as far as they can be read.

    "nach § 28 sowie nach § 6b des Bundeskindergeldgesetzes" is one chain in a judgment, but in a law (``in_a_law``) the
    first is as a rule the law's own § 28 (seen in the federal laws; "und nach", "oder nach" mostly mean the same law).
    """
    begin = position
    sign = grammar.SIGN.match(text, position)
    while sign is not None:
        unit = "Art" if sign["art"] else "§"
        many = len(sign["para"] or "") > 1 or (sign["word"] or sign["art"] or "").endswith(("en", "ln", "tt."))
        group = GroupReader(text, sign.start(), sign.end(), unit=unit, many=many, budget=budget).read()
        if group is None:
            return
        yield group
        separator = grammar.SEPARATOR.match(text, group.end)
        if separator is None or separator["range"] or group.end - begin > grammar.LONGEST_REFERENCE:
            return
        words = grammar.BEFORE_NEXT_SIGN.match(text, separator.end())
        if words is None or (in_a_law and words["preposition"] and "sowie" in separator[0]):
            return
        sign = grammar.SIGN.match(text, words.end())
