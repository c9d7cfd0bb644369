"""Pages at the door for who has no password yet or forgot it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nahtstelle.register.people.queries import account_for

from ..door.views.asking import ask_for_letter
from . import passwords


def ask_password(request: HttpRequest) -> HttpResponse:
    return ask_for_letter(
        request,
        send=_send_link,
        title=_("Set a password"),
        lead=_("For your first time here, or when you forgot it: we send a link to the address you sign in with."),
        sent=_("If %s has an account here, a letter with a link is on its way."),
    )


def _send_link(mail: str) -> None:
    account = account_for(mail, only_open=True)
    if account is not None:
        passwords.send_link(account, at=timezone.now())


class SetForm(SetPasswordForm):  # type: ignore[type-arg] # its argument is known to the stubs only
    new_password1 = forms.CharField(label=gettext_lazy("New password"), strip=False, widget=forms.PasswordInput)
    new_password2 = forms.CharField(label=gettext_lazy("The same once more"), strip=False, widget=forms.PasswordInput)


class SetPassword(auth_views.PasswordResetConfirmView):
    """Takes the token out of the address before anything is shown, so that it is in no history and no referrer."""

    template_name = "desk/set_password.html"
    form_class = SetForm
    success_url = reverse_lazy("desk:sign-in")

    def form_valid(self, form: Any) -> HttpResponse:
        account = form.user
        passwords.set_password(account, form.cleaned_data["new_password1"], by=account.actor, at=timezone.now())
        self.request.session.pop(auth_views.INTERNAL_RESET_SESSION_TOKEN, None)
        messages.success(self.request, _("Your password is set. You can sign in with it now."))
        return redirect(self.success_url)


set_password = SetPassword.as_view()
