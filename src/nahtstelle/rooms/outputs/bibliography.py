"""What a published text cites, as a file for whoever keeps references: RIS, BibTeX, CSL-JSON, CSV, EndNote."""

from collections.abc import Iterator

from nahtstelle.engines.literature.formats.writing import write
from nahtstelle.rooms.library.models import Work
from nahtstelle.rooms.library.queries.works import roots_of

from .models import Output
from .references import record_of

# form → (what readers know it as, ending of the file, media type)
FORMS = {
    "ris": ("RIS", "ris", "application/x-research-info-systems"),
    "bibtex": ("BibTeX", "bib", "application/x-bibtex"),
    "csl": ("CSL-JSON", "json", "application/vnd.citationstyles.csl+json"),
    "csv": ("CSV", "csv", "text/csv"),
    "endnote": ("EndNote", "xml", "application/xml"),
}


def cited_by(output: Output) -> list[Work]:
    """The works readers' text rests on, each once, in the order of the text."""
    rows = output.work_citations.filter(published=True).exclude(work=None).select_related("work")
    roots = roots_of(row.work for row in rows if row.work)
    return list({roots[row.work_id].pk: roots[row.work_id] for row in rows if row.work_id}.values())


def file_of(output: Output, form: str) -> Iterator[str]:
    return write((record_of(work) for work in cited_by(output)), form)
