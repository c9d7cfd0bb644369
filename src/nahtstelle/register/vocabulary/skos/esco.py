"""Tables of ESCO (CSV, one language) as terms: occupations, ISCO groups, skill groups. Its SKOS is read as any other."""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO

from django.utils.translation import gettext as _

from .guarding import UnreadableFile
from .reading import Reading, Term
from .terms import plain

NEEDED = ("ORIGINURI", "PREFERREDLABEL")
LANGUAGE = "en"
_ISCO = "http://data.europa.eu/esco/isco/C"
csv.field_size_limit(1_000_000)


def read_tables(content: bytes, *, most: int) -> Reading:
    """The rows of a table of ESCO. Raises ``UnreadableFile`` for any other table, and for more rows than ``most``."""
    try:
        rows = csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        if not set(NEEDED) <= set(rows.fieldnames or ()):
            raise UnreadableFile(_("Of tables only those of ESCO can be read; this one has other columns."))
        terms = list(_terms(rows))
    except (UnicodeDecodeError, csv.Error) as trouble:
        raise UnreadableFile(_("The file cannot be read: %s") % str(trouble)[:300]) from trouble
    if not terms:
        raise UnreadableFile(_("The file can be read, but holds no concept (skos:Concept)."))
    if len(terms) > most:
        raise UnreadableFile(
            _("The file holds %(number)d concepts; at most %(most)d can be imported at once.")
            % {"number": len(terms), "most": most}
        )
    there = {term.uri for term in terms}
    for term in terms:  # a group above that lies in another table is left out
        term.broader = [uri for uri in term.broader if uri in there]
    return Reading(terms, [], {})


def _terms(rows: Iterator[Mapping[str, str | None]]) -> Iterator[Term]:
    for row in rows:
        said = {name: plain(value or "") for name, value in row.items() if name}
        name, uri = said["PREFERREDLABEL"], said["ORIGINURI"]
        if not name or not uri:
            continue
        others = dict.fromkeys(line.strip() for line in said.get("ALTLABELS", "").split("\n"))
        code = said.get("CODE", "")
        above = said.get("ISCOGROUPCODE") or (code[:-1] if uri.startswith(_ISCO) else "")
        yield Term(
            uri=uri,
            names=[(LANGUAGE, name)],
            alternatives=[(LANGUAGE, label) for label in others if label and label != name],
            notes=[(LANGUAGE, said["DESCRIPTION"])] if said.get("DESCRIPTION") else [],
            codes=[("", code)] if code else [],
            broader=[f"{_ISCO}{above}"] if above else [],
        )
