"""Links become groups, the surest first, each checked with all records of the works there are; groups become one work."""

from collections import defaultdict
from datetime import datetime

from nahtstelle.engines.literature.linking import (
    GROUP_WOULD_HOLD,
    Link,
    Traits,
    Verdict,
    components,
    forbidding,
    grouped,
    packed,
)
from nahtstelle.plumbing.ledger.actors import Actor

from .. import models
from ..models import Import, Work
from ..queries.linking import kept_apart, speaking_of_works, which_stays, with_a_card
from ..queries.works import slices_of
from . import pairs
from .keying import traits_from
from .merging import absorb
from .works import put_together

AT_ONCE = 1_000  # links
A_PERSON_SAID = "a person said two works"
TWO_CARDS = "two assessment cards"
Edge = tuple[int, int, models.Link]  # the works that a link would join


def group_some(batch: Import, *, by: Actor, at: datetime) -> bool:
    """Merge what the next certain links hold together; False once there are none."""
    links = (
        models.Link.objects.filter(batch=batch, doubt="")
        .select_related("one", "two")
        .defer("one__values", "two__values")
    )
    edges: list[Edge] = [(link.one.work_id or 0, link.two.work_id or 0, link) for link in links]
    if not edges:
        return False
    done: list[int] = []
    refused: dict[int, str] = {}
    for component in components(edges):
        refused |= _group(batch, component, by=by, at=at)
        done += [link.pk for _one, _two, link in component]
        if len(done) >= AT_ONCE:
            break
    for part in slices_of(set(done) - refused.keys()):
        models.Link.objects.filter(pk__in=part).delete()
    for pk, why in refused.items():
        models.Link.objects.filter(pk=pk).update(doubt=GROUP_WOULD_HOLD + why)
    return True


def ask_some(batch: Import) -> bool:
    """Lay the next doubtful links before a person, as pairs of works; False once there are none."""
    links = list(
        models.Link.objects.filter(batch=batch).exclude(doubt="").order_by("pk")
        .select_related("one", "two").defer("one__values", "two__values")[:AT_ONCE]
    )  # fmt: skip
    doubts: dict[tuple[int, int], pairs.Doubt] = {}
    for link in links:
        one, two = sorted((link.one.work_id or 0, link.two.work_id or 0))
        certainty = Verdict(link.points, ()).certainty
        if one and one != two and certainty > doubts.get((one, two), (-1.0, [], ""))[0]:
            doubts[one, two] = certainty, link.reasons, link.doubt
    pairs.ask(doubts, batch=batch)
    models.Link.objects.filter(pk__in=[link.pk for link in links]).delete()
    return bool(links)


def _group(batch: Import, edges: list[Edge], *, by: Actor, at: datetime) -> dict[int, str]:
    """Merge the works of one component as far as no group contradicts itself; the links that were refused, and why."""
    ids = {work for edge in edges for work in edge[:2]}
    works = {work.pk: work for part in slices_of(ids) for work in Work.objects.select_for_update(of=("self",)).filter(pk__in=part).order_by("pk")}  # fmt: skip
    rows = [
        row
        for part in slices_of(ids)
        for row in speaking_of_works().filter(work__in=part).order_by("pk").values_list("pk", "work", "values")
    ]
    work_of = {pk: work for pk, work, _values in rows}
    traits = {pk: traits_from(values) for pk, _work, values in rows}
    standing: dict[int, list[int]] = defaultdict(list)
    for pk, work in work_of.items():
        standing[work].append(pk)
    apart = _Apart(ids, work_of, traits)
    links = {
        (link.one_id, link.two_id): link
        for _one, _two, link in edges
        if link.one_id in traits and link.two_id in traits and link.one.work_id != link.two.work_id
    }
    groups = grouped(
        [Link(link.points, one, two, tuple(link.reasons)) for (one, two), link in links.items()],
        apart, apart.content, standing.values(),
    )  # fmt: skip
    for at_place, members in enumerate(groups.members):
        joined = sorted({work_of[row] for row in members})
        if len(joined) > 1:
            _make_one(batch, [works[pk] for pk in joined], groups.links[at_place], work_of, by=by, at=at)
    return {links[link.one, link.two].pk: why for link, why in groups.refused}


class _Apart:
    """Why two records may not be in one group: what persons said, two cards, or what the records say themselves."""

    def __init__(self, ids: set[int], work_of: dict[int, int], traits: dict[int, Traits]) -> None:
        self._work_of, self._traits = work_of, traits
        self._apart, self._cards = kept_apart(ids), with_a_card(ids)
        self._special = {pk for pair in self._apart for pk in pair} | self._cards.keys()
        self._contents: dict[tuple[bytes, int], int] = {}

    def __call__(self, one: int, two: int) -> str:
        works = sorted((self._work_of[one], self._work_of[two]))
        if works[0] != works[1]:
            if (works[0], works[1]) in self._apart:
                return A_PERSON_SAID
            if works[0] in self._cards and works[1] in self._cards:
                return TWO_CARDS
        return forbidding(self._traits[one], self._traits[two])

    def content(self, row: int) -> int:
        """Records that say the same are asked about once, but where it matters whose they are."""
        work = self._work_of[row]
        key = packed(self._traits[row]), work if work in self._special else 0
        return self._contents.setdefault(key, len(self._contents))


def _make_one(
    batch: Import, works: list[Work], links: list[Link], work_of: dict[int, int], *, by: Actor, at: datetime
) -> None:
    kept = which_stays(works)
    for absorbed in works:
        if absorbed.pk == kept.pk:
            continue
        own = [link for link in links if absorbed.pk in (work_of[link.one], work_of[link.two])]
        best = max(own, key=lambda link: link.points)
        absorb(
            kept=kept, absorbed=absorbed, choices={}, reasons=best.reasons,
            certainty=Verdict(best.points, ()).certainty, batch=batch, by=by, at=at,
        )  # fmt: skip
    put_together([kept], at=at)
