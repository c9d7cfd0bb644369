"""Making a script of removals and insertions readable without losing a character of either text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

ISLAND_WORDS = 3  # so many unchanged words between two changes are told as part of the change
ISLAND_LETTERS = 12


@dataclass(slots=True)
class Run:
    """A stretch of the script: what stays (``same``), or what is replaced by what."""

    same: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


def grouped(runs: Iterable[Run]) -> list[Run]:
    """Stretches of the same sort joined, so that what stays and what changes take turns."""
    joined: list[Run] = []
    for run in runs:
        if not (run.same or run.removed or run.added):
            continue
        if joined and bool(joined[-1].same) == bool(run.same):
            joined[-1].same.extend(run.same)
            joined[-1].removed.extend(run.removed)
            joined[-1].added.extend(run.added)
        else:
            joined.append(run)
    return joined


def slide(runs: list[Run]) -> None:
    """Move every pure insertion or removal to the place of equal meaning where a reader would have put it."""
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        if run.same or bool(run.removed) == bool(run.added):
            continue
        body = run.removed or run.added
        stretch = before.same + body + after.same
        start, size = len(before.same), len(body)
        lowest = start
        while lowest > 1 and stretch[lowest - 1] == stretch[lowest - 1 + size]:
            lowest -= 1
        highest = start
        while highest + size < len(stretch) - 1 and stretch[highest] == stretch[highest + size]:
            highest += 1
        best = max(
            range(lowest, highest + 1),
            key=lambda at: (_border(stretch, at) + _border(stretch, at + size), -abs(at - start)),
        )
        moved = stretch[best : best + size]
        run.removed, run.added = (moved, []) if run.removed else ([], moved)
        before.same, after.same = stretch[:best], stretch[best + size :]


def _border(tokens: Sequence[str], at: int) -> int:
    """How natural it is for a change to begin or end before ``tokens[at]``."""
    before, after = tokens[at - 1], tokens[at]
    if before == "\n" or after == "\n":
        return 6
    if before.isspace():
        return 5 if at > 1 and tokens[at - 2] in {".", ";", ":"} else 3
    if after.isspace():
        return 2
    return 1 if not (before[0].isalnum() and after[0].isalnum()) else 0


def join_islands(runs: list[Run]) -> list[Run]:
    """Tell a small stretch between two changes as part of the change: "[der alte][das neue]" rather than word salad."""
    told: list[Run] = []
    for position, run in enumerate(runs):
        after = runs[position + 1] if position + 1 < len(runs) else None
        if run.same and told and after is not None and _is_island(run, told[-1], after):
            told[-1].removed += run.same
            told[-1].added += run.same
        elif told and not run.same and not told[-1].same:
            told[-1].removed += run.removed
            told[-1].added += run.added
        else:
            told.append(run)
    return told


def _is_island(run: Run, before: Run, after: Run) -> bool:
    if "\n" in run.same:
        return False
    inner = [token for token in run.same if token[0].isalnum()]
    if not inner:
        return len(run.same) <= 3
    letters = _letters(run.same)
    return (
        len(inner) <= ISLAND_WORDS
        and letters <= ISLAND_LETTERS
        and letters <= max(_letters(before.removed), _letters(before.added))
        and letters <= max(_letters(after.removed), _letters(after.added))
    )


def _letters(tokens: Iterable[str]) -> int:
    return sum(len(token) for token in tokens if token[0].isalnum())


def trimmed(runs: list[Run]) -> list[Run]:
    """What a change takes out and puts back at its ends stays."""
    kept: list[Run] = []
    for run in runs:
        removed, added = run.removed, run.added
        least = min(len(removed), len(added))
        front = next((n for n in range(least) if removed[n] != added[n]), least)
        back = next((n for n in range(least - front) if removed[-1 - n] != added[-1 - n]), least - front)
        kept += (
            Run(same=run.same + removed[:front]),
            Run(removed=removed[front : len(removed) - back], added=added[front : len(added) - back]),
            Run(same=removed[len(removed) - back :]),
        )
    return grouped(kept)
