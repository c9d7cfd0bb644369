"""The shape of what people enter about works of a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nahtstelle.rooms.library.models import Criterion, Decision, Item, Review, Stage

STATES = [
    ("", _("all")), ("open", pgettext_lazy("screening", "open")), *[choice for choice in Item.Outcome.choices if choice[0]],
    ("left-out", _("taken out")),
]  # fmt: skip


class _Reasons(forms.ModelChoiceField):
    def label_from_instance(self, criterion: Criterion) -> str:
        return criterion.words


class VerdictForm(forms.Form):
    """An answer: the button says which; reason and note beside it."""

    place = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = _Reasons(label=_("Reason for exclusion"), queryset=Criterion.objects.none(), required=False)
    note = forms.CharField(
        label=pgettext_lazy("screening", "Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    verdict = forms.ChoiceField(
        choices=Decision.Verdict.choices, widget=forms.HiddenInput,
        error_messages={"required": _("Please choose one of the answers."), "invalid_choice": _("Please choose one of the answers.")},
    )  # fmt: skip

    def __init__(self, *args: Any, review: Review, stage: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = self.fields["reason"]
        reasons.queryset = review.criteria.filter(excludes=True, retired_at=None)
        reasons.empty_label = "–"
        if stage == Stage.FULL:
            reasons.help_text = _("Needed when a full text is excluded.")


class SettleForm(forms.Form):
    """How a conflict ends, and why."""

    verdict = forms.ChoiceField(
        label=_("It is"), widget=forms.RadioSelect,
        choices=[("include", pgettext_lazy("screening", "included")), ("exclude", pgettext_lazy("screening", "excluded"))],
    )  # fmt: skip
    reason = _Reasons(label=_("Reason for exclusion"), queryset=Criterion.objects.none(), required=False)
    note = forms.CharField(label=_("Why so?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = review.criteria.filter(excludes=True, retired_at=None)
        self.fields["reason"].empty_label = "–"


class AbstractForm(forms.Form):
    abstract = forms.CharField(label=_("Abstract"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))


class LeaveOutForm(forms.Form):
    why = forms.CharField(label=_("Why is it taken out?"), max_length=500)


class WorksForm(forms.Form):
    """Search among the works of a pool."""

    q = forms.CharField(label=_("Title, author or year"), required=False, max_length=100)
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=Stage.choices)
    state = forms.ChoiceField(label=pgettext_lazy("screening", "Outcome"), required=False, choices=STATES)


class FindForm(forms.Form):
    """Search among the works of the library."""

    q = forms.CharField(label=_("Title, author or year"), required=False, max_length=100)


class LabelsForm(forms.Form):
    """A table of answers, and whose they are."""

    table = forms.FileField(
        label=_("Table"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        help_text=_("CSV or XLSX with a column “label” (include, exclude, maybe, or 1 and 0) and one of “doi”, “key” or “title”."),
    )  # fmt: skip
    whose = forms.ChoiceField(
        label=_("The answers are"), widget=forms.RadioSelect, initial="known",
        choices=[
            ("known", _("known before: the model learns from them, and people judge the works all the same")),
            ("own", _("mine: they count as my own answers at title and abstract")),
        ],
    )  # fmt: skip
