"""The shape of what people enter for an import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.plumbing.kit.refusals import Refusal
from nahtstelle.plumbing.kit.submissions import OnceForm

from ..columns import FIELD_LABELS
from ..models import Import
from ..rules.imports import check_size


class FileForm(OnceForm):
    """A file, and where its records come from, as the flow diagram of a review needs it."""

    file = forms.FileField(
        label=_("File of references"),
        allow_empty_file=True,  # said in our own words
        help_text=_(
            "RIS, BibTeX, CSL-JSON, EndNote XML, PubMed, Web of Science, CSV, XLSX or a list of DOIs; 1 GB at most."
        ),
        widget=forms.FileInput(attrs={"accept": ".ris,.bib,.bibtex,.json,.xml,.nbib,.ciw,.txt,.csv,.tsv,.xlsx"}),
    )
    source = forms.CharField(
        label=pgettext_lazy("literature", "Source"),
        max_length=200,
        help_text=_(
            "The database or website as it is called there, for example Scopus or EconBiz. What it delivered before is recognised."
        ),
    )
    kind = forms.ChoiceField(
        label=_("Kind of source"), choices=Import.Kind.choices, initial=Import.Kind.DATABASE, widget=forms.RadioSelect,
        help_text=_("Counted apart in the flow diagram after PRISMA 2020."),
    )  # fmt: skip
    searched_on = forms.DateField(
        label=_("Searched on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    search_words = forms.CharField(
        label=_("Search terms"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As they were entered there; they belong to the report of a review."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            check_size(file.size)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file


class ImportsForm(forms.Form):
    """Search among all imports."""

    q = forms.CharField(label=_("File or source"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=pgettext_lazy("import", "State"), required=False, choices=[("", _("all")), *Import.State.choices]
    )


class RecordsForm(forms.Form):
    """Search among the records of an import; the state stays as chosen."""

    q = forms.CharField(label=_("Title or DOI"), required=False, max_length=200)
    state = forms.CharField(required=False, widget=forms.HiddenInput)


class ColumnsForm(forms.Form):
    """What each column means; samples of its cells stand below it."""

    def __init__(self, *args: Any, batch: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        samples = batch.cursor.get("samples") or []
        choices = [("", _("kept as it is, without a field")), *FIELD_LABELS.items()]
        for place, header in enumerate(batch.headers):
            told = samples[place] if place < len(samples) else []
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=header or _("column %d") % (place + 1), choices=choices, required=False,
                initial=batch.columns.get(str(place), ""), help_text=" · ".join(told),
            )  # fmt: skip

    @property
    def columns(self) -> dict[int, str]:
        return {int(name.removeprefix("column-")): field for name, field in self.cleaned_data.items() if field}
