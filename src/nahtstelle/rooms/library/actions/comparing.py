"""Records that came in are compared with all that share a key with them, however many there are in stock."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from nahtstelle.engines.literature.linking import CERTAIN, POSSIBLE, Traits, judge, near, numbers_of, part_of

from ..models import Import, Link, LinkKey, Record
from ..queries.linking import speaking_of_works
from ..queries.works import slices_of
from .keying import crowds_among, traits_from

NOT_CERTAIN = "not certain enough"


def compare(batch: Import, records: Sequence[Record]) -> None:
    """Judge these records of ``batch`` with theirs: what is found waits as links to be grouped."""
    traits = {record.pk: traits_from(record.values) for record in records}
    works = {record.pk: record.work_id for record in records}
    pairs = _worth_comparing(traits)
    there = _places({other for _one, other in pairs})
    pairs = {
        (one, other)
        for one, other in pairs
        # Of two of this import the later one looks at the earlier one.
        if other in there and there[other][1] != works[one] and (there[other][0] != batch.pk or other < one)
    }
    traits |= _traits({other for _one, other in pairs} - traits.keys())
    found = []
    for one, other in sorted(pairs):
        verdict = judge(traits[one], traits[other])
        certainty = verdict.certainty
        if verdict.apart or certainty < POSSIBLE:
            continue
        doubt = verdict.for_a_person or ("" if certainty >= CERTAIN else NOT_CERTAIN)
        found.append(
            Link(
                batch=batch,
                one_id=min(one, other),
                two_id=max(one, other),
                points=verdict.points,
                reasons=list(verdict.reasons),
                doubt=doubt,
            )
        )
    Link.objects.bulk_create(found, batch_size=500, ignore_conflicts=True)


def _worth_comparing(traits: dict[int, Traits]) -> set[tuple[int, int]]:
    """Each of these records with all that share a key with it; of a crowd, with those next to it."""
    numbers = {pk: numbers_of(one) for pk, one in traits.items()}
    crowds = crowds_among(number for of_one in numbers.values() for number in of_one)
    plain: dict[int, list[int]] = defaultdict(list)
    parted: dict[int, list[int]] = defaultdict(list)
    for pk, of_one in numbers.items():
        for number in of_one:
            if number in crowds:
                parted[part_of(number, traits[pk])].append(pk)
            else:
                plain[number].append(pk)
    pairs = {(pk, other) for number, other in _sharing(plain) for pk in plain[number] if pk != other}
    members: dict[int, list[int]] = defaultdict(list)
    for number, other in _sharing(parted):
        members[number].append(other)
    for number, part in members.items():
        if len(part) > 1:
            nearest = near(_of(part, traits))
            pairs |= {(pk, other) for pk in parted[number] for other in nearest.get(pk, ())}
    return pairs


def _sharing(numbers: Iterable[int]) -> Iterable[tuple[int, int]]:
    for part in slices_of(numbers):
        yield from LinkKey.objects.filter(key__in=part).values_list("key", "record")


def _of(part: Sequence[int], traits: dict[int, Traits]) -> Iterable[tuple[int, Traits]]:
    known = traits | _traits(set(part) - traits.keys())
    return ((pk, known[pk]) for pk in part if pk in known)


def _traits(ids: Iterable[int]) -> dict[int, Traits]:
    return {
        pk: traits_from(values)
        for part in slices_of(ids)
        for pk, values in Record.objects.filter(pk__in=part).values_list("pk", "values")
    }


def _places(ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """The import and the work of those that say something."""
    return {
        pk: (batch, work)
        for part in slices_of(ids)
        for pk, batch, work in speaking_of_works().filter(pk__in=part).values_list("pk", "batch", "work")
    }
