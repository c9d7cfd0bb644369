"""Is the sender who they say they are? Only our own mail server's word counts (RFC 8601).

Anybody can write an Authentication-Results line into a mail; the one that counts names the trusted host and stands
first, because each server puts its own on top.
"""

import re

from .values import Sender

_RESULT = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*([a-z]+)([^;]*)", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?:header\.d|header\.i|header\.from|smtp\.mailfrom|policy\.from)\s*=\s*\"?(?:[^\s@;\"]*@)?([\w.-]+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\([^()]*\)")


def judged(results: list[str], *, from_address: str, trusted_host: str) -> tuple[Sender, str]:
    """The verdict, and the words of the server it rests on."""
    line = _trusted(results, trusted_host)
    if not line:
        return Sender.UNVERIFIED, ""
    domain = from_address.rpartition("@")[2].lower()
    found = [(kind.lower(), word.lower(), _domains(rest)) for kind, word, rest in _RESULT.findall(line)]
    words = ", ".join(f"{kind}={word}" for kind, word, _where in found)
    if any(kind == "dmarc" and word == "fail" for kind, word, _where in found):
        return Sender.FORGED, words
    for kind, word, where in found:
        if word == "pass" and (kind == "dmarc" or any(_aligned(domain, other) for other in where)):
            return Sender.VERIFIED, words
    tried = [word for _kind, word, _where in found]
    if tried and all(word in ("fail", "softfail", "permerror") for word in tried):
        return Sender.FORGED, words
    return Sender.UNVERIFIED, words


def _trusted(results: list[str], host: str) -> str:
    if not host:
        return ""
    for value in results:
        line = _COMMENT.sub(" ", " ".join(value.split()))
        name, _semicolon, rest = line.partition(";")
        if name.split()[:1] and name.split()[0].lower() == host.lower():
            return rest
    return ""


def _domains(rest: str) -> list[str]:
    return [found.lower() for found in _DOMAIN.findall(rest)]


def _aligned(domain: str, other: str) -> bool:
    """The same domain, or one below the other (relaxed alignment, RFC 7489)."""
    return bool(domain and "." in other) and (domain == other or domain.endswith("." + other))
