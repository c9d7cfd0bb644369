"""The protocol's questions: which arguments a verb takes, and what is answered where they do not fit.

OAI-PMH 2.0, https://www.openarchives.org/OAI/openarchivesprotocol.html
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from nahtstelle.plumbing.kit.xml import writable

REQUIRED: dict[str, set[str]] = {
    "Identify": set(),
    "ListMetadataFormats": set(),
    "ListSets": set(),
    "GetRecord": {"identifier", "metadataPrefix"},
    "ListIdentifiers": {"metadataPrefix"},
    "ListRecords": {"metadataPrefix"},
}
OPTIONAL: dict[str, set[str]] = {
    "ListMetadataFormats": {"identifier"},
    "ListIdentifiers": {"from", "until", "set"},
    "ListRecords": {"from", "until", "set"},
}
RESUMABLE = {"ListSets", "ListIdentifiers", "ListRecords"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
SPEC = re.compile(r"[\w.!~*'()-]+(:[\w.!~*'()-]+)*", re.ASCII)


class ProtocolError(Exception):
    """The question cannot be answered: ``code`` is the protocol's word for why, the message says it to a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Question:
    verb: str
    arguments: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.arguments.get(name, "")


def read_question(given: Mapping[str, Sequence[str]]) -> Question:
    """A verb and its arguments, each once and each one the verb knows.

    Raises ``ProtocolError`` (badVerb, badArgument).
    """
    verbs = given.get("verb", ())
    if len(verbs) != 1 or verbs[0] not in REQUIRED:
        said = "The verb is missing." if not verbs else "The verb is repeated." if len(verbs) > 1 else "No such verb."
        raise ProtocolError("badVerb", said)
    verb = verbs[0]
    arguments = {name: values[0] for name, values in given.items() if name != "verb"}
    for name, values in given.items():
        if len(values) > 1:
            raise ProtocolError("badArgument", "An argument is repeated.")
        if writable(name + values[0]) != name + values[0]:
            raise ProtocolError("badArgument", "An argument holds a character that has no place in XML.")
        if not values[0]:
            raise ProtocolError("badArgument", f"The argument {name} is empty.")
    if "resumptionToken" in arguments and verb in RESUMABLE:
        if len(arguments) > 1:
            raise ProtocolError("badArgument", "A resumptionToken stands alone.")
        return Question(verb, arguments)
    known = REQUIRED[verb] | OPTIONAL.get(verb, set())
    if unknown := sorted(arguments.keys() - known):
        raise ProtocolError("badArgument", f"{verb} does not take: {', '.join(unknown)}.")
    if missing := sorted(REQUIRED[verb] - arguments.keys()):
        raise ProtocolError("badArgument", f"{verb} needs: {', '.join(missing)}.")
    return Question(verb, arguments)


def read_span(earliest: str, latest: str) -> tuple[datetime | None, datetime | None]:
    """The first moment of ``from`` and the moment after ``until``; None where open.

    Raises ``ProtocolError`` (badArgument) where one is no day or moment of UTC, the two are of different granularity, or
    they stand in the wrong order.
    """
    if earliest and latest and len(earliest) != len(latest):
        raise ProtocolError("badArgument", "from and until are of different granularity.")
    start, end = _moment(earliest, "from"), _moment(latest, "until")
    if start and end and start > end:
        raise ProtocolError("badArgument", "from lies after until.")
    if end is not None:
        try:
            end += timedelta(days=1) if DAY.fullmatch(latest) else timedelta(seconds=1)
        except OverflowError:
            end = None
    return start, end


def _moment(text: str, name: str) -> datetime | None:
    if not text:
        return None
    try:
        if DAY.fullmatch(text):
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        if SECOND.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass  # a day like 2026-02-30
    raise ProtocolError("badArgument", f"{name} is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ssZ.")


def check_spec(spec: str) -> None:
    """Raises ``ProtocolError`` (badArgument) where a set's name cannot be one."""
    if not SPEC.fullmatch(spec):
        raise ProtocolError("badArgument", "That is no setSpec.")


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
