"""What reading a file gives beside records: what could not be read, or was read and should be known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .limits import LONGEST_RAW


@dataclass(frozen=True, slots=True)
class Broken:
    """``code`` says what is wrong from ``line`` on; ``kept``: a record came of it all the same, nothing is missing."""

    line: int  # the first line is 1; 0: the whole file
    raw: str  # the words of the file, cut where they are endless
    code: str
    details: Mapping[str, str | int] = field(default_factory=dict)
    kept: bool = False


def broken(line: int, raw: str, code: str, *, kept: bool = False, **details: str | int) -> Broken:
    return Broken(line, raw.strip("\r\n")[:LONGEST_RAW], code, details, kept)


# Every code there is; a test compares this list with the sentences made of them.
CODES = (
    "cells_missing", "cells_too_many", "crossref_cycle", "crossref_missing", "duplicate_key", "empty",
    "encoding_guessed", "encodings_mixed", "no_title_column", "not_a_doi", "not_an_object", "not_closed",
    "outside_record", "quotes_open", "record_not_xml", "record_too_large", "record_unreadable", "too_large", "unknown_format", "unreadable_entry",
    "unreadable_json", "unreadable_workbook", "unreadable_xml", "workbook_too_large",
)  # fmt: skip
