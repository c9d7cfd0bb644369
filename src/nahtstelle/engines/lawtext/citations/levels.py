"""Which level of a provision an enumeration goes on with."""

from nahtstelle.engines.lawtext.citations import grammar
from nahtstelle.engines.lawtext.citations.numbers import order_of

Step = tuple[str, str]  # the letter of the level, its number: ("A", "2")
SECTION = -1

# An Absatz, Satz or Nummer further on than this from the one before is no likely reading of a bare number.
_WIDEST_GAP = 40
_WIDE_GAP = 10


def above(path: list[Step], label: str) -> list[Step]:
    """What a new step ``label`` of an enumeration keeps of the member before it.

    After Abs. 1 Satz 1 Nr. 2, "Satz 2" keeps Abs. 1, and "Abs. 2" keeps nothing.
    """
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


def is_below(path: list[Step], label: str) -> bool:
    """Whether ``label`` names a lower level than all steps so far: "§ 5, Abs. 1, Satz 2" is one provision."""
    return not path or grammar.RANKS[label] > max(grammar.RANKS[step] for step, _ in path)


def absatz_of(path: list[Step]) -> int:
    """The index of the Absatz in the path, SECTION without one."""
    return next((index for index, (step, _) in enumerate(path) if step == "A"), SECTION)


def level_of_bare(
    written: str,
    label_behind: str | None,
    path: list[Step],
    sections: list[str],
    *,
    unit: str,
    many: bool,
    counting: bool,
) -> int:
    """Which step an unlabelled number replaces: its index in the path, or SECTION.

    "§§ 3, 5 Abs. 1 und 2 Nr. 1" goes on with Absatz 2, "§§ 43 Abs. 1 Nr. 7c, 43a Abs. 1" with § 43a. A label behind the
    number says what the number stands above. Without one, after "§§" (``many``), the number goes where it continues the
    count best; ``counting`` says that the number before was read as a step already. ``sections`` are those read so far,
    the current one last.
    """
    if not path:
        return SECTION
    number, section, last = order_of(written), order_of(sections[-1]), order_of(path[-1][1])
    gap = number[0] - last[0]
    further = number > section
    if label_behind is not None:
        if many and further and gap != 1:
            return SECTION
        for index, (step, _) in enumerate(path):
            if step == label_behind or grammar.RANKS[step] >= grammar.RANKS[label_behind]:
                return index - 1
        return len(path) - 1
    if many:
        closer = number[0] - section[0] < gap and not counting
        if further and (len(set(sections)) == 1 or gap <= 0 or closer):
            return SECTION
        if gap > _WIDEST_GAP or path[-1][0] in ("B", "D"):
            return SECTION
    if unit == "Art" and further and gap > _WIDE_GAP:
        return SECTION
    return len(path) - 1
