"""Which records are one work: linked where it is certain, shown to a person where it is possible, each with its reasons."""

from nahtstelle.engines.literature.linking.finding import Group, Linking, Possible, TooManyRecords, find_duplicates
from nahtstelle.engines.literature.linking.tables import record_from_row

__all__ = ["Group", "Linking", "Possible", "TooManyRecords", "find_duplicates", "record_from_row"]
