"""The way from the start page to a page of the library, and single links."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nahtstelle.engines.literature.formats.writing import WRITTEN

from ..models import Import, Work

FORMS = {"ris": "RIS", "bibtex": "BibTeX", "csl": "CSL-JSON", "csv": "CSV", "endnote": "EndNote XML"}
assert set(FORMS) == set(WRITTEN)


def work_url(work: Work | int) -> str:
    return reverse("library:work", args=[work if isinstance(work, int) else work.pk])


def import_url(batch: Import | int) -> str:
    return reverse("library:import", args=[batch if isinstance(batch, int) else batch.pk])


def to_works(*steps: tuple[str, str]) -> list[dict[str, str]]:
    return way_in_library((pgettext("literature", "Works"), reverse("library:works")), *steps)


def to_imports(*steps: tuple[str, str]) -> list[dict[str, str]]:
    return way_in_library((_("Imports of literature"), reverse("library:imports")), *steps)


def way_in_library(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The library first; where only its list is named, that is this page."""
    whole = [(_("Library"), reverse("library:works")), *steps]
    if len(steps) == 1:
        whole[-1] = (steps[0][0], "")
    return [{"label": label, "url": url} for label, url in whole]


def exports(name: str, *args: Any, query: str = "") -> list[dict[str, str]]:
    """A link for each format that is written."""
    return [
        {"label": label, "url": reverse(f"library:{name}", args=[*args, form]) + (f"?{query}" if query else "")}
        for form, label in FORMS.items()
    ]
