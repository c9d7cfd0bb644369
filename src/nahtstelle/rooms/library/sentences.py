"""What is wrong with a file of references, as a sentence; the engine keeps the code, its line and the words of the file."""

from collections.abc import Callable

from nahtstelle.engines.literature.formats.values import Broken


def _(msgid: str) -> str:
    """Marks a sentence for the catalogue; it is said in the reader's language by whoever is given to ``sentence``."""
    return msgid


SENTENCES = {
    "cells_missing": _("Line %(line)s: the row has %(cells)s cells, but the table %(columns)s columns."),
    "cells_too_many": _("Line %(line)s: the row has %(cells)s cells, but the table only %(columns)s columns."),
    "crossref_cycle": _("Line %(line)s: the cross-references lead round in a circle (“%(key)s”); the entry was taken without them."),
    "crossref_missing": _("Line %(line)s: the entry refers to “%(key)s”, which is not in the file; it was taken as it is."),
    "duplicate_key": _("Line %(line)s: the key “%(key)s” was given before; both entries were taken."),
    "empty": _("There is no record in the file."),
    "encoding_guessed": _("From line %(line)s on the file is not in UTF-8; it was read as %(encoding)s. Please look at letters such as ä or é."),
    "encodings_mixed": _("Line %(line)s: the file mixes UTF-8 and %(encoding)s; each line was read by itself. Please look at letters such as ä or é."),
    "no_title_column": _("Line %(line)s: no column is known to hold a title or a DOI. Please say which columns hold what."),
    "not_a_doi": _("Line %(line)s: this is no DOI."),
    "not_an_object": _("Line %(line)s: the entry is not built like a reference of CSL."),
    "not_closed": _("Line %(line)s: the record has no end (ER); it was taken as far as it goes."),
    "outside_record": _("Line %(line)s: these words stand outside of any record."),
    "quotes_open": _("Line %(line)s: a quotation mark is opened and never closed; the row was left out."),
    "record_not_xml": _("A record of the server cannot be read as XML; it was left out."),
    "record_too_large": _("Line %(line)s: the record is larger than any record is; it was probably never closed."),
    "record_unreadable": _("A record of the server names no title and no number of its own; it was left out."),
    "too_large": _("The file is larger than what is taken; what lies behind line %(line)s was not read."),
    "unknown_format": _("The file is in none of the formats that are read: RIS, BibTeX, CSL-JSON, EndNote XML, PubMed, Web of Science, CSV, XLSX or a list of DOIs."),
    "unreadable_entry": _("Line %(line)s: the entry cannot be read as BibTeX; a bracket or a comma is missing."),
    "unreadable_json": _("Line %(line)s: the entry cannot be read as JSON."),
    "unreadable_workbook": _("The workbook cannot be read. Please save it again as “Excel workbook (.xlsx)”."),
    "unreadable_xml": _("Line %(line)s: the record cannot be read as XML."),
    "workbook_too_large": _("The workbook grows too large when it is unpacked. Please save its sheet as CSV."),
}  # fmt: skip


def sentence(trouble: Broken, say: Callable[[str], str] = _) -> str:
    """``say`` is gettext, where there is a reader with a language."""
    return say(SENTENCES[trouble.code]) % {"line": trouble.line, **trouble.details}
