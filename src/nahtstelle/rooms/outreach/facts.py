"""What can happen in the room outreach."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nahtstelle.plumbing.ledger.facts import fact


@fact("outreach.DispatchPrepared", says=_("A dispatch was prepared or changed"))
@dataclass(frozen=True, slots=True)
class DispatchPrepared:
    dispatch_id: int
    revision: int


@fact(
    "outreach.DispatchSubmitted",
    says=ngettext_lazy(
        "A dispatch to one person was submitted for approval",
        "A dispatch to %(recipients)s people was submitted for approval",
        "recipients",
    ),
)
@dataclass(frozen=True, slots=True)
class DispatchSubmitted:
    """The list is fixed; a second person is to look at it. ``recipients`` counts those who would be written to."""

    dispatch_id: int
    recipients: int


@fact("outreach.DispatchSentBack", says=_("A dispatch was sent back"))
@dataclass(frozen=True, slots=True)
class DispatchSentBack:
    dispatch_id: int


@fact("outreach.DispatchCancelled", says=_("A dispatch was given up"))
@dataclass(frozen=True, slots=True)
class DispatchCancelled:
    dispatch_id: int


@fact("outreach.DispatchApproved", says=_("A second person approved a dispatch"))
@dataclass(frozen=True, slots=True)
class DispatchApproved:
    """A second person agreed to text and list; the letters are to be written."""

    dispatch_id: int


@fact(
    "outreach.LettersWritten",
    says=ngettext_lazy(
        "One letter of a dispatch was written", "%(written)s letters of a dispatch were written", "written"
    ),
)
@dataclass(frozen=True, slots=True)
class LettersWritten:
    dispatch_id: int
    written: int
    left_out: int


@fact("outreach.AnswerGiven", says=_("A recipient told us what they did with it"))
@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """A recipient told us, by their signed link, what they did with it."""

    dispatch_id: int
    recipient_id: int
    answer: str


@fact("outreach.AnswerMailed", says=_("A recipient wrote back by mail"))
@dataclass(frozen=True, slots=True)
class AnswerMailed:
    """Words came by mail; a person has to confirm them."""

    dispatch_id: int
    recipient_id: int


@fact("outreach.MailedAnswerDecided", says=_("An answer by mail was confirmed or laid aside"))
@dataclass(frozen=True, slots=True)
class MailedAnswerDecided:
    dispatch_id: int
    recipient_id: int
    confirmed: bool
