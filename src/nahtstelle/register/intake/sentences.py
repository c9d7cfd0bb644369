"""What is wrong with a file or a row, as a sentence in the reader's language; the code and its details are what is kept."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from nahtstelle.engines.tables.values import TableTrouble

from .fields import FIELDS
from .models import Row

NAMED = 5  # rows a refusal names

FILE = {
    "too_large": _("The file is larger than %(megabytes)s MB. Please give the contacts without pictures, or in several files."),
    "empty": _("The file is empty."),
    "only_headers": _("The table has headers, but no row below them."),
    "old_excel": _("This is a file of an old Excel, or one with a password. Please save it as “Excel workbook (.xlsx)” without a password."),
    "document": _("This is a document for printing, not a table. Please give the table itself as XLSX or CSV."),
    "web_page": _("This is a web page under the name of a spreadsheet, as some programs export it. Please open it and save it as XLSX."),
    "xml": _("This is an XML file, not a table. Please save it as XLSX or CSV."),
    "bomb": _("The file would grow far beyond what a table of contacts needs when unpacked; it was not opened."),
    "locked": _("The file is protected by a password. Please save it without one."),
    "open_document": _("This is an OpenDocument table. Please save it as XLSX or CSV."),
    "archive": _("This is an archive without a table in it. Please give the table itself."),
    "damaged": _("The file is damaged or breaks off. Please save it again in the program it comes from."),
    "days": _("With the days of these rows something would end before it begins (%(rows)s). Nothing was imported; please decide them differently, or correct the table."),
    "meanwhile": _("The register changed while the import was carried out. Nothing was imported; please check the rows again."),
    "undoing": _("The register changed while the import was undone. Nothing was undone; please try again."),
    "changed": _("What rows were compared with has changed since (%(rows)s). Nothing was imported; please check the rows again."),
    "not_text": _("The file is neither a spreadsheet nor text."),
    "broken_quotes": _("From line %(line)s on the quotation marks do not match, so the rows cannot be told apart."),
    "too_wide": _("The table has more than %(columns)s columns. Please leave out those that are not needed."),
    "too_long": _("The table has more than %(rows)s rows. Please give it in several files; each is checked against the others."),
}  # fmt: skip
ROW = {
    "too_many_cells": _("The row has %(number)s cells, but the table only %(columns)s columns."),
    "too_long": _("“%(field)s” is longer than %(longest)s characters."),
    "no_day": _("“%(said)s” in “%(field)s” is no day; write it as 31.12.2026 or 2026-12-31."),
    "no_language": _("“%(said)s” is no language we write in; de or en."),
    "no_mail": _("“%(said)s” is no e-mail address."),
    "no_address": _("“%(said)s” is no web address."),
    "ends_before_start": _("“%(field)s”: the end lies before the start."),
    "ends_before_period": _("“%(field)s”: the other day is left out, so the funding period gives it, and the end would lie before the start."),
    "missing": _("“%(field)s” is missing."),
    "ambiguous": _("“%(said)s” in “%(field)s” means %(number)s different entries; please give the key or the funding period as well."),
    "unknown": _("“%(field)s”: nothing is called “%(said)s”."),
    "unknown_near": _("“%(field)s”: nothing is called “%(said)s”; did you mean “%(nearest)s”?"),
    "function_without_organisation": _("A function or days there need an organisation."),
    "place_without_role": _("A programme, network or project needs a role in it."),
    "days_without_role": _("Days of a role need a role and where it is."),
    "role_without_place": _("A role needs a programme, a network or a project."),
    "project_elsewhere": _("The project “%(said)s” does not belong to this network."),
    "programme_elsewhere": _("The network or project does not belong to the programme “%(said)s”."),
    "coordination_needs_network": _("A network coordination needs a network."),
    "lead_needs_project": _("A project lead needs a project."),
    "level_elsewhere": _("The level “%(said)s” belongs to another funding period."),
    "other_period": _("“%(said)s” in “%(field)s” belongs to another funding period."),
    "own_role": _("Nobody gives themselves a role, by a table either. Please ask a colleague."),
}  # fmt: skip


def kept(trouble: TableTrouble) -> dict[str, Any]:
    """Why a file is no table, as it is kept."""
    return {"code": trouble.code, "details": dict(trouble.details)}


def of_file(trouble: dict[str, Any]) -> str:
    """Why a file cannot be read, or what was not done with its rows."""
    form = FILE.get(trouble.get("code", ""))
    return str(form % trouble.get("details", {})) if form else say("The file cannot be read as a table.")


def naming(rows: Iterable[Row]) -> str:
    """The first of some rows, with their numbers."""
    named = sorted({row.number: row.label for row in rows}.items())
    return "; ".join(f"{number}: {label}" for number, label in named[:NAMED]) + (" …" if len(named) > NAMED else "")


def of_problem(kind: str, problem: dict[str, Any]) -> str:
    """One problem of a row."""
    details = dict(problem["details"])
    code = problem["code"]
    if code == "unknown" and details.get("nearest"):
        code = "unknown_near"
    elif code == "ends_before_start" and details.get("period"):
        code = "ends_before_period"
    label = next((str(field.label) for field in FIELDS[kind] if field.name == problem["field"]), "")
    return str(ROW[code] % {"field": label, **details})


def of_row(kind: str, problems: list[dict[str, Any]]) -> str:
    return " ".join(of_problem(kind, problem) for problem in problems)
