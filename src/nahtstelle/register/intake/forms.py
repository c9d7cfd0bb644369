"""The shape of what people enter for an import."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nahtstelle.engines.tables.kinds import check_size
from nahtstelle.engines.tables.values import TableTrouble
from nahtstelle.plumbing.kit.submissions import OnceForm

from .fields import FIELDS, NOTHING, is_required
from .models import Batch, Row
from .sentences import kept, of_file

NO_FIELD = "-"


class TableForm(OnceForm):
    """A table, what is in it, and for what the data are kept."""

    kind = forms.ChoiceField(label=_("What is in the table?"), choices=Batch.Kind.choices, widget=forms.RadioSelect)
    table = forms.FileField(
        label=_("Table"),
        help_text=_("XLSX or CSV, 20 MB and 10,000 rows at most; the first row names the columns."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )
    purpose = forms.CharField(
        label=_("For what are the data kept?"),
        max_length=300,
        help_text=_("Stands on the page of every person who is added, unless the table gives a purpose of its own."),
    )

    def clean_table(self) -> Any:
        table = self.cleaned_data["table"]
        try:
            check_size(table.size)
        except TableTrouble as trouble:
            raise forms.ValidationError(of_file(kept(trouble))) from trouble
        return table


class ImportsForm(forms.Form):
    """Search among all imports."""

    q = forms.CharField(label=_("File or purpose"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=pgettext_lazy("import", "What"), required=False, choices=[("", _("everything")), *Batch.Kind.choices]
    )


class ColumnsForm(forms.Form):
    """What each column means; samples of its cells stand below it."""

    def __init__(self, *args: Any, batch: Batch, samples: dict[str, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = batch.headers
        choices: list[tuple[str, Any]] = [(NO_FIELD, NOTHING)]
        choices += [
            (field.name, gettext("%s (required)") % field.label if is_required(batch.kind, field.name) else field.label)
            for field in FIELDS[batch.kind]
        ]
        for number, header in enumerate(batch.headers):
            said = " · ".join(samples.get(header, ()))
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=header,
                choices=choices,
                initial=batch.columns.get(header) or NO_FIELD,
                help_text=gettext("For example: %s") % said if said else gettext("Empty in the first rows."),
            )

    @property
    def columns(self) -> dict[str, str]:
        chosen = {header: self.cleaned_data[f"column-{number}"] for number, header in enumerate(self.headers)}
        return {header: "" if name == NO_FIELD else name for header, name in chosen.items()}


class RowsForm(forms.Form):
    """Search among the rows of an import; the state is chosen by its tab."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    state = forms.CharField(required=False, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """What shall become of a possible duplicate, and whose wording stays."""

    decision = forms.ChoiceField(label=_("This row is"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, decisions: list[tuple[str, Any]], fields: list[tuple[str, Any, Any, Any]], **kwargs: Any
    ) -> None:
        """``fields``: name, label, ours and theirs as people read them."""
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = decisions
        for name, label, ours, theirs in fields:
            self.fields[f"field-{name}"] = forms.ChoiceField(
                label=label, choices=[("ours", ours), ("theirs", theirs)], widget=forms.RadioSelect
            )

    @property
    def choices(self) -> dict[str, str]:
        return {
            name.removeprefix("field-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("field-") and value
        }


DECISIONS = [
    (Row.Decision.MERGE, _("the same: merge")),
    (Row.Decision.CREATE, _("somebody or something else: a new entry")),
    (Row.Decision.SKIP, _("left out")),
]
