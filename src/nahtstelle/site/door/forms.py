"""The shape of what is entered at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}


class MailForm(forms.Form):
    mail = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class SecondForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("The six digits your authenticator app shows, or one of your recovery codes."),
        widget=forms.TextInput(attrs={**CODE, "inputmode": "text"}),
    )


class AppForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the device"), max_length=60, help_text=_("So that you can tell it from others later.")
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=10,
        help_text=_("The six digits the app shows after you scanned the picture."),
        widget=forms.TextInput(attrs=CODE),
    )


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the passkey"), max_length=60, help_text=_("So that you can tell it from others later.")
    )


class ResetForm(forms.Form):
    why = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: phone lost, identity checked by telephone. The person reads it in a letter."),
    )  # fmt: skip
