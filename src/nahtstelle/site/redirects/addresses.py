"""How addresses of redirects are written, so that one address has one form."""

from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import Refusal

MOST_OLD, MOST_NEW = 400, 600


def old_address(words: str, *, host: str) -> str:
    """An old address as it is kept: path and perhaps query as people read them (“/länder”, not “/l%C3%A4nder”), without
    our host and without a slash at the end.

    Raises ``Refusal`` where it is none of ours.
    """
    _check_characters(words)
    parts = urlsplit(words.strip())
    if parts.netloc and parts.netloc.lower() != host.lower():
        raise Refusal(_("The old address belongs to another site; only addresses of this site can be redirected."))
    path = unquote(parts.path)
    _check_characters(path)
    if not path.startswith("/") or path.startswith("//"):
        raise Refusal(_("The old address must begin with “/”, such as /aktuelles/archiv."))
    path = path.rstrip("/")
    if not path:
        raise Refusal(_("The start page is never redirected."))
    query = as_read(parts.query)
    kept = f"{path}?{query}" if query else path
    if len(kept) > MOST_OLD:
        raise Refusal(_("This address is too long."))
    return kept


def new_address(words: str, *, host: str) -> str:
    """A new address as it is kept: a path of ours, or an address with https.

    Raises ``Refusal`` for anything a browser might read as something else.
    """
    _check_characters(words)
    words = words.strip()
    parts = urlsplit(words)
    if parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower():
        words = words.split(parts.netloc, 1)[1] or "/"
        parts = urlsplit(words)
    if len(words) > MOST_NEW:
        raise Refusal(_("This address is too long."))
    if not parts.scheme and not parts.netloc and words.startswith("/") and not words.startswith("//"):
        return words
    if parts.scheme == "https" and parts.hostname and "@" not in parts.netloc:
        return "https://" + words[len("https://") :]  # "HTTPS://" would pass for a path of ours
    raise Refusal(_("The new address must be a path of this site, beginning with “/”, or begin with https://."))


def is_elsewhere(new: str) -> bool:
    return new.startswith("https://")


def key_of(new: str) -> str:
    """A path of ours as an old address would be written: to find chains."""
    path, mark, query = new.split("#")[0].partition("?")
    return f"{unquote(path).rstrip('/')}{mark}{as_read(query)}"


def as_read(query: str) -> str:
    """A query as people read it; a broken line or a NUL in it stays written out."""
    read = unquote(query)
    return read if read.isprintable() else query


def _check_characters(words: str) -> None:
    if any(letter in words for letter in "\\\0\r\n\t") or any(ord(letter) < 32 for letter in words):
        raise Refusal(_("An address holds no backslash and no line break."))
