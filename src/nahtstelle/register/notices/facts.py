"""What can happen to notices and letters.

That a person read a notice is not a fact: the trail is kept for years, and when somebody read what is nobody's
business.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nahtstelle.plumbing.ledger.facts import fact


@fact("notices.PersonTold", says=_("A person was told"))
@dataclass(frozen=True, slots=True)
class PersonTold:
    notice: int
    kind: str
    cause: str


@fact("notices.PeopleTold", says=ngettext_lazy("One notice was written", "%(count)s notices were written", "count"))
@dataclass(frozen=True, slots=True)
class PeopleTold:
    count: int


@fact("notices.LetterWritten", says=_("A letter was put into the outbox"))
@dataclass(frozen=True, slots=True)
class LetterWritten:
    letter: int
    key: str


@fact(
    "notices.LettersWritten",
    says=ngettext_lazy("One letter was put into the outbox", "%(count)s letters were put into the outbox", "count"),
)
@dataclass(frozen=True, slots=True)
class LettersWritten:
    """Many letters at once; the trail of each letter shows the entry."""

    count: int


@fact("notices.LetterSent", says=_("A letter was handed to the mail server"))
@dataclass(frozen=True, slots=True)
class LetterSent:
    letter: int


@fact("notices.LetterGivenUp", says=_("A letter could not be sent and was given up"))
@dataclass(frozen=True, slots=True)
class LetterGivenUp:
    """``person`` is whom it was for, where known."""

    letter: int
    person: int | None
    reason: str


@fact("notices.LetterRetried", says=_("A letter was put back into the outbox"))
@dataclass(frozen=True, slots=True)
class LetterRetried:
    letter: int


@fact(
    "notices.LettersForgotten",
    says=ngettext_lazy("One old letter was removed", "%(count)s old letters were removed", "count"),
)
@dataclass(frozen=True, slots=True)
class LettersForgotten:
    count: int


@fact("notices.MailServerTroubled", says=_("The mail server could not be used: %(reason)s"))
@dataclass(frozen=True, slots=True)
class MailServerTroubled:
    """Recorded at most once a day. ``day`` is in ISO form."""

    day: str
    reason: str


@fact("notices.LetterBounced", says=_("A letter came back"))
@dataclass(frozen=True, slots=True)
class LetterBounced:
    bounce: int
    letter: int | None
    hard: bool
    status: str


@fact("notices.BounceNotUnderstood", says=_("A returned mail could not be read"))
@dataclass(frozen=True, slots=True)
class BounceNotUnderstood:
    """``digest`` is the first part of the mail's SHA-256; ``excerpt`` its beginning, at most 500 characters."""

    digest: str
    excerpt: str


@fact("notices.AddressCleared", says=_("An address may be written to again"))
@dataclass(frozen=True, slots=True)
class AddressCleared:
    count: int


@fact("notices.PreferenceChanged", says=_("A person changed how they want to be told"))
@dataclass(frozen=True, slots=True)
class PreferenceChanged:
    person: int


@fact("notices.Unsubscribed", says=_("A person unsubscribed"))
@dataclass(frozen=True, slots=True)
class Unsubscribed:
    """``what`` is a ``Subscription``: the digest of notices, or the letters on changes of law."""

    person: int
    what: str
