"""The form in which people say how they want to be told."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.vocabulary.models import Concept

from .models import Preference

HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


class PreferenceForm(forms.ModelForm):
    class Meta:
        model = Preference
        fields = ("rhythm", "digest_hour", "quiet_from", "quiet_until", "law_letters", "themes")
        widgets = {
            "rhythm": forms.RadioSelect,
            "quiet_from": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "quiet_until": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "themes": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "rhythm": _("Urgent notices come at once unless you choose no mail."),
            "quiet_from": _("In quiet hours only urgent mail comes. They may span midnight. German time."),
            "law_letters": _("Letters of the centre to practitioners when law changes."),
            "themes": _("Letters on changes of law come for these themes only; without a choice for all."),
        }

    digest_hour = forms.TypedChoiceField(label=_("hour of the digest"), choices=HOURS, coerce=int)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = self.fields["themes"]
        assert isinstance(themes, forms.ModelMultipleChoiceField)
        themes.queryset = Concept.objects.on(on).filter(facet__key="theme")

    def clean(self) -> dict[str, Any]:
        chosen: dict[str, Any] = super().clean() or {}
        if (chosen.get("quiet_from") is None) != (chosen.get("quiet_until") is None) and not (
            {"quiet_from", "quiet_until"} & set(self.errors)
        ):
            missing = "quiet_until" if chosen.get("quiet_until") is None else "quiet_from"
            self.add_error(missing, _("Quiet hours need a beginning and an end."))
        elif chosen.get("quiet_from") is not None and chosen["quiet_from"] == chosen.get("quiet_until"):
            self.add_error("quiet_until", _("Quiet hours end at another time than they begin."))
        return chosen
