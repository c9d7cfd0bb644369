"""A study and its card in the words of schema.org, for search engines: JSON-LD that stands in its page."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from .models import CardEdition, Work
from .presenters.references import doi_address, people
from .queries.studies import bibliographic

TYPES = {
    "article-journal": "ScholarlyArticle", "article": "ScholarlyArticle", "paper-conference": "ScholarlyArticle",
    "thesis": "Thesis", "book": "Book", "chapter": "Chapter", "report": "Report", "dataset": "Dataset",
}  # fmt: skip
# A script element must not be left from inside: every sign that could end it is written as a number.
HIDDEN = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def linked_data(edition: CardEdition) -> dict[str, Any]:
    """The study as the thing reviewed, the card as its review."""
    work = bibliographic(edition)
    address = settings.BASE_URL + reverse("studies:study", args=[edition.card.work.citekey])
    publisher = {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.BASE_URL}
    findings = [text for text in (edition.finding_de, edition.finding_en) if text]
    review = {
        "@type": "Review",
        "@id": f"{address}#card",
        "url": address,
        "reviewBody": " ".join(findings),
        "reviewAspect": "strength of evidence",
        "reviewRating": {
            "@type": "Rating", "ratingValue": edition.strength, "bestRating": 4, "worstRating": 0,
            "ratingExplanation": edition.strength_why,
        },
        "datePublished": edition.published_at.date().isoformat(),
        "author": publisher,
        "publisher": publisher,
    }  # fmt: skip
    said = _work(work) | {"@context": "https://schema.org", "@id": address, "url": address, "review": review}
    return {name: value for name, value in said.items() if value not in ("", [], None)}


def _work(work: Work) -> dict[str, Any]:
    retracted = work.standing == Work.Standing.RETRACTED
    return {
        "@type": TYPES.get(work.kind, "CreativeWork"),
        "name": work.title,
        "headline": work.title[:110],
        "author": [{"@type": "Person", "name": people([name])} for name in work.authors if name],
        "datePublished": work.issued or (str(work.year) if work.year else ""),
        "inLanguage": work.language,
        "abstract": work.abstract,
        "isPartOf": {"@type": "Periodical", "name": work.container} if work.container else None,
        "publisher": {"@type": "Organization", "name": work.publisher} if work.publisher else None,
        "identifier": f"doi:{work.doi}" if work.doi else "",
        "sameAs": doi_address(work.doi),
        "creativeWorkStatus": "Retracted" if retracted else "",
    }


def as_script(edition: CardEdition) -> SafeString:
    """The content of the page's ``application/ld+json`` element."""
    written = json.dumps(linked_data(edition), ensure_ascii=False)
    return mark_safe(written.translate(HIDDEN))  # noqa: S308 - nothing that could end the element is left in it
