"""Forms of the room law."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.vocabulary.models import Concept

from .models import Act, Law, PlannedChange
from .presenters import plan_title
from .resolving import law_called

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
        label=_("The delivery contains every law of the portal"),
        required=False,
        help_text=_("Laws that are not in it are then marked as missing. That is not a repeal."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_on"].initial = timezone.localdate()
        self.fields["seen_on"].widget.attrs["max"] = timezone.localdate().isoformat()

    def clean_package(self) -> Any:
        package = self.cleaned_data["package"]
        if package.size > MOST_BYTES:
            raise forms.ValidationError(
                _(
                    "The file has %(size)d MB; at most 64 MB come in here. Larger archives go through the command "
                    "line: nahtstelle import-laws."
                ),
                params={"size": package.size // 1024 // 1024},
            )
        return package


class UndoForm(forms.Form):
    """Taking an import back needs a reason."""

    why = forms.CharField(
        label=_("Why is it taken back?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The reason stays in the trail of every law concerned."),
    )


class ActForm(forms.ModelForm):
    """An act of amendment; ``stage_on`` is the day it reached its present stage."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    stage_on = forms.DateField(
        label=_("Stage reached on"),
        widget=DayInput(),
        required=False,
        help_text=_("Empty: the day of promulgation, or today."),
    )

    class Meta:
        model = Act
        fields = ["title", "short_title", "stage", "enacted", "promulgated", "gazette", "sources", "note"]
        widgets = {
            "enacted": DayInput(),
            "promulgated": DayInput(),
            "title": forms.Textarea(attrs={"rows": 2}),
            "sources": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "title": _("The full title, as the gazette prints it."),
            "short_title": _("What people call it, for example Rückführungsverbesserungsgesetz."),
            "sources": _("One per line: name and address."),
            "gazette": _("For example BGBl. 2024 I Nr. 54"),
        }

    field_order = [
        "title", "short_title", "stage", "stage_on", "enacted", "promulgated", "gazette", "sources", "note",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4
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
    """What an act does to one provision."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    law = forms.CharField(
        label=pgettext_lazy("one law", "Law"),
        required=False,
        help_text=_(
            "Its abbreviation, for example AufenthG. May stay empty where the citation names it, or where the act's other "
            "lines concern one law only."
        ),
    )
    why = forms.CharField(label=_("Why is it changed?"), required=False)

    class Meta:
        model = PlannedChange
        fields = [
            "old_citation", "new_citation", "kind", "in_force", "until", "summary", "transition", "land_deviation",
            "status_groups", "reverses",
        ]  # fmt: skip
        widgets = {
            "in_force": DayInput(),
            "until": DayInput(),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "transition": forms.Textarea(attrs={"rows": 2}),
            "land_deviation": forms.Textarea(attrs={"rows": 2}),
            "status_groups": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "old_citation": _("As it stands today: § 60c Absatz 2. Empty for a new provision."),
            "new_citation": _("As it will stand: § 16g. Empty for a repeal."),
            "in_force": _("Each provision may have a day of its own. Empty while the day is open."),
            "summary": _("In three lines, for practitioners: what was so, what will be so."),
            "transition": _("Who is spared, from which cut-off date on."),
            "reverses": _("Only where this act takes back or alters a change that an earlier act had planned."),
        }

    field_order = ["law", "old_citation", "new_citation", "kind", "in_force", "until", "summary"]

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = act.revision
        own = self.instance.reverses_id
        if self.instance.pk:
            self.fields["law"].initial = self.instance.law.citation
        else:
            others = set(act.changes.values_list("law__citation", flat=True))
            self.fields["law"].initial = others.pop() if len(others) == 1 else ""
            del self.fields["why"]
        self.fields["status_groups"].queryset = Concept.objects.filter(facet__key="status").order_by("position", "key")
        earlier = PlannedChange.objects.filter(reversed_on=None) | PlannedChange.objects.filter(pk=own)
        reverses = self.fields["reverses"]
        reverses.queryset = earlier.exclude(act=act).select_related("act", "law").order_by("-in_force", "-id")
        reverses.label_from_instance = lambda plan: f"{plan.law.citation}, {plan_title(plan)} ({plan.act})"
        reverses.empty_label = _("nothing")

    def clean_law(self) -> Law | None:
        if not self.cleaned_data["law"]:
            return None
        found = law_called(self.cleaned_data["law"])
        if found is None:
            raise forms.ValidationError(_("This law is not in our stock; import it first."))
        return found

    def _post_clean(self) -> None:
        """The action checks and writes the row; validating here against a half-filled one would only mislead."""


class DropForm(forms.Form):
    """Dropping a planned change needs a reason."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=_("Why is it dropped?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: recorded by mistake; taken out by the Bundestag. Readers see the reason."),
    )
