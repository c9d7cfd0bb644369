"""Forms of the room outreach."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.programmes.models import Engagement
from nahtstelle.register.vocabulary.models import Concept

from .models import Dispatch, Recipient


class DispatchForm(forms.ModelForm):
    """To whom, and with which words."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Engagement.Role.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all roles."),
    )  # fmt: skip

    class Meta:
        model = Dispatch
        fields = [
            "subject_de", "intro_de", "subject_en", "intro_en", "programmes", "regions", "roles", "themes", "ask_until",
        ]  # fmt: skip
        widgets = {
            "programmes": forms.CheckboxSelectMultiple, "regions": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple, "intro_de": forms.Textarea(attrs={"rows": 4}),
            "intro_en": forms.Textarea(attrs={"rows": 4}), "ask_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }  # fmt: skip
        help_texts = {
            "programmes": _("None chosen: all programmes."),
            "regions": _("None chosen: all Länder. People who work nationwide are always included."),
            "themes": _("None chosen: all themes. People who chose themes of their own get only those."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regions"].queryset = Concept.objects.filter(facet__key="region", level="land")
        self.fields["themes"].queryset = Concept.objects.filter(facet__key="theme")
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision

    def _post_clean(self) -> None:
        """The action writes and validates; here only the shape of what was typed counts."""


class AnswerForm(forms.Form):
    """What a recipient did with it."""

    answer = forms.ChoiceField(
        label=_("What did you do with it?"), choices=Recipient.Answer.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example where you used it, what was missing, what you ask yourself. Please no names of clients."),
    )  # fmt: skip
