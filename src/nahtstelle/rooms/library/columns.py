"""Columns of tables: what their fields are called, and headers as they are remembered."""

import hashlib
import json
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What a column may be; the keys are the engine's fields.
FIELD_LABELS = {
    "title": _("title"), "authors": _("authors"), "editors": _("editors"), "year": _("year"),
    "issued": _("published on"), "container": _("published in"), "volume": _("volume"), "issue": _("issue"),
    "pages": _("pages"), "first": _("first page"), "last": _("last page"), "publisher": _("publisher"),
    "place": _("place"), "edition": _("edition"), "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID",
    "url": _("address"), "language": _("language"), "abstract": _("abstract"), "keywords": _("keywords"),
    "notes": pgettext_lazy("literature", "remarks"), "kind": _("kind of publication"), "key": _("number in the source"),
}  # fmt: skip


def field_label(name: str) -> str:
    return str(FIELD_LABELS.get(name, name))


def digest_of(headers: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([header.strip().lower() for header in headers]).encode()).hexdigest()
