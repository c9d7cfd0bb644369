"""Forms of the room outreach."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.plumbing.kit.submissions import OnceForm
from nahtstelle.register.programmes.models import Engagement, Programme
from nahtstelle.register.vocabulary.models import Concept

from .models import Dispatch, Recipient


class DispatchForm(OnceForm, forms.ModelForm):
    """To whom, and with which words."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Engagement.Role.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all roles."),
    )  # fmt: skip

    class Meta:
        model = Dispatch
        fields = [
            "subject_de", "intro_de", "subject_en", "intro_en", "ask_until", "programmes", "regions", "roles", "themes",
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
            "intro_de": _("Stands above title and summary of the text. The greeting is added."),
            "ask_until": _("The letter names this day. Links for answers are good for 180 days."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programmes"].label_from_instance = _programme
        self.fields["regions"].queryset = Concept.objects.filter(facet__key="region", level="land")
        self.fields["themes"].queryset = Concept.objects.filter(facet__key="theme")
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision

    def _post_clean(self) -> None:
        """The action writes and validates; here only the shape of what was typed counts."""

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("revision", "submission")}


def _programme(one: Programme) -> str:
    return one.name if one.name.startswith(one.short_name) else f"{one.short_name} – {one.name}"


class ApproveForm(forms.Form):
    """The second person's yes to exactly what the page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    recipients = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.BooleanField(
        label=_("I have read both letters and looked at the list."),
        error_messages={"required": _("Please look at letters and list first and say so here.")},
    )


class SendBackForm(forms.Form):
    words = forms.CharField(
        label=_("What is to be changed?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please say what is to be changed.")},
    )  # fmt: skip


class CancelForm(forms.Form):
    words = forms.CharField(label=_("Why?"), required=False, max_length=2000)


class AnswerForm(forms.Form):
    """What a recipient did with it."""

    answer = forms.ChoiceField(
        label=_("What did you do with it?"), choices=Recipient.Answer.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example where you used it, what was missing, what you ask yourself. Please no names of clients."),
    )  # fmt: skip


class MailedForm(forms.Form):
    """What an answer that came by mail says."""

    ASIDE = "aside"

    answer = forms.ChoiceField(
        label=_("What does it say?"), widget=forms.RadioSelect,
        choices=[*Recipient.Answer.choices, (ASIDE, _("No answer: lay it aside"))],
        error_messages={"required": _("Please choose one of the answers.")},
    )  # fmt: skip
