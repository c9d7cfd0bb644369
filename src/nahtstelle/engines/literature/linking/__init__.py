"""Which records are one work: linked where it is certain, shown to a person where it is possible, each with its reasons."""

from nahtstelle.engines.literature.linking.blocking import CROWD
from nahtstelle.engines.literature.linking.finding import (
    GROUP_WOULD_HOLD,
    Group,
    Linking,
    Possible,
    TooManyRecords,
    find_duplicates,
    forbidding,
)
from nahtstelle.engines.literature.linking.grouping import Link, components, grouped
from nahtstelle.engines.literature.linking.judging import CERTAIN, POSSIBLE, Verdict, judge
from nahtstelle.engines.literature.linking.numbering import near, numbers_of, part_of
from nahtstelle.engines.literature.linking.tables import record_from_row
from nahtstelle.engines.literature.linking.traits import Traits, packed, traits_of

__all__ = [
    "CERTAIN", "CROWD", "GROUP_WOULD_HOLD", "POSSIBLE", "Group", "Link", "Linking", "Possible", "TooManyRecords",
    "Traits", "Verdict", "components", "find_duplicates", "forbidding", "grouped", "judge", "near", "numbers_of", "packed",
    "part_of", "record_from_row", "traits_of",
]  # fmt: skip
