"""Two texts that grew from one, put together line by line."""

from merge3 import Merge3


def both_texts(base: str, there: str, mine: str) -> str | None:
    """What was made of ``base`` on two sides, in one where they touch different lines; None where they do not fit."""
    groups = list(Merge3(*(text.split("\n") for text in (base, there, mine))).merge_groups())
    if any(group[0] == "conflict" for group in groups):
        return None
    return "\n".join(line for group in groups for line in group[1])
