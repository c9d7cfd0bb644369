"""Status codes of RFC 3463 and reply codes of RFC 5321, and which of them close an address."""

import re

# Not part of an IP address or a longer number.
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
_REPLY = re.compile(r"(?<![\d.])([45][0-5]\d)(?=[ -]|$)")

# Permanent, yet not because the address is wrong: full, too large, content, policy. The next letter may go through.
PASSING_SUBJECTS = ("5.2.2", "5.2.3", "5.3.4", "5.6.", "5.7.")
HARD_REPLIES = frozenset({"550", "551", "553"})


def first_status(text: str) -> str:
    """The first RFC 3463 code in a text, or ""."""
    found = _STATUS.search(text)
    return found.group() if found else ""


def is_hard(status: str, diagnostic: str) -> bool:
    """Whether the address itself is closed: by the status code, else by the reply code the diagnostic begins with."""
    if status:
        return status.startswith("5.") and not status.startswith(PASSING_SUBJECTS)
    reply = _REPLY.search(diagnostic)
    return reply is not None and reply.group(1) in HARD_REPLIES
