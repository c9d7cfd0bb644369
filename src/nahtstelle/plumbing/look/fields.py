"""How a form field is drawn: which of KERN's patterns its widget takes, and what describes it to a screen reader."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.formsets import BaseFormSet
from django.forms.widgets import DateTimeBaseInput
from django.utils.safestring import SafeString
from django.utils.translation import gettext


def pattern_of(widget: forms.Widget) -> str:
    """The drawing pattern: hidden, group, check, select, list (several out of a list), area, file, several or
    input.

    Raises ``ValueError`` for Django's three-part date, whose parts cannot be labelled: a date input says the same
    better.
    """
    match widget:
        case forms.HiddenInput() | forms.MultipleHiddenInput():
            return "hidden"
        case forms.RadioSelect() | forms.CheckboxSelectMultiple():
            return "group"
        case forms.CheckboxInput():
            return "check"
        case forms.SelectMultiple():
            return "list"
        case forms.Select():
            return "select"
        case forms.Textarea():
            return "area"
        case forms.FileInput():
            return "file"
        case forms.MultiWidget():
            return "several"
        case forms.SelectDateWidget():
            raise ValueError(
                "Draw a date as DateInput with type 'date'; the parts of SelectDateWidget cannot be labelled."
            )
        case _:
            return "input"


_CLASS = {
    "input": "kern-form-input__input",
    "area": "kern-form-input__input",
    "file": "kern-form-input__input",
    "several": "kern-form-input__input n-several__part",
    "select": "kern-form-input__select",
    "list": "kern-form-input__input n-list",
    "check": "kern-form-check__checkbox",
}


DASHES = "---------"  # what Django says of a choice that was not made


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button or checkbox of a group."""

    control: SafeString
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """Everything the template of a field needs, without logic left over for it."""

    pattern: str
    id: str
    label: str
    hint: str
    errors: list[str]
    optional: bool
    hidden_label: bool
    control: SafeString
    options: list[Option]
    described_by: str

    @property
    def hint_id(self) -> str:
        return f"{self.id}_hint"

    @property
    def error_id(self) -> str:
        return f"{self.id}_error"


def field_view(bound: BoundField, *, hidden_label: bool = False) -> FieldView:
    """A bound field ready to be drawn; ids and descriptions fit together whether or not it has a hint or errors."""
    widget = bound.field.widget
    pattern = pattern_of(widget)
    _prepare(widget, str(bound.label or ""))
    if getattr(bound.field, "empty_label", None) == DASHES:
        bound.field.empty_label = gettext("please choose") if bound.field.required else "–"
    errors = [str(error) for error in bound.errors]
    id_ = bound.id_for_label or bound.auto_id or bound.html_name
    # A group has no element of its own id: its label function answers with nothing.
    id_ = bound.auto_id or bound.html_name if pattern in ("group", "several") else id_
    described_by = " ".join([f"{id_}_hint"] * bool(bound.help_text) + [f"{id_}_error"] * bool(errors))
    return FieldView(
        pattern=pattern,
        id=id_,
        label=str(bound.label or ""),
        hint=bound.help_text or "",
        errors=errors,
        optional=not bound.field.required and pattern not in ("hidden", "check"),
        hidden_label=hidden_label,
        control=_control(bound, pattern, described_by, failed=bool(errors)),
        options=_options(bound, failed=bool(errors)) if pattern == "group" else [],
        described_by=described_by,
    )


_ISO = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M", "time": "%H:%M"}


def _prepare(widget: forms.Widget, label: str) -> None:
    """Two repairs on this form's own copy of the widget: native date inputs speak ISO, parts of a field carry a
    name.
    """
    if isinstance(widget, forms.MultiWidget):
        names = [gettext("Day"), gettext("Time")] if isinstance(widget, forms.SplitDateTimeWidget) else []
        for place, part in enumerate(widget.widgets):
            name = names[place] if place < len(names) else str(place + 1)
            part.attrs.setdefault("aria-label", f"{label}: {name}")
            _prepare(part, label)
    elif getattr(widget, "input_type", "") in _ISO and isinstance(widget, DateTimeBaseInput):
        # Browsers ignore a localised value such as 15.09.2026 in these inputs.
        widget.format = widget.format or _ISO[widget.input_type]


def _classes(widget: forms.Widget, pattern: str, *, failed: bool) -> str:
    base = _CLASS[pattern]
    extra = f"{base.split()[0]}--error" if failed else ""
    return " ".join(name for name in (base, extra, widget.attrs.get("class", "")) if name)


def _control(bound: BoundField, pattern: str, described_by: str, *, failed: bool) -> SafeString:
    if pattern == "group":
        return SafeString("")
    if pattern == "hidden":
        return bound.as_hidden() if bound.is_hidden else SafeString(str(bound))
    attrs: dict[str, Any] = {"class": _classes(bound.field.widget, pattern, failed=failed)}
    if described_by:
        attrs["aria-describedby"] = described_by
    return bound.as_widget(attrs=attrs)


def _options(bound: BoundField, *, failed: bool) -> list[Option]:
    # CheckboxSelectMultiple is a RadioSelect by descent, so it has to be asked first.
    kind = "checkbox" if isinstance(bound.field.widget, forms.CheckboxSelectMultiple) else "radio"
    css = f"kern-form-check__{kind}" + (f" kern-form-check__{kind}--error" if failed else "")
    return [_option(choice, css) for choice in bound.subwidgets]


def _option(choice: BoundWidget, css: str) -> Option:
    choice.data["attrs"]["class"] = css
    return Option(choice.tag(), choice.id_for_label, str(choice.choice_label))


@dataclass(frozen=True, slots=True)
class Complaint:
    """One line of the error summary; without ``target`` it concerns the form as a whole."""

    text: str
    target: str


def complaints(form: forms.BaseForm | BaseFormSet) -> list[Complaint]:
    """All errors of a form (or of a formset and its forms) in the order of the fields, each leading to its control."""
    if isinstance(form, BaseFormSet):
        whole = [Complaint(str(error), "") for error in form.non_form_errors()]
        return [*whole, *(line for one in form.forms for line in complaints(one))]
    lines = [Complaint(str(error), "") for error in form.non_field_errors()]
    for bound in form:
        for error in bound.errors:
            text = f"{str(bound.label).rstrip('.:?')}: {error}" if bound.label else str(error)
            lines.append(Complaint(text, "" if bound.is_hidden else _target(bound)))
    return lines


def _target(bound: BoundField) -> str:
    pattern = pattern_of(bound.field.widget)
    if pattern == "group":
        first = next(iter(bound.subwidgets), None)
        return first.id_for_label if first else ""
    if isinstance(bound.field.widget, forms.MultiWidget):
        return f"{bound.auto_id}_0"
    return bound.id_for_label
