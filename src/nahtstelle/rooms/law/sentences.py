"""Why a file is not taken in, as a sentence in the reader's language.

The engine and the portal name a reason by its code and its details; both are kept with the file, and the sentence is
made when somebody looks at it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.refusals import Refusal

UNREADABLE = _("The file cannot be read as a law.")
SENTENCES = {
    # the file itself
    "empty": _("The file is empty."),
    "not_xml": _("The file is not the XML of a law."),
    "too_large": _("The file is larger than %(limit)s bytes; no law has that many."),
    "too_many_tags": _("The file has %(tags)s tags; more than %(limit)s are not read."),
    "too_deep": _("The file nests its elements deeper than any law does."),
    "too_long": _("The file has a text or attribute longer than any law has."),
    "entity": _("The file declares or uses entities of its own; such files are not read."),
    "declarations": _("The file brings declarations of its own; such files are not read."),
    "other_document_type": _("The file's document type is “%(document_type)s”, not that of a federal law."),
    "other_root": _("The file does not begin as a federal law does."),
    "wrong_encoding": _("The file is not in the character encoding it names."),
    "truncated": _("The file breaks off in the middle (line %(line)s)."),
    "malformed": _("The file is not well-formed XML: line %(line)s (%(reason)s)."),
    "no_norms": _("The file holds no provision, so no law."),
    # the archive it came in
    "member_encrypted": _("“%(member)s” is protected by a password."),
    "member_too_large": _("“%(member)s” unpacks to more than %(limit)s bytes; no law has that many."),
    "member_bomb": _("“%(member)s” unpacks to more than %(ratio)s times its size, as no law does."),
    "member_name": _("“%(member)s” is a name that leads out of the archive."),
    "member_link": _("“%(member)s” is a link, not a file."),
    "member_broken": _("“%(member)s” cannot be unpacked (%(reason)s)."),
    "archive_broken": _("The archive is damaged or incomplete; what came before is listed (%(reason)s)."),
    "archive_too_many": _("The archive has more than %(limit)s files; what came before is listed."),
    "archive_too_large": _("The archive unpacks to more than %(limit)s bytes; what came before is listed."),
    "empty_package": _("The package holds no XML file."),
    "not_opened": _("The file cannot be opened (%(reason)s)."),
    # what we know already
    "too_young": _("The file was built on %(built)s, after the day it is said to show (%(day)s)."),
    "other_text": _(
        "For %(day)s another text of %(law)s is already known; which of the two is right must be settled first."
    ),
    # the portal
    "portal_answer": _("The portal answered %(status)s for this law."),
    "unreachable": _("The portal did not answer (%(reason)s)."),
}
DAYS = ("built", "day")  # details that are days, kept as 2024-03-01


class FileRefused(Refusal):
    """A file that can be read is not taken in; ``code`` and ``details`` say why."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(sentence_for(code, details))
        self.code = code
        self.details = details


def sentence_for(code: str, details: Mapping[str, Any], otherwise: str = "") -> str:
    """The sentence for a reason; ``otherwise`` where the reason has none of ours."""
    if code not in SENTENCES:
        return otherwise or str(UNREADABLE)
    try:
        return str(SENTENCES[code]) % {name: _shown(name, value) for name, value in details.items()}
    except (KeyError, TypeError, ValueError):
        return otherwise or str(UNREADABLE)


def _shown(name: str, value: Any) -> Any:
    day = parse_date(str(value)) if name in DAYS else None
    return written_day(day) if day else value


def written_day(day: date) -> str:
    """A day as the pages write it: "4. März 2024", in English "4 March 2024"."""
    return date_format(day, say("j F Y"))
