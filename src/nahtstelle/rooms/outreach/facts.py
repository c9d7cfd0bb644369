"""What can happen in the room outreach."""

from dataclasses import dataclass

from nahtstelle.plumbing.ledger.facts import fact


@fact("outreach.DispatchPrepared")
@dataclass(frozen=True, slots=True)
class DispatchPrepared:
    dispatch_id: int
    revision: int


@fact("outreach.DispatchSubmitted")
@dataclass(frozen=True, slots=True)
class DispatchSubmitted:
    """The list of recipients is fixed; a second person is to look at it."""

    dispatch_id: int
    recipients: int


@fact("outreach.DispatchSentBack")
@dataclass(frozen=True, slots=True)
class DispatchSentBack:
    dispatch_id: int


@fact("outreach.DispatchApproved")
@dataclass(frozen=True, slots=True)
class DispatchApproved:
    """A second person agreed to text and list; the letters are to be written."""

    dispatch_id: int


@fact("outreach.LettersWritten")
@dataclass(frozen=True, slots=True)
class LettersWritten:
    dispatch_id: int
    written: int
    left_out: int


@fact("outreach.AnswerGiven")
@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """A recipient told us, by their signed link, what they did with it."""

    dispatch_id: int
    recipient_id: int
    answer: str
