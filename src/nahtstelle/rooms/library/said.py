"""What could not be read, and why an import stands still, as sentences in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from nahtstelle.engines.literature.formats.values import Broken

from .harvest_sentences import sentence_of
from .models import Unread
from .sentences import SENTENCES, sentence


def said(trouble: Broken) -> str:
    return sentence(trouble, gettext)


def said_of(one: Unread) -> str:
    return said(Broken(one.line, one.raw, one.code, one.details))


def why_still(trouble: Mapping[str, Any]) -> str:
    """Why an import stands still; codes of others than the readers of files are said by whoever wrote them."""
    code = trouble.get("code", "")
    if code not in SENTENCES:
        return sentence_of(trouble) or str(trouble.get("words", ""))
    return said(Broken(trouble.get("line", 0), "", code, trouble.get("details", {})))
