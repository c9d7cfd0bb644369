"""What a source answered, or a saved search met, as a sentence in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

TROUBLES = {
    "answered": _("The server answers with the error %(status)s."),
    "bad_token": _("The server no longer knows how far it had answered, even when asked from the beginning: %(words)s"),
    "barred": _("This address is not asked: %(reason)s. Please enter the address the server itself names."),
    "cut": _("The server's answers break off in the middle."),
    "html": _("A web page came instead of an answer for programs. Is the address that of the interface?"),
    "loops": _("The server gives the same page again and again; the harvest was stopped there. What came is kept."),
    "not_json": _("The server's answer cannot be read as JSON."),
    "not_oai": _("The server's answer is none of OAI-PMH. Is the address that of the interface?"),
    "not_xml": _("The server's answer cannot be read as XML."),
    "oai_error": _("The server refuses the question: %(words)s"),
    "silent": _("The server does not answer: %(reason)s"),
    "told": _("The source refuses the question: %(words)s"),
}
PAUSES = {
    "failed": _("It failed %(times)s times one after another."),
    "rights": _("%(person)s may no longer keep the library. Please give the search another owner."),
}


def sentence_of(trouble: Mapping[str, Any]) -> str:
    """Empty where there is no trouble."""
    words = {**TROUBLES, **PAUSES}.get(trouble.get("code", ""))
    if not words:
        return ""
    said = gettext(words) % trouble.get("details", {})
    more = trouble.get("after")  # what it met before it was paused
    return f"{said} {sentence_of(more)}" if more else said
