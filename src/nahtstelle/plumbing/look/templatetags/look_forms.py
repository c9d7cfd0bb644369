"""Forms in KERN's patterns."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet

from ..fields import complaints, field_view

register = template.Library()


@register.inclusion_tag("look/field.html")
def field(bound: BoundField, hidden_label: bool = False) -> dict[str, Any]:
    """One field with label, hint, errors and everything tied together: ``{% field form.title %}``.

    hidden_label: only for screen readers, where the place says what it is (a search box). Works for text, area,
    select, several out of a list, date, file, checkbox, radio buttons, checkboxes, several-part and hidden widgets.
    """
    return {"field": field_view(bound, hidden_label=hidden_label)}


@register.inclusion_tag("look/form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form in order, hidden ones too; neither the ``form`` element nor the error summary."""
    return {"fields": [field_view(bound) for bound in form]}


@register.inclusion_tag("look/error_summary.html")
def error_summary(form: forms.BaseForm | BaseFormSet, title: str = "") -> dict[str, Any]:
    """All errors of a form or formset at the top, each a link to its control; draws nothing for a good one.

    title: replaces the usual one.
    """
    return {"complaints": complaints(form) if form.is_bound else [], "title": title}
