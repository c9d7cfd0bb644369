"""The shape of answers to proposed concepts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nahtstelle.register.vocabulary.models import Concept
from nahtstelle.register.vocabulary.queries import concepts_called

from ..queries.classifying import FACETS


class WaitingForm(forms.Form):
    q = forms.CharField(label=_("Title, person or citation key"), required=False, max_length=200)


class ConceptForm(forms.Form):
    """A concept a person thought of."""

    concept = forms.CharField(
        label=_("Add a concept"),
        required=False,
        max_length=200,
        help_text=_("Its name or a label, as in the vocabulary."),
    )

    def clean_concept(self) -> Concept | None:
        words = self.cleaned_data["concept"].strip()
        if not words:
            return None
        found = list(concepts_called(words).filter(facet__key__in=FACETS)[:6])
        if not found:
            raise forms.ValidationError(_("No concept for works is called so."))
        if len(found) > 1:
            names = ", ".join(f"{concept.name} ({concept.key})" for concept in found)
            raise forms.ValidationError(_("Several are called so; please give the key of one: %s") % names)
        return found[0]


def answers_in(data: Any) -> dict[int, bool]:
    """ "concept-12" → "yes" or "no" of a form; anything else says nothing."""
    found = {}
    for name, value in data.items():
        number = name.removeprefix("concept-")
        if name != number and number.isdecimal() and len(number) < 10 and value in ("yes", "no"):
            found[int(number)] = value == "yes"
    return found
