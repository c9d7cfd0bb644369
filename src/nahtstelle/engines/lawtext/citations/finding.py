"""Finding the citations of a text."""

import re
from collections.abc import Iterable
from dataclasses import replace

from nahtstelle.engines.lawtext.citations import grammar
from nahtstelle.engines.lawtext.citations.chains import read_chain
from nahtstelle.engines.lawtext.citations.groups import GroupReader
from nahtstelle.engines.lawtext.citations.laws import NamedLaw, law_at, version_at
from nahtstelle.engines.lawtext.citations.members import Group, Member
from nahtstelle.engines.lawtext.citations.names import DEFAULT_NAMES, LawNames
from nahtstelle.engines.lawtext.citations.numbers import Budget
from nahtstelle.engines.lawtext.citations.places import is_heading, is_place_in_literature
from nahtstelle.engines.lawtext.citations.prefixes import law_before
from nahtstelle.engines.lawtext.citations.values import Citation

_RELATIVE = re.compile(
    r"(?<![\w])(?:Abs(?:ätzen?|atz(?:es)?|ätze|\.)|Satz(?:es)?|Sätzen?|Nummern?|Nrn?\.|Buchstaben?)(?=\s*+(?:\d|[a-z]\b))"
)
_FIELDS = {
    "A": "absatz",
    "U": "unterabsatz",
    "S": "satz",
    "N": "nummer",
    "B": "buchstabe",
    "D": "doppelbuchstabe",
    "H": "halbsatz",
    "V": "alternative",
}


class _Finder:
    __slots__ = (
        "_budget",
        "_context_law",
        "_context_section",
        "_found",
        "_last_law",
        "_names",
        "_own_law",
        "_text",
        "_written_to",
    )

    def __init__(self, text: str, names: LawNames, context_law: str | None, context_section: str | None) -> None:
        self._text = text
        self._names = names
        self._context_law = context_law
        self._own_law: str | None = None
        self._context_section = (
            None if context_section is None else context_section.lstrip("§ \u00a0").removeprefix("Art").lstrip(". ")
        )
        self._budget = Budget(len(text))
        self._found: list[Citation] = []
        self._last_law: str | None = None
        self._written_to = 0

    def find(self, *, relative: bool) -> tuple[Citation, ...]:
        text, position, searched = self._text, 0, 0
        while (trigger := grammar.TRIGGER.search(text, position)) is not None:
            sign = grammar.SIGN.match(text, trigger.start())
            if sign is None:
                position = trigger.end()
                continue
            if relative:
                self._find_relative(searched, sign.start())
            position = searched = max(self._chain(sign), sign.end())
        if relative:
            self._find_relative(searched, len(text))
        return tuple(self._found)

    def _chain(self, sign: re.Match[str]) -> int:
        """Takes the chain that begins with ``sign``; returns where to go on searching."""
        text = self._text
        groups = list(read_chain(text, sign.start(), self._budget, in_a_law=self._context_law is not None))
        if not groups:
            return sign.end()
        end = groups[-1].end
        law = law_at(text, end, self._names)
        if law is not None and law.end - groups[0].start > 2 * grammar.LONGEST_REFERENCE:
            law = None
        if law is not None:
            # A law has either §§ or articles: "§ 16 und Artikel 450 der Verordnung (EU) …" names it for the article.
            while groups[0].unit != groups[-1].unit:
                group = groups.pop(0)
                group.keep_only_firm()
                self._add_internal(group)
            start = groups[0].start
            if not law.private and not is_place_in_literature(text, start, law.end):
                self._add(groups, start, law.end, law)
            return law.end
        before = law_before(text, groups[0].start, self._written_to, self._names)
        if before is not None:
            start, name = before
            for group in groups:
                group.keep_only_firm()
            if not is_place_in_literature(text, start, groups[-1].end):
                self._add(groups, start, groups[-1].end, NamedLaw(name, groups[-1].end))
            return end
        for group in groups:
            group.keep_only_firm()
            self._add_internal(group)
        return end

    def _add_internal(self, group: Group) -> None:
        text = self._text
        if is_place_in_literature(text, group.start, group.end):
            return
        plain = len(group.members) == 1 and not group.members[0].path and not group.members[0].following
        if plain and (is_heading(text, group.start, group.end) or _is_the_word_art(text, group)):
            return
        version, end = version_at(text, group.end)
        self._add([group], group.start, end, NamedLaw(None, end, internal=True, version=version))

    def _add(self, groups: Iterable[Group], start: int, end: int, law: NamedLaw) -> None:
        name = law.law
        if law.internal:
            name = self._own()
        elif law.as_before:
            name = self._last_law
        elif name is not None:
            self._last_law = name
        named = law if law.law == name else replace(law, law=name)
        for group in groups:
            self._found.extend(citations_of(group, self._text, start, end, named))
        self._written_to = end

    def _own(self) -> str | None:
        """The citation name of the law the text stands in; looked up when the first reference needs it."""
        if self._own_law is None and self._context_law is not None:
            self._own_law = self._names.canonical(self._context_law) or self._context_law
        return self._own_law

    def _find_relative(self, begin: int, stop: int) -> None:
        position = begin
        while (found := _RELATIVE.search(self._text, position, stop)) is not None:
            reader = GroupReader(self._text, found.start(), found.start(), unit="§", many=False, budget=self._budget)
            group = reader.read_below(self._context_section or "")
            position = found.end()
            if group is not None and group.end <= stop:
                self._add([group], group.start, group.end, NamedLaw(None, group.end, internal=True))
                position = max(position, group.end)


def _is_the_word_art(text: str, group: Group) -> bool:
    """Whether "Art." ends a sentence and the number begins a new line: "… psychischer Art.\\n8"."""
    return group.unit == "Art" and "\n" in text[group.start : group.end]


def citations_of(group: Group, text: str, start: int, end: int, law: NamedLaw) -> tuple[Citation, ...]:
    """One citation for each member of ``group``, all standing at ``text[start:end]``."""
    written = text[start:end]
    return tuple(_citation(member, group.unit, start, end, written, law) for member in group.members)


def _citation(member: Member, unit: str, start: int, end: int, written: str, law: NamedLaw) -> Citation:
    fields: dict[str, str] = {}
    for label, value in member.path:
        field = _FIELDS.get(label)
        if field is not None and field not in fields:
            fields[field] = value
    return Citation(
        start=start,
        end=end,
        text=written,
        law=law.law,
        section=member.section or None,
        unit=unit,
        paragraph=member.paragraph,
        path=tuple(label + value for label, value in member.path),
        following=member.following,
        version=law.version,
        internal=law.internal,
        member_start=member.start,
        member_end=member.end,
        **fields,
    )


def find_citations(
    text: str,
    *,
    names: LawNames = DEFAULT_NAMES,
    context_law: str | None = None,
    context_section: str | None = None,
    relative: bool = False,
) -> tuple[Citation, ...]:
    """The citations of German legal provisions in ``text``, in the order of the text, one for each member.

    ``names`` says which laws are known by name; laws that are not are called by their surface. ``context_law`` is the
    law the text stands in: references that name no law then carry it. With ``relative`` also references without a §
    ("nach Absatz 3 Satz 1") are given, in ``context_section`` ("§ 9" or "9"), the section the text stands in.

    Takes time in proportion to the length of the text, whatever the text is. Raises nothing: a text without citations
    gives an empty tuple.
    """
    return _Finder(text, names, context_law, context_section).find(relative=relative)
