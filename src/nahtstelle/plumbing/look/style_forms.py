"""A form with one field of every kind, for the style page and the tests of field drawing."""

from django import forms


class StyleForm(forms.Form):
    title = forms.CharField(max_length=80)
    summary = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    land = forms.ChoiceField()
    topics = forms.MultipleChoiceField(required=False)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    mail = forms.EmailField(required=False)
    paper = forms.FileField(required=False)
    kind = forms.ChoiceField(widget=forms.RadioSelect)
    audiences = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    span = forms.SplitDateTimeField(required=False)
    agreed = forms.BooleanField()
    trace = forms.CharField(widget=forms.HiddenInput, initial="style", required=False)

    def named(self, words: dict[str, list[str]], choices: dict[str, list[list[str]]]) -> "StyleForm":
        """The same form with labels, hints and choices in one language."""
        for name, (label, hint) in words.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        for name, pairs in choices.items():
            self.fields[name].choices = [(value, label) for value, label in pairs]
        return self
