"""The works an output cites: found in its text as one writes, frozen with each edition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import Q

from nahtstelle.engines.literature.citing.keys import Cite
from nahtstelle.plumbing.kit.slices import slices
from nahtstelle.rooms.library.models import Card, Work
from nahtstelle.rooms.library.queries.works import roots_of

from .claims import Claim, claims_in
from .models import Output, Text, WorkCitation
from .references import AT_ONCE, works_called

SUGGESTED = 3
NEAR = 400  # works with a like beginning that are looked at for a key nobody knows
LONGEST_KEY, LONGEST_LOCATOR = 80, 60


@dataclass(frozen=True, slots=True)
class Found:
    """A citation as a text has it."""

    citekey: str
    locator: str
    means: str
    claim: str
    position: int

    @property
    def digest(self) -> str:
        return WorkCitation.digest_of(self.citekey, self.locator, self.means, self.claim)


def found_in(text: Text) -> dict[str, Found]:
    """The works cited in summary and body, by digest; one that stands twice in a sentence is one."""
    return _by_digest(claims_in(text.summary) + claims_in(text.body)) if may_cite(text) else {}


def may_cite(text: Text) -> bool:
    return "@" in text.body or "@" in text.summary


def _by_digest(claims: Iterable[Claim]) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for claim in claims:
        for cite in claim.cites:
            one = _found(cite, claim, len(found))
            found.setdefault(one.digest, one)
    return found


def _found(cite: Cite, claim: Claim, position: int) -> Found:
    return Found(cite.key[:LONGEST_KEY], cite.locator[:LONGEST_LOCATOR], cite.means, claim.words, position)


def refresh(output: Output) -> None:
    """Bring the cited works of the working text in line with its words."""
    _follow(output, found_in(output))


def freeze(output: Output) -> None:
    """The working text has become an edition: what it cites is published, with the cards readers have of it today."""
    _follow(output, found_in(output))
    output.work_citations.filter(working=False).delete()
    output.work_citations.update(published=True)
    rows = list(output.work_citations.exclude(work=None).select_related("work__card__edition"))
    roots = roots_of(row.work for row in rows)
    for row in rows:
        card: Card | None = getattr(roots[row.work_id], "card", None)
        row.card_edition_id = card.edition_id if card and card.state != Card.State.WITHDRAWN else None
    WorkCitation.objects.bulk_update(rows, ["card_edition"], batch_size=300)


def _follow(output: Output, wanted: dict[str, Found]) -> None:
    have = {row.digest: row for row in output.work_citations.all()}
    if not wanted and not have:
        return
    works = works_called(one.citekey for one in wanted.values())
    WorkCitation.objects.bulk_create(
        [_row(output, digest, wanted[digest], works) for digest in wanted.keys() - have.keys()],
        ignore_conflicts=True, batch_size=500,
    )  # fmt: skip
    gone = [row.pk for digest, row in have.items() if digest not in wanted and row.working]
    WorkCitation.objects.filter(pk__in=gone, published=False).delete()
    WorkCitation.objects.filter(pk__in=gone).update(working=False)
    changed = []
    for digest in wanted.keys() & have.keys():
        row, found = have[digest], wanted[digest]
        work = works.get(found.citekey)
        if (row.work_id, row.position, row.working) != (work.pk if work else row.work_id, found.position, True):
            row.work_id, row.position, row.working = work.pk if work else row.work_id, found.position, True
            changed.append(row)
    WorkCitation.objects.bulk_update(changed, ["work", "position", "working"], batch_size=300)


def _row(output: Output, digest: str, found: Found, works: dict[str, Work]) -> WorkCitation:
    return WorkCitation(
        output=output, digest=digest, work=works.get(found.citekey), citekey=found.citekey, locator=found.locator,
        means=found.means, claim=found.claim, position=found.position,
    )  # fmt: skip


def resolve_unknown(citekeys: Sequence[str]) -> set[int]:
    """Works came into stock: citations that meant them by their keys lead to them; the outputs whose readers' did."""
    reached: set[int] = set()
    for some in slices(citekeys, AT_ONCE):
        works = works_called(some)
        rows = list(WorkCitation.objects.filter(work=None, citekey__in=works))
        for row in rows:
            row.work = works[row.citekey]
        WorkCitation.objects.bulk_update(rows, ["work"], batch_size=300)
        reached |= {row.output_id for row in rows if row.published}
    return reached


def suggestions_for(citekey: str) -> list[Work]:
    """Works whose keys are near to one that nobody knows: another capital, a letter more, another year."""
    folded = citekey.casefold()
    begin = folded[:2]
    some = Work.objects.filter(Q(citekey__istartswith=begin) | Q(citekey__iexact=folded)).order_by("citekey")
    keys = {key.casefold(): key for key in some.values_list("citekey", flat=True)[:NEAR]}
    near = get_close_matches(folded, list(keys), n=SUGGESTED, cutoff=0.6)
    found = works_called(keys[key] for key in near)
    return [found[keys[key]] for key in near]
