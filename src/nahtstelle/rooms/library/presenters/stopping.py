"""Whether enough was read: what samples said, in words that mean what they say, and the curve of what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Look, Review
from ..queries.recall import Point

WIDTH, HEIGHT, LEFT, FOOT = 640, 260, 46, 30


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    y: str
    label: str


@dataclass(frozen=True, slots=True)
class Curve:
    """The drawing: lengths as strings with a point, for a template would localise a number."""

    line: str
    chance: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    said: str


def _length(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def curve_of(points: Sequence[Point], pool: int) -> Curve | None:
    """The curve over the whole pool; None where nothing was judged yet."""
    if len(points) < 2:
        return None
    most = max(points[-1].found, 1)
    wide, tall = WIDTH - LEFT - 12, HEIGHT - FOOT - 12

    def x(read: float) -> float:
        return LEFT + read / max(pool, 1) * wide

    def y(found: float) -> float:
        return 12 + (1 - found / most) * tall

    line = " ".join(f"{_length(x(point.read))},{_length(y(point.found))}" for point in points)
    last = points[-1]
    chance = f"{_length(x(0))},{_length(y(0))} {_length(x(last.read))},{_length(y(last.found))}"
    across = tuple(
        Tick(_length(x(share * pool)), _length(HEIGHT - 8), number_format(round(share * pool), force_grouping=True))
        for share in (0, 0.25, 0.5, 0.75, 1)
    )
    up = tuple(
        Tick(_length(LEFT - 8), _length(y(value)), number_format(value)) for value in sorted({0, round(most / 2), most})
    )
    said = _("After %(read)d of %(pool)d works judged, %(found)d were found that go on.") % {
        "read": last.read,
        "pool": pool,
        "found": last.found,
    }
    return Curve(line, chance, across, up, said)


def curve_table(points: Sequence[Point]) -> dict[str, Any]:
    columns = [{"label": _("Judged"), "kind": "number"}, {"label": _("Go on"), "kind": "number"}]
    every = max(1, len(points) // 12)
    chosen = [point for n, point in enumerate(points) if n % every == 0 or n == len(points) - 1]
    return {"columns": columns, "rows": [[point.read, point.found] for point in chosen]}


def statement_of(look: Look, review: Review) -> dict[str, Any]:
    """What a sample that was read wholly says; in plain words, with how sure and with what it rests on."""
    drawn = look.drawn_count  # type: ignore[attr-defined] # annotated by the query
    if look.at_least is None or look.low is None or look.high is None or look.estimate is None:
        left = look.left_count  # type: ignore[attr-defined] # annotated by the query
        words = ngettext(
            "%(n)d work of the sample is still to be judged. It says nothing before all of it has been.",
            "%(n)d works of the sample are still to be judged. It says nothing before all of them have been.", left,
        ) % {"n": left}  # fmt: skip
        return {
            "number": look.number,
            "drawn_at": look.drawn_at,
            "open": True,
            "words": words,
            "drawn": drawn,
            "unread": look.unread,
            "left": left,
            "done": drawn - left,
        }
    sure = number_format(100 * review.confidence, 0)
    words = _(
        "With %(sure)s per cent confidence, at least %(at_least)s per cent of what is relevant at title and abstract has been found."
    ) % {"sure": sure, "at_least": _floor(look.at_least)}
    rests = _(
        "%(drawn)d of %(unread)d unread works were drawn by chance and all read; %(hits)d of them went on. Most likely %(estimate)s per cent were found, between %(low)s and %(high)s (interval of this sample alone)."
    ) % {
        "drawn": drawn, "unread": look.unread, "hits": look.hits, "estimate": number_format(100 * look.estimate, 1),
        "low": number_format(100 * look.low, 1), "high": number_format(100 * look.high, 1),
    }  # fmt: skip
    return {
        "number": look.number, "drawn_at": look.drawn_at, "open": False, "words": words, "rests": rests,
        "reached": look.at_least >= review.target_recall,
        "goal": _("The target of %d per cent is reached.") % round(100 * review.target_recall)
        if look.at_least >= review.target_recall
        else _("The target of %d per cent is not shown. Screen on and draw another sample later.") % round(100 * review.target_recall),
    }  # fmt: skip


def _floor(share: float) -> str:
    """Rounded down: "at least" must not say more than is so."""
    return number_format(int(share * 1000) / 10, 1)


def advice_of(review: Review, advised: dict[str, int]) -> str:
    if not advised["unread"]:
        return _("Everything in the pool has been judged; there is nothing left to find.")
    if advised["needed"] >= advised["unread"]:
        return (
            _(
                "With %(found)d works found and %(unread)d unread, no sample smaller than all of them can show the target. Screen on first."
            )
            % advised
        )
    return (
        _(
            "A sample of %(needed)d of the %(unread)d unread works shows the target if none of it is relevant. If you expect some, draw more. It would be sample number %(number)d; each further one may err less, so it has to be larger."
        )
        % advised
    )
