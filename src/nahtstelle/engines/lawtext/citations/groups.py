"""Reading what stands behind one § or "Art.": its sections, each with Absatz, Satz, Nummer …

A *group* is one sign and what belongs to it: "§§ 3, 5 Abs. 1 und 2 Nr. 1" has three members. The reader walks forward
once and never turns back.
"""

from string import ascii_lowercase

from nahtstelle.engines.lawtext.citations import grammar, levels
from nahtstelle.engines.lawtext.citations.levels import SECTION, Step
from nahtstelle.engines.lawtext.citations.members import Group, Member
from nahtstelle.engines.lawtext.citations.numbers import Budget, arabic, expanded, order_of
from nahtstelle.engines.lawtext.citations.steps import behind_space, closed_up, label_of, labelled_step, number_of

# So many members back a group is searched for a second section; enough to tell "§§ 3, 5 Abs. 1 und 2".
_SECTIONS_SEEN = 12


class GroupReader:
    """Reads one group of ``text``. ``many`` is True behind "§§": several sections are announced."""

    __slots__ = (
        "_budget", "_counting", "_following", "_group", "_many", "_paragraph", "_path", "_position", "_section",
        "_short", "_start", "_text", "_unit",
    )  # fmt: skip

    def __init__(self, text: str, start: int, position: int, *, unit: str, many: bool, budget: Budget) -> None:
        self._text = text
        self._unit = unit
        self._many = many
        self._budget = budget
        self._position = position
        self._group = Group(unit, start, position)
        self._section = ""
        self._path: list[Step] = []
        self._start = start
        self._short = False  # "§ 25 II 1", "§ 26 (2)": the Absatz without its label
        self._counting = False  # an unlabelled number has just gone on with the Absatz, Satz … before it
        self._following: str | None = None
        self._paragraph: str | None = None

    def read(self) -> Group | None:
        """The group, or None when no number follows the sign."""
        found = grammar.SECTION.match(self._text, self._position)
        if found is None:
            return None
        self._section = closed_up(found[1])
        self._position = found.end()
        return self._read_on()

    def read_below(self, section: str) -> Group | None:
        """The group of a relative reference ("Absatz 3 Satz 1"), which begins without a sign."""
        self._section = section
        return self._read_on() if self._go_deeper() else None

    def _read_on(self) -> Group:
        while True:
            while self._go_deeper():
                pass
            if not self._go_on():
                break
        self._finish_member()
        self._group.end = self._position
        return self._group

    # Steps that follow without a separator. The next character says which patterns are worth a try.

    def _go_deeper(self) -> bool:
        text = self._text
        at = behind_space(text, self._position)
        first = text[at : at + 1]
        if first in grammar.FIRST_OF_LABEL or first in grammar.FIRST_OF_ORDINAL:
            found = labelled_step(text, at)
            if found is not None:
                return self._step(*found)
        if first in "fu":
            following = grammar.FOLLOWING.match(text, self._position)
            if following is not None:
                self._following = "f." if (following[1] or following[2]) == "f" else "ff."
                self._position = following.end()
                return True
        return bool(first) and self._go_deeper_without_label(text, at, first)

    def _go_deeper_without_label(self, text: str, at: int, first: str) -> bool:
        last = self._path[-1][0] if self._path else ""
        if first == "(":
            found = grammar.IN_BRACKETS.match(text, at)
            if found is None or (found["A"] and levels.absatz_of(self._path) != SECTION):
                return False
            self._short = True
            return self._step("A" if found["A"] else "B", found["A"] or found["B"], found.end())
        if first.islower():
            found = grammar.LETTER_CLOSED.match(text, at) if last in ("", "A", "N", "S", "B") else None
            if found is None or (last == "B" and len(found["letter"]) == 1):
                return False
            return self._step("D" if last == "B" else "B", found["letter"], found.end())
        if first in "IVX" and at > self._position and not self._path and not self._paragraph:
            found = grammar.SHORT_ABSATZ.match(text, at)
            if found is not None:
                self._short = True
                return self._step("A", found["roman"], found.end())
        elif first == "§" and self._unit == "Art" and not self._path and not self._paragraph:
            found = grammar.PARAGRAPH_OF_ARTICLE.match(text, at)
            if found is not None:
                self._paragraph, self._position = closed_up(found[1]), found.end()
                return True
        elif self._short and last == "A" and first.isdigit() and at > self._position:
            found = grammar.SHORT_SATZ.match(text, at)
            if found is not None:
                return self._step("S", found[1], found.end())
        return False

    def _step(self, label: str, value: str, end: int) -> bool:
        self._path.append((label, number_of(label, value)))
        self._position = end
        return True

    # The next member of an enumeration or range

    def _go_on(self) -> bool:
        if self._text[self._position : self._position + 2].lstrip()[:1] in grammar.NEVER_IN_SEPARATOR:
            return False
        found = grammar.SEPARATOR.match(self._text, self._position)
        if found is None or found.end() - self._group.start > grammar.LONGEST_REFERENCE:
            return False
        if found["range"]:
            return self._range(found.end())
        comma = found["list"] == ","
        labelled = labelled_step(self._text, found.end())
        if labelled is not None:
            if not comma or not levels.is_below(self._path, labelled[0]):
                self._begin_member(found.end(), levels.above(self._path, labelled[0]))
            return self._step(*labelled)
        item = grammar.LIST_ITEM_AFTER_COMMA if comma else grammar.LIST_ITEM
        return item.match(self._text, found.end()) is None and self._bare(found.end())

    def _begin_member(self, position: int, path: list[Step]) -> None:
        self._finish_member()
        self._start, self._path, self._counting = position, path, False

    def _bare(self, position: int) -> bool:
        """Goes on with a number or letter that has no label."""
        last = self._path[-1][0] if self._path else ""
        lettered = last in ("B", "D")
        if lettered or (not last and self._section[-1:].isalpha()):
            letter = grammar.BARE_LETTER.match(self._text, position)
            if letter is not None:
                return self._bare_letter(letter[1], position, letter.end())
        found = grammar.BARE.match(self._text, position)
        if found is None or (found["roman"] and not self._short):
            return False
        written, end = closed_up(found["num"] or found["roman"]), found.end()
        ahead = grammar.LABEL_AHEAD.match(self._text, end)
        brackets = self._short and grammar.IN_BRACKETS.match(self._text, end) is not None
        if lettered and not (self._many or brackets or ahead is not None):
            return False
        if brackets:
            level = SECTION  # "Art. 1 (c) und 3 (a)"
        elif found["roman"]:
            level = levels.absatz_of(self._path)
        else:
            level = levels.level_of_bare(
                written,
                None if ahead is None else ahead.lastgroup,
                self._path,
                [*(member.section for member in self._group.members[-_SECTIONS_SEEN:]), self._section],
                unit=self._unit,
                many=self._many,
                counting=self._counting,
            )
        if level == SECTION:
            self._next_section(written, position)
        else:
            self._begin_member(position, [*self._path[:level], (self._path[level][0], arabic(written))])
            self._counting = True
        self._position = end
        return True

    def _next_section(self, written: str, position: int) -> None:
        beside = order_of(written)[0] == order_of(self._section)[0]  # "§ 9 oder 9a"
        group = self._group
        if not (self._path or self._many or beside or self._unit == "Art" or group.firm >= 0):
            group.firm, group.firm_end = len(group.members) + 1, self._position
        self._begin_member(position, [])
        self._section, self._short, self._paragraph = written, False, None

    def _bare_letter(self, letter: str, position: int, end: int) -> bool:
        if self._path:
            self._begin_member(position, [*self._path[:-1], (self._path[-1][0], letter)])
        elif len(letter) == 1 and letter > self._section[-1]:
            self._begin_member(position, [])
            self._section = self._section.rstrip(ascii_lowercase) + letter
        else:
            return False
        self._position = end
        return True

    def _range(self, position: int) -> bool:
        text = self._text
        label, begin = self._path[-1] if self._path else ("", self._section)
        sign = grammar.SIGN.match(text, position)
        labelled = grammar.LABEL.match(text, position) if label else None
        if sign is not None and not self._path:
            position = sign.end()
        elif labelled is not None:
            if label_of(labelled) != label:
                return False
            position = labelled.start(label)
        letters = label in ("B", "D") or (
            begin[:1].isdigit() and begin[-1:].isalpha() and not text[position : position + 1].isdigit()
        )
        found = (grammar.BARE_LETTER if letters else grammar.BARE).match(text, position)
        if found is None or (not letters and found["roman"] and label and not self._short):
            return False
        written = begin.rstrip(ascii_lowercase) + found[1] if letters else found["num"] or found["roman"]
        between = expanded(begin, number_of(label, written), self._budget)
        if between is None:
            return False
        self._position = found.end()
        for value in between[:-1]:
            self._replace_last(value)
            self._finish_member()
        self._replace_last(between[-1])
        return True

    def _replace_last(self, value: str) -> None:
        if self._path:
            self._path[-1] = (self._path[-1][0], value)
        else:
            self._section = value

    def _finish_member(self) -> None:
        self._group.members.append(
            Member(self._section, tuple(self._path), self._start, self._position, self._following, self._paragraph)
        )
        self._following = None
