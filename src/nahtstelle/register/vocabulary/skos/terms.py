"""Names shared by writing and reading: forms, and the few properties SKOS itself has no word for."""

import re
from dataclasses import dataclass

from rdflib import Namespace


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a graph down: its ending, its media type and what rdflib calls it."""

    ending: str
    media_type: str
    parser: str


TURTLE = Form("ttl", "text/turtle", "turtle")
RDF_XML = Form("rdf", "application/rdf+xml", "xml")
JSON_LD = Form("jsonld", "application/ld+json", "json-ld")
TABLE = Form("csv", "text/csv", "")  # of ESCO; read, never written
FORMS = {form.ending: form for form in (TURTLE, RDF_XML, JSON_LD)}
ENDINGS = {"ttl": TURTLE, "rdf": RDF_XML, "xml": RDF_XML, "jsonld": JSON_LD, "json": JSON_LD, "csv": TABLE}

SCHEMA = Namespace("https://schema.org/")
# key, level, position and outdatedLabel (a hidden label that says why it is hidden); iso and ags type a notation.
OURS = Namespace("urn:nahtstelle:terms:")

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


def plain(text: str) -> str:
    """Text that all forms can carry: without control characters, lines ending in "\\n", nothing around it."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
