"""A published output in the words of schema.org, for search engines: JSON-LD that stands in its page."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from nahtstelle.plumbing.files.media_types import DOCX

from .describing import Described

TYPES = {"out-study": "Report", "out-faq": "Article", "out-law-bulletin": "Article"}
# A script element must not be left from inside: every sign that could end it is written as a number.
HIDDEN = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def linked_data(about: Described) -> dict[str, Any]:
    """The description as a JSON-LD object."""
    publisher = {"@type": "Organization", "name": about.publisher, "url": settings.BASE_URL}
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(about.kind_key, "CreativeWork"),
        "@id": about.address,
        "url": about.address,
        "name": about.title,
        "headline": about.title[:110],
        "abstract": about.summary,
        "description": " ".join([*about.warnings, about.summary]).strip(),
        "genre": about.kind,
        "inLanguage": about.language,
        "version": str(about.number),
        "datePublished": about.first_published.isoformat(),
        "dateModified": about.published.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in about.creators] or publisher,
        "publisher": publisher,
        "about": [
            {"@type": "DefinedTerm", "name": subject.name, "termCode": subject.key, "url": subject.uri}
            for subject in about.subjects
        ],
        "encoding": [
            {"@type": "MediaObject", "encodingFormat": media_type, "contentUrl": f"{about.address}{ending}/"}
            for media_type, ending in FORMS
        ],
        "isAccessibleForFree": True,
    }  # fmt: skip
    if about.rights or about.licence:
        said["license"] = about.rights or about.licence
    if about.valid_until:
        said["expires"] = about.valid_until.isoformat()
    cited = [one for one in about.relations if one.kind == "cites"]
    if cited:
        said["citation"] = [{"@type": "Legislation", "name": one.name, "url": one.address} for one in cited]
    for one in about.relations:
        if one.kind == "follows":
            said["translationOfWork"] = {"@type": "CreativeWork", "@id": one.address, "name": one.name}
    return {name: value for name, value in said.items() if value not in ("", [])}


FORMS = [
    ("application/pdf", "pdf"),
    (DOCX, "docx"),
]


def as_script(about: Described) -> SafeString:
    """The content of the page's ``application/ld+json`` element."""
    written = json.dumps(linked_data(about), ensure_ascii=False)
    return mark_safe(written.translate(HIDDEN))  # noqa: S308 - nothing that could end the element is left in it
