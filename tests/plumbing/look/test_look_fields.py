"""Form fields: every kind of widget is drawn in KERN's pattern, labelled, described and, when wrong, explained."""

import re
from datetime import date, datetime, time
from typing import Any

import pytest
from django import forms

from nahtstelle.plumbing.files.models import KeptFile
from nahtstelle.plumbing.look.fields import complaints, field_view
from tests.plumbing.look.look_drawing import draw, look_alone  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("look_alone")


def form_with(data: dict[str, str] | None = None, **fields: forms.Field) -> forms.Form:
    return type("OneForm", (forms.Form,), fields)(data)


def attributes(html: str, element: str) -> dict[str, str]:
    found = re.search(rf"<{element}\b([^>]*)>", html)
    assert found, f"no {element} in {html}"
    return dict(re.findall(r'([\w-]+)="([^"]*)"', found[1]))


@pytest.mark.parametrize(
    ("field", "pattern"),
    [
        (forms.CharField(), "input"),
        (forms.EmailField(), "input"),
        (forms.IntegerField(), "input"),
        (forms.DateField(), "input"),
        (forms.CharField(widget=forms.Textarea), "area"),
        (forms.ChoiceField(), "select"),
        (forms.NullBooleanField(), "select"),
        (forms.MultipleChoiceField(), "list"),
        (forms.ChoiceField(widget=forms.RadioSelect), "group"),
        (forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple), "group"),
        (forms.BooleanField(), "check"),
        (forms.FileField(), "file"),
        (forms.FileField(widget=forms.ClearableFileInput), "file"),
        (forms.SplitDateTimeField(), "several"),
        (forms.CharField(widget=forms.HiddenInput), "hidden"),
    ],
)
def test_widget_takes_its_pattern(field: forms.Field, pattern: str) -> None:
    assert field_view(form_with(it=field)["it"]).pattern == pattern


def test_three_part_date_is_refused_with_advice() -> None:
    with pytest.raises(ValueError, match="Draw a date as DateInput"):
        field_view(form_with(it=forms.DateField(widget=forms.SelectDateWidget))["it"])


def test_input_is_labelled_and_described_by_its_hint() -> None:
    drawn = draw("{% field f %}", f=form_with(it=forms.CharField(label="Titel", help_text="kurz"))["it"])
    assert attributes(drawn, "label")["for"] == attributes(drawn, "input")["id"] == "id_it"
    assert attributes(drawn, "input")["aria-describedby"] == "id_it_hint"
    assert 'id="id_it_hint">kurz<' in drawn


def test_input_without_hint_and_error_has_no_description() -> None:
    drawn = draw("{% field f %}", f=form_with(it=forms.CharField())["it"])
    assert "aria-describedby" not in attributes(drawn, "input")


def test_wrong_input_is_described_by_hint_then_error() -> None:
    form = form_with({"it": ""}, it=forms.CharField(help_text="kurz"))
    drawn = draw("{% field f %}", f=form["it"])
    box = attributes(drawn, "input")
    assert (box["aria-describedby"], box["aria-invalid"]) == ("id_it_hint id_it_error", "true")
    assert "kern-form-input__input--error" in box["class"]


def test_optional_field_says_so_and_a_required_one_does_not() -> None:
    form = form_with(may=forms.CharField(required=False), must=forms.CharField())
    assert ["(freiwillig)" in draw("{% field f %}", f=form[name]) for name in ("may", "must")] == [True, False]


@pytest.mark.parametrize(("required", "said"), [(True, "bitte wählen"), (False, "–")])
def test_a_choice_not_made_is_no_row_of_dashes(required: bool, said: str) -> None:
    drawn = draw(
        "{% field f %}", f=form_with(it=forms.ModelChoiceField(KeptFile.objects.none(), required=required))["it"]
    )
    assert f">{said}</option>" in drawn
    assert "---" not in drawn


def test_own_class_of_a_widget_survives() -> None:
    form = form_with(it=forms.CharField(widget=forms.TextInput(attrs={"class": "mine"})))
    assert attributes(draw("{% field f %}", f=form["it"]), "input")["class"] == "kern-form-input__input mine"


@pytest.mark.parametrize(("widget", "kind"), [(forms.RadioSelect, "radio"), (forms.CheckboxSelectMultiple, "checkbox")])
def test_group_is_a_fieldset_with_a_label_for_each_option(widget: type[forms.Widget], kind: str) -> None:
    field = forms.ChoiceField(
        label="Für wen?", help_text="Mehrere", widget=widget, choices=[("a", "Anna"), ("b", "Ben")]
    )
    drawn = draw("{% field f %}", f=form_with(it=field)["it"])
    assert attributes(drawn, "fieldset")["aria-describedby"] == "id_it_hint"
    assert attributes(drawn, "input")["type"] == kind
    assert f"kern-form-check__{kind}" in attributes(drawn, "input")["class"]
    assert re.findall(r'<label class="kern-label" for="([^"]+)">([^<]+)<', drawn) == [
        ("id_it_0", "Anna"),
        ("id_it_1", "Ben"),
    ]


def test_chosen_option_stays_chosen() -> None:
    field = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    drawn = draw("{% field f %}", f=form_with({"it": "b"}, it=field)["it"])
    assert re.findall(r'value="(\w)"[^>]*\bchecked\b', drawn) == ["b"]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (forms.DateField(widget=forms.DateInput(attrs={"type": "date"})), date(2026, 9, 15), "2026-09-15"),
        (forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"})), time(9, 30), "09:30"),
        (
            forms.DateTimeField(widget=forms.DateTimeInput(attrs={"type": "datetime-local"})),
            datetime(2026, 9, 15, 9, 30),
            "2026-09-15T09:30",
        ),
        (forms.DateField(), date(2026, 9, 15), "15.09.2026"),
    ],
)
def test_native_date_inputs_speak_iso_in_german_too(field: forms.Field, value: Any, expected: str) -> None:
    form = type("OneForm", (forms.Form,), {"it": field})(initial={"it": value})
    assert attributes(draw("{% field f %}", f=form["it"]), "input")["value"] == expected


def test_parts_of_a_field_carry_names() -> None:
    drawn = draw("{% field f %}", f=form_with(it=forms.SplitDateTimeField(label="Sitzung"))["it"])
    assert re.findall(r'aria-label="([^"]+)"', drawn) == ["Sitzung: Tag", "Sitzung: Uhrzeit"]


def test_drawing_a_field_leaves_the_class_of_the_form_alone() -> None:
    Form = type("OneForm", (forms.Form,), {"it": forms.SplitDateTimeField(label="Sitzung")})
    field_view(Form()["it"])
    assert Form.base_fields["it"].widget.widgets[0].attrs == {}


def test_hidden_field_is_drawn_without_label() -> None:
    drawn = draw("{% field f %}", f=form_with(it=forms.CharField(widget=forms.HiddenInput, label="x"))["it"])
    assert (attributes(drawn, "input")["type"], "<label" in drawn) == ("hidden", False)


def test_hidden_label_is_still_there_for_screen_readers() -> None:
    drawn = draw("{% field f hidden_label=True %}", f=form_with(it=forms.CharField(label="Suche"))["it"])
    assert "kern-sr-only" in attributes(drawn, "label")["class"]


def test_error_summary_of_a_good_form_draws_nothing() -> None:
    forms_ = form_with(it=forms.CharField()), form_with({"it": "x"}, it=forms.CharField())
    assert [draw("{% error_summary f %}", f=form).strip() for form in forms_] == ["", ""]


def test_error_summary_leads_to_each_control() -> None:
    form = form_with(
        {"span_0": "x"},
        name=forms.CharField(label="Name"),
        kind=forms.ChoiceField(label="Art", widget=forms.RadioSelect, choices=[("a", "A")]),
        span=forms.SplitDateTimeField(label="Sitzung"),
        trace=forms.CharField(label="Spur", widget=forms.HiddenInput),
    )
    form.add_error(None, "Zusammen passt es nicht.")
    assert [complaint.target for complaint in complaints(form)] == ["", "id_name", "id_kind_0", "id_span_0", ""]


def test_error_summary_does_not_double_the_full_stop_of_a_label() -> None:
    form = form_with({}, it=forms.BooleanField(label="Ich stimme zu."))
    assert [complaint.text for complaint in complaints(form)] == [
        "Ich stimme zu: Dieses Feld ist zwingend erforderlich."
    ]


def test_error_summary_of_a_formset_names_every_form() -> None:
    Set = forms.formset_factory(type("OneForm", (forms.Form,), {"it": forms.IntegerField(label="Zahl")}), extra=0)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-it": "x", "form-1-it": "y"}
    assert [complaint.target for complaint in complaints(Set(data))] == ["id_form-0-it", "id_form-1-it"]


def test_a_strangers_input_comes_back_as_text() -> None:
    form = form_with({"it": '"><script>'}, it=forms.IntegerField(label="<b>"))
    drawn = draw("{% field f %}{% error_summary form %}", f=form["it"], form=form)
    assert ("<script>" in drawn, "<b>" in drawn) == (False, False)
