"""Forms of the room law."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.vocabulary.models import Concept

from .models import Act, Law, PlannedChange

MOST_BYTES = 64 * 1024 * 1024


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class ImportForm(OnceForm):
    """A delivery of law files."""

    package = forms.FileField(
        label=_("File"), help_text=_("One law as XML, or many in a ZIP or TAR archive; 64 MB at most.")
    )
    seen_on = forms.DateField(
        label=_("Seen on"), widget=DayInput(), help_text=_("The day the files were fetched from the official portal.")
    )
    complete = forms.BooleanField(
        label=_("The delivery contains every law of the portal"), required=False,
        help_text=_("Laws that are missing from it are then marked as missing. That is not a repeal."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_on"].initial = timezone.localdate()

    def clean_package(self) -> Any:
        package = self.cleaned_data["package"]
        if package.size > MOST_BYTES:
            raise forms.ValidationError(
                _(
                    "The file has %(size)d MB; at most 64 MB come in here. Larger archives go through the command line: nahtstelle import-laws."
                ),
                params={"size": package.size // 1024 // 1024},
            )
        return package


class ActForm(forms.ModelForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Act
        fields = ["title", "short_title", "stage", "enacted", "promulgated", "gazette", "sources", "note"]
        widgets = {
            "enacted": DayInput(), "promulgated": DayInput(), "sources": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }  # fmt: skip
        help_texts = {"sources": _("One per line: name and address."), "gazette": _("For example BGBl. 2024 I Nr. 54")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision

    def _post_clean(self) -> None:
        # The action writes, and it locks the row first; the form only reads what was typed.
        given = self.instance
        self.instance = (
            Act(**{name: getattr(given, name) for name in ("pk", "slug", "created_at")}) if given.pk else Act()
        )
        super()._post_clean()
        self.instance = given


class PlanForm(forms.ModelForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    law = forms.CharField(label=_("Law"), help_text=_("Its abbreviation, for example AufenthG."))
    why = forms.CharField(label=_("Why is it changed?"), required=False)

    class Meta:
        model = PlannedChange
        fields = [
            "old_citation", "new_citation", "kind", "in_force", "until", "summary", "transition", "land_deviation",
            "status_groups", "reverses",
        ]  # fmt: skip
        widgets = {
            "in_force": DayInput(), "until": DayInput(), "summary": forms.Textarea(attrs={"rows": 3}),
            "transition": forms.Textarea(attrs={"rows": 2}), "land_deviation": forms.Textarea(attrs={"rows": 2}),
            "status_groups": forms.CheckboxSelectMultiple,
        }  # fmt: skip
        help_texts = {
            "old_citation": _("As it stands today: § 60c Absatz 2. Empty for a new provision."),
            "new_citation": _("As it will stand: § 16g. Empty for a repeal."),
            "reverses": _("Only where this act takes back or alters a change that an earlier act had planned."),
        }

    field_order = ["law", "old_citation", "new_citation", "kind", "in_force", "until", "summary"]

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = act.revision
        if self.instance.pk:
            self.fields["law"].initial = self.instance.law.citation
        else:
            del self.fields["why"]
        self.fields["status_groups"].queryset = Concept.objects.filter(facet__key="status")
        self.fields["reverses"].queryset = (
            PlannedChange.objects.filter(reversed_on=None).exclude(act=act).select_related("act", "law")
        )

    def clean_law(self) -> Law:
        from .resolving import law_called  # reason: the parser's tables are large and only this check needs them

        found = law_called(self.cleaned_data["law"])
        if found is None:
            raise forms.ValidationError(_("This law is not in our stock; import it first."))
        return found

    def _post_clean(self) -> None:
        """The action checks and writes the row; validating here against a half-filled one would only mislead."""
