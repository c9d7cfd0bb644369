"""Reading what stands behind a § or "Art.": one section after another, each with its Absatz, Satz, Nummer …

The reader walks forward once. A *group* is one sign and what belongs to it ("§§ 3, 5 Abs. 1 und 2 Nr. 1"); a *chain* is
groups joined by "und", ",", "in Verbindung mit" …, which share the law named at their end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_lowercase

from nahtstelle.engines.lawtext.citations import grammar
from nahtstelle.engines.lawtext.citations.numbers import Budget, arabic, expanded, order_of

Step = tuple[str, str]

# An Absatz, Satz or Nummer further on than this from the one before is no likely reading of a bare number.
_WIDEST_GAP = 40
_WIDE_GAP = 10


@dataclass(slots=True)
class Member:
    """One provision as read: its section, the steps below it, and where it was read."""

    section: str
    path: tuple[Step, ...]
    start: int
    end: int
    following: str | None = None
    paragraph: str | None = None


@dataclass(slots=True)
class Group:
    """One sign with its members. ``firm`` counts the members that stand even when no law follows."""

    unit: str
    start: int
    end: int
    members: list[Member] = field(default_factory=list)
    firm: int = -1
    firm_end: int = 0

    def keep_only_firm(self) -> None:
        if self.firm >= 0:
            del self.members[self.firm :]
            self.end = self.firm_end


class GroupReader:
    """Reads one group of ``text``, beginning behind its sign."""

    __slots__ = (
        "_budget", "_counting", "_following", "_many", "_paragraph", "_path", "_roman", "_section", "_start", "_text", "_unit", "group",
        "position",
    )  # fmt: skip

    def __init__(self, text: str, start: int, position: int, *, unit: str, many: bool, budget: Budget) -> None:
        self._text = text
        self._unit = unit
        self._many = many
        self._budget = budget
        self.position = position
        self.group = Group(unit, start, position)
        self._section = ""
        self._path: list[Step] = []
        self._start = start
        self._roman = False
        self._counting = False  # an unlabelled number has just gone on with the Absatz, Satz … before it
        self._following: str | None = None
        self._paragraph: str | None = None

    def read(self) -> Group | None:
        """The group, or None when no number follows the sign."""
        if not self._begin_section():
            return None
        return self._read_on()

    def read_below(self, section: str) -> Group | None:
        """The group of a relative reference ("Absatz 3 Satz 1"), which begins at ``position`` without a sign."""
        self._section = section
        if not self._deeper():
            return None
        return self._read_on()

    def _read_on(self) -> Group:
        while True:
            while self._deeper():
                pass
            if not self._next_member():
                break
        self._finish_member()
        self.group.end = self.position
        return self.group

    def _begin_section(self) -> bool:
        found = grammar.SECTION.match(self._text, self.position)
        if found is None:
            return False
        self._section = "".join(found[1].split())
        self.position = found.end()
        return True

    # Steps that follow without a separator

    def _deeper(self) -> bool:
        text, position = self._text, self.position
        found = grammar.LABEL.match(text, position)
        if found is not None:
            label = _label_of(found)
            self._step(label, found[label], found.end())
            return True
        found = grammar.FOLLOWING.match(text, position)
        if found is not None:
            self._following = "f." if (found[1] or found[2]) == "f" else "ff."
            self.position = found.end()
            return True
        return self._deeper_unlabelled(text, position)

    def _deeper_unlabelled(self, text: str, position: int) -> bool:
        found = grammar.ORDINAL.match(text, position)
        if found is not None:
            label = next(key for key in "HVIUS" if found[key])
            value = found["digit"] or grammar.NUMBER_OF_ORDINAL[found["word"]]
            self._step(label, value, found.end())
            return True
        found = grammar.IN_BRACKETS.match(text, position)
        if found is not None:
            if found["A"] and any(label == "A" for label, _ in self._path):
                return False
            self._step("A" if found["A"] else "B", found["A"] or found["B"], found.end())
            self._roman = True
            return True
        last = self._path[-1][0] if self._path else ""
        if last in ("", "A", "N", "S", "B"):
            found = grammar.LETTER_CLOSED.match(text, position)
            if found is not None and (last != "B" or len(set(found["letter"])) < len(found["letter"])):
                self._step("D" if last == "B" else "B", found["letter"], found.end())
                return True
        if not self._path:
            found = grammar.SHORT_ABSATZ.match(text, position)
            if found is not None and not self._paragraph:
                self._step("A", found["roman"], found.end())
                self._roman = True
                return True
            return self._paragraph_of_article(text, position)
        if self._roman and last == "A":
            found = grammar.SHORT_SATZ.match(text, position)
            if found is not None:
                self._step("S", found[1], found.end())
                return True
        return False

    def _paragraph_of_article(self, text: str, position: int) -> bool:
        """ "Art. 229 § 5 EGBGB": a § directly behind the article."""
        if self._unit != "Art" or self._paragraph:
            return False
        end = position
        while end < len(text) and text[end].isspace():
            end += 1
        if not text.startswith("§", end):
            return False
        found = grammar.SECTION.match(text, end + 1)
        if found is None:
            return False
        self._paragraph = "".join(found[1].split())
        self.position = found.end()
        return True

    def _step(self, label: str, value: str, end: int) -> None:
        self._path.append((label, arabic(value) if label in "AN" else "".join(value.split())))
        self.position = end

    # The next member of an enumeration or range

    def _next_member(self) -> bool:
        found = grammar.SEPARATOR.match(self._text, self.position)
        if found is None or found.end() - self.group.start > grammar.LONGEST_REFERENCE:
            return False
        if found["range"]:
            return self._range(found.end())
        comma = found["list"] == ","
        if self._labelled(found.end(), comma=comma):
            return True
        item = grammar.LIST_ITEM_AFTER_COMMA if comma else grammar.LIST_ITEM
        return item.match(self._text, found.end()) is None and self._bare(found.end())

    def _labelled(self, position: int, *, comma: bool) -> bool:
        found = grammar.LABEL.match(self._text, position)
        ordinal = None if found is not None else grammar.ORDINAL.match(self._text, position)
        if found is not None:
            label = _label_of(found)
            value, end = found[label], found.end()
        elif ordinal is not None:
            label = next(key for key in "HVIUS" if ordinal[key])
            value, end = ordinal["digit"] or grammar.NUMBER_OF_ORDINAL[ordinal["word"]], ordinal.end()
        else:
            return False
        rank = grammar.RANKS[label]
        if comma and (not self._path or rank > max(grammar.RANKS[step] for step, _ in self._path)):
            self._step(label, value, end)  # "§ 5, Abs. 1, Satz 2" is one provision
            return True
        self._finish_member()
        self._counting = False
        self._path = _above(self._path, label)
        self._start = position
        self._step(label, value, end)
        return True

    def _bare(self, position: int) -> bool:
        last = self._path[-1][0] if self._path else ""
        if last in ("B", "D") or (not last and self._section[-1:].isalpha()):
            found = grammar.BARE_LETTER.match(self._text, position)
            if found is not None:
                return self._bare_letter(found[1], position, found.end())
        number = grammar.BARE.match(self._text, position)
        if number is None or (number["roman"] and not self._roman):
            return False
        written = "".join((number["num"] or number["roman"]).split())
        brackets = self._roman and grammar.IN_BRACKETS.match(self._text, number.end()) is not None
        labelled = grammar.LABEL_AHEAD.match(self._text, number.end()) is not None
        if last in ("B", "D") and not (brackets or labelled or self._many):
            return False
        if brackets:
            keep = -1  # "Art. 1 (c) und 3 (a)"
        elif number["roman"]:
            keep = self._level_of_absatz()
        else:
            keep = self._level_of_bare(written, number.end())
        beside = order_of(written)[0] == order_of(self._section)[0]
        sure = self._many or self._unit == "Art" or beside
        if keep < 0 and not self._path and not sure and self.group.firm < 0:
            self.group.firm = len(self.group.members) + 1
            self.group.firm_end = self.position
        self._finish_member()
        self._start = position
        if keep < 0:
            self._section, self._path, self._roman, self._paragraph = written, [], False, None
            self._counting = False
        else:
            self._counting = True
            label = self._path[keep][0]
            self._path = [*self._path[:keep], (label, arabic(written))]
        self.position = number.end()
        return True

    def _bare_letter(self, letter: str, position: int, end: int) -> bool:
        if not self._path:
            if letter <= self._section[-1] or len(letter) > 1:
                return False
            self._finish_member()
            self._section = self._section.rstrip(ascii_lowercase) + letter
        else:
            self._finish_member()
            self._path[-1] = (self._path[-1][0], letter)
        self._start, self.position = position, end
        return True

    def _level_of_absatz(self) -> int:
        return next((index for index, (step, _) in enumerate(self._path) if step == "A"), -1)

    def _level_of_bare(self, written: str, end: int) -> int:
        """Which step an unlabelled number replaces: its index in the path, -1 for the section.

        "§§ 3, 5 Abs. 1 und 2 Nr. 1" goes on with Absatz 2, "§§ 43 Abs. 1 Nr. 7c, 43a Abs. 1" with § 43a: a label behind the
        number says what it is above; without one, after "§§", the number goes where it continues the count best.
        """
        path = self._path
        if not path:
            return -1
        ahead = grammar.LABEL_AHEAD.match(self._text, end)
        label = ahead.lastgroup if ahead is not None else None
        number = order_of(written)
        section = order_of(self._section)
        if self._many and number > section and label is not None and number[0] != order_of(path[-1][1])[0] + 1:
            return -1
        if label is not None:
            for index, (step, _) in enumerate(path):
                if step == label or grammar.RANKS[step] >= grammar.RANKS[label]:
                    return index - 1
            return len(path) - 1
        if self._many and number > section:
            sections = {member.section for member in self.group.members} | {self._section}
            to_step, to_section = number[0] - order_of(path[-1][1])[0], number[0] - section[0]
            if len(sections) == 1 or to_step <= 0 or (to_section < to_step and not self._counting):
                return -1
        gap = number[0] - order_of(path[-1][1])[0]
        if self._many and (gap > _WIDEST_GAP or path[-1][0] in ("B", "D")):
            return -1
        if self._unit == "Art" and section < number and gap > _WIDE_GAP:
            return -1
        return len(path) - 1

    def _range(self, position: int) -> bool:
        text = self._text
        label = self._path[-1][0] if self._path else ""
        begin = self._path[-1][1] if self._path else self._section
        sign = grammar.SIGN.match(text, position)
        if sign is not None and not self._path:
            position = sign.end()
        elif label and (labelled := grammar.LABEL.match(text, position)) is not None:
            if _label_of(labelled) != label:
                return self._labelled(position, comma=False)
            position = labelled.start(label)
        letters = label in ("B", "D") or (begin[-1:].isalpha() and begin[0].isdigit() and not text[position : position + 1].isdigit())
        if letters:
            found = grammar.BARE_LETTER.match(text, position)
            written = begin.rstrip(ascii_lowercase) + found[1] if found is not None else ""
        else:
            found = grammar.BARE.match(text, position)
            written = "".join((found["num"] or found["roman"]).split()) if found is not None else ""
        if found is None or (label and found.groupdict().get("roman") and not self._roman):
            return False
        if label:
            written = arabic(written) if label in "AN" else written
        between = expanded(begin, written, self._budget)
        if between is None:
            return False
        end = found.end()
        for value in between[:-1]:
            self._finish_member(value, end)
        if label:
            self._path[-1] = (label, between[-1])
        else:
            self._section = between[-1]
        self.position = end
        return True

    def _finish_member(self, value: str | None = None, end: int | None = None) -> None:
        section, path = self._section, tuple(self._path)
        if value is not None:
            if path:
                path = (*path[:-1], (path[-1][0], value))
            else:
                section = value
        self.group.members.append(
            Member(section, path, self._start, self.position if end is None else end, self._following, self._paragraph)
        )
        self._following = None


def _label_of(found: re.Match[str]) -> str:
    label = found.lastgroup or ""
    return {"closed": "B", "closed2": "D"}.get(label, label)


def _above(path: list[Step], label: str) -> list[Step]:
    """What a new step ``label`` of an enumeration keeps of the member before it."""
    for index in range(len(path) - 1, -1, -1):
        if path[index][0] == label:
            return path[:index]
    rank = grammar.RANKS[label]
    kept: list[Step] = []
    for step in path:
        if grammar.RANKS[step[0]] >= rank:
            break
        kept.append(step)
    return kept


def read_chain(text: str, sign_start: int, sign_end: int, budget: Budget, *, in_a_law: bool) -> Iterator[Group]:
    """The groups of the chain that begins with the sign at ``sign_start``, as far as they can be read.

    "nach § 28 sowie nach § 6b des Bundeskindergeldgesetzes" is one chain in a judgment, but in a law (``in_a_law``) the
    first is as a rule the law's own § 28 (seen in the federal laws; "und nach", "oder nach" mostly mean the same law).
    """
    start, position = sign_start, sign_end
    sign = grammar.SIGN.match(text, sign_start)
    while sign is not None:
        unit = "Art" if sign["art"] else "§"
        many = len(sign["para"] or "") > 1 or (sign["word"] or sign["art"] or "").endswith(("en", "ln", "tt."))
        reader = GroupReader(text, start, position, unit=unit, many=many, budget=budget)
        group = reader.read()
        if group is None:
            return
        yield group
        separator = grammar.SEPARATOR.match(text, group.end)
        if separator is None or separator["range"] or group.end - sign_start > grammar.LONGEST_REFERENCE:
            return
        words = grammar.BEFORE_NEXT_SIGN.match(text, separator.end())
        if words is None or (in_a_law and words["preposition"] and "sowie" in separator[0]):
            return
        sign = grammar.SIGN.match(text, words.end())
        if sign is not None:
            start, position = sign.start(), sign.end()
