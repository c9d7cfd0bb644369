"""The geometry of the small drawings. Lengths leave as strings with a point: a template would localise a number."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    y: str
    width: str
    height: str
    last: bool


def _text(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".")


def spark_bars(series: Sequence[float | None], width: float = 120, height: float = 32) -> list[Bar]:
    """One bar for each value, standing on zero (hanging below it where negative); None leaves a gap."""
    known = [float(value) for value in series if value is not None]
    if not known:
        return []
    top, bottom = max(0.0, *known), min(0.0, *known)
    span = (top - bottom) or 1
    slot = width / len(series)
    bars = []
    for place, value in enumerate(series):
        if value is None:
            continue
        high, low = max(float(value), 0.0), min(float(value), 0.0)
        # A zero still gets a hairline: it was counted, unlike a gap.
        tall = max((high - low) / span * height, 1.0)
        y = min((top - high) / span * height, height - tall)
        bars.append(Bar(_text(place * slot), _text(y), _text(slot * 0.72), _text(tall), place == len(series) - 1))
    return bars


def spark_lines(series: Sequence[float | None], width: float = 120, height: float = 32) -> list[str]:
    """The points of one polyline for each unbroken run of values; the scale runs from lowest to highest value."""
    known = [float(value) for value in series if value is not None]
    if not known:
        return []
    low, span = min(known), (max(known) - min(known)) or 1
    step = width / max(len(series) - 1, 1)
    runs: list[list[str]] = [[]]
    for place, value in enumerate(series):
        if value is None:
            runs.append([])
            continue
        runs[-1].append(f"{_text(place * step)},{_text(height - (float(value) - low) / span * height)}")
    return [" ".join(run) for run in runs if run]


@dataclass(frozen=True, slots=True)
class Share:
    name: str
    count: int
    x: str
    width: str


def wave_shares(counts: Sequence[tuple[str, int]], width: float = 100, least: float = 2) -> list[Share]:
    """Neighbouring stretches of a bar of ``width``, as long as their share; whatever is not zero is at least
    ``least`` long.

    Raises ``ValueError`` for a negative count.
    """
    if any(count < 0 for _, count in counts):
        raise ValueError("A wave cannot have a negative count.")
    total = sum(count for _, count in counts)
    if not total:
        return []
    present = [(name, count) for name, count in counts if count]
    small = {name for name, count in present if count / total * width < least}
    rest = width - least * len(small)
    large_total = sum(count for name, count in present if name not in small)
    shares, x = [], 0.0
    for name, count in present:
        length = least if name in small else count / large_total * rest
        shares.append(Share(name, count, _text(x), _text(length)))
        x += length
    return shares
