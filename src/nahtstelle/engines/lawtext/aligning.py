"""Which lines (or parts) of two texts belong together, when some were inserted, removed or reworded.

Exactly equal entries are matched by a longest common subsequence; in the gaps between them a dynamic programme pairs
the entries that read most alike, without crossings. An inserted entry therefore never shifts the entries after it.
"""

from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from nahtstelle.engines.lawtext.likeness import words, words_likeness

Couple = tuple[int | None, int | None]

FLOOR = 0.45  # below this two entries share little but articles and prepositions
SAME_NAME = 0.25  # what a common name adds to the likeness of two entries
TABLE = 400_000_000  # above so many pairs (50 MB of bits) only entries that occur once on each side are anchors
CELLS = 90_000  # at most so many comparisons in one gap; a longer gap is compared along its diagonal


def align(
    old: Sequence[str],
    new: Sequence[str],
    floor: float = FLOOR,
    *,
    names: tuple[Sequence[str], Sequence[str]] | None = None,
) -> list[Couple]:
    """Pair the positions of ``old`` with those of ``new``, in order; a position without partner stands beside None.

    Every position of both sides occurs exactly once, and both sides ascend. With ``names`` (what the entries of both
    sides are called) a reworded entry rather keeps its partner of the same name.
    """
    couples: list[Couple] = []
    at_old = at_new = 0
    for a, b, size in _equal_stretches(old, new):
        couples += _align_gap(old, new, range(at_old, a), range(at_new, b), floor, names)
        couples += ((a + step, b + step) for step in range(size))
        at_old, at_new = a + size, b + size
    return couples


def _equal_stretches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where both sides are equal: (position left, position right, length), at last the empty stretch at both ends."""
    if len(old) * len(new) <= TABLE:
        return [(block.a, block.b, block.size) for block in Indel.opcodes(list(old), list(new)).as_matching_blocks()]
    count_old, count_new = Counter(old), Counter(new)
    place = {entry: j for j, entry in enumerate(new) if count_new[entry] == 1}
    anchors = [(i, place[entry]) for i, entry in enumerate(old) if count_old[entry] == 1 and entry in place]
    gains: list[dict[int, float]] = [{} for _ in old]
    for i, j in anchors:
        gains[i][j] = 1.0
    path = _best_path(gains, len(old), len(new))
    return [*((i, j, 1) for i, j in path), (len(old), len(new), 0)]


def _align_gap(
    old: Sequence[str],
    new: Sequence[str],
    left: range,
    right: range,
    floor: float,
    names: tuple[Sequence[str], Sequence[str]] | None,
) -> list[Couple]:
    if not left or not right:
        return [*((i, None) for i in left), *((None, j) for j in right)]
    gains = _gains([words(old[i]) for i in left], [words(new[j]) for j in right], floor)
    if names is not None:
        for i, row in enumerate(gains):
            row.update((j, gain + SAME_NAME) for j, gain in row.items() if names[0][left[i]] == names[1][right[j]])
    couples: list[Couple] = []
    i = j = 0
    for a, b in _best_path(gains, len(left), len(right)):
        couples += ((left[k], None) for k in range(i, a))
        couples += ((None, right[k]) for k in range(j, b))
        couples.append((left[a], right[b]))
        i, j = a + 1, b + 1
    couples += ((left[k], None) for k in range(i, len(left)))
    couples += ((None, right[k]) for k in range(j, len(right)))
    return couples


def _gains(left: list[list[str]], right: list[list[str]], floor: float) -> list[dict[int, float]]:
    """For every entry on the left the entries on the right that read alike, and how much the pair is worth."""
    width = max(2, CELLS // (2 * len(left)))
    gains: list[dict[int, float]] = []
    for i, mine in enumerate(left):
        middle = i * len(right) // len(left)
        reach = range(max(0, middle - width), min(len(right), middle + width + 1))
        found = {j: words_likeness(mine, right[j], floor) for j in reach}
        gains.append({j: worth for j, worth in found.items() if worth > 0})
    return gains


def _best_path(gains: list[dict[int, float]], rows: int, columns: int) -> list[tuple[int, int]]:
    """The crossing-free pairs with the greatest sum of gains (heaviest increasing subsequence, by a Fenwick tree)."""
    best: list[tuple[float, int]] = [(0.0, -1)] * (columns + 1)  # best sum with a last column below the index
    chain: list[tuple[int, int, int]] = []  # row, column, index of the pair before it

    def before(column: int) -> tuple[float, int]:
        top = (0.0, -1)
        while column > 0:
            top = max(top, best[column])
            column -= column & -column
        return top

    for i in range(rows):
        finds = [(j, *_added(before(j), gain)) for j, gain in gains[i].items()]
        for j, total, previous in finds:
            chain.append((i, j, previous))
            entry = (total, len(chain) - 1)
            slot = j + 1
            while slot <= columns:
                best[slot] = max(best[slot], entry)
                slot += slot & -slot
    path: list[tuple[int, int]] = []
    at = before(columns)[1]
    while at >= 0:
        i, j, at = chain[at]
        path.append((i, j))
    return path[::-1]


def _added(before: tuple[float, int], gain: float) -> tuple[float, int]:
    return before[0] + gain, before[1]
