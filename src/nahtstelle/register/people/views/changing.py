"""Changing persons, their accounts and roles."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, may
from nahtstelle.plumbing.kit.submissions import once

from .. import actions
from ..forms import AccountForm, EndForm, KeptPersonForm, NewPersonForm, PersonForm, RoleForm, initial_of
from ..models import CentreRole, Person
from ..presenters.directory import person_url
from ..queries import visible_people
from ..rules import check_change_person, check_keep_people, check_keep_roles, check_signed_in


def add(request: HttpRequest) -> HttpResponse:
    """A new person."""
    check_keep_people(request.user, on=timezone.localdate())

    def act(data: dict[str, Any]) -> str:
        return person_url(actions.add_person(by=request.user.actor, at=timezone.now(), **data))

    return form_page(request, NewPersonForm(request.POST or None), act, title=_("New person"))


def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Name, address and language; for the keepers of the register also the day of erasure."""
    person = person_seen(request, slug)
    today = timezone.localdate()
    check_change_person(request.user, person, on=today)
    kind = KeptPersonForm if may(check_keep_people, request.user, on=today) else PersonForm

    def act(data: dict[str, Any]) -> str:
        actions.change_person(person=person, by=request.user.actor, at=timezone.now(), **data)
        messages.success(request, _("The particulars were changed."))
        return person_url(person)

    form = kind(request.POST or None, initial=initial_of(person, kind))
    return form_page(request, form, act, title=_("Particulars: %s") % person.name, back=person_url(person))


def account(request: HttpRequest, slug: str) -> HttpResponse:
    """Open an account, or change the address it is signed in with."""
    person = _kept(request, slug)
    known = getattr(person, "account", None)

    def act(data: dict[str, Any]) -> str:
        how = {"by": request.user.actor, "at": timezone.now(), "mail": data["mail"]}
        if known is None:
            actions.create_account(person=person, **how)
            messages.success(request, _("The account was opened. The person sets a password by the link for that."))
        else:
            actions.change_account_mail(account=known, **how)
            messages.success(request, _("The address for signing in was changed."))
        return person_url(person)

    form = AccountForm(request.POST or None, initial={"mail": known.mail if known else person.mail})
    return form_page(request, form, act, title=_("Account: %s") % person.name, back=person_url(person))


@require_POST
def close_account(request: HttpRequest, slug: str) -> HttpResponse:
    person = _kept(request, slug)
    if getattr(person, "account", None) is not None:
        actions.close_account(account=person.account, by=request.user.actor, at=timezone.now())
        messages.success(request, _("The account was closed."))
    return redirect(person_url(person))


@require_POST
def open_account(request: HttpRequest, slug: str) -> HttpResponse:
    person = _kept(request, slug)
    if getattr(person, "account", None) is not None:
        actions.open_account(account=person.account, by=request.user.actor, at=timezone.now())
        messages.success(request, _("The account was opened again."))
    return redirect(person_url(person))


def grant(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a role at the centre."""
    person = _kept(request, slug)

    def act(data: dict[str, Any]) -> str:
        actions.grant_role(person=person, by=request.user.actor, at=timezone.now(), **data)
        messages.success(request, _("The role was given."))
        return person_url(person)

    form = RoleForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    return form_page(request, form, act, title=_("Give a role: %s") % person.name, back=person_url(person))


def end_role(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Set the last day of a role."""
    person = _kept(request, slug)
    role = get_object_or_404(CentreRole.objects.select_related("person"), pk=number, person=person)

    def act(data: dict[str, Any]) -> str:
        actions.end_role(role=role, last_day=data["last_day"], by=request.user.actor, at=timezone.now())
        messages.success(request, _("The last day of the role was set."))
        return person_url(person)

    form = EndForm(request.POST or None, initial={"last_day": role.valid_until or timezone.localdate()})
    title = _("End the role %(role)s of %(name)s") % {"role": role.get_role_display(), "name": person.name}
    return form_page(request, form, act, title=title, back=person_url(person))


def person_seen(request: HttpRequest, slug: str) -> Person:
    """The person, with their account. Whom one may not see does not exist for one."""
    check_signed_in(request.user)
    visible = visible_people(request.user, on=timezone.localdate())
    return get_object_or_404(visible.select_related("account"), slug=slug)


def _kept(request: HttpRequest, slug: str) -> Person:
    person = person_seen(request, slug)
    check_keep_roles(request.user, person, on=timezone.localdate())
    return person


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    *,
    title: str,
    back: str = "",
    word: str = "",
    **more: object,
) -> HttpResponse:
    """One form: shown, refused with its reasons, or carried out once and left for the address ``act`` gives.

    ``more`` is what the page says besides: text, consequences, dangerous.
    """
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        key = data.pop("submission", None)
        try:
            return redirect(once(key, lambda: act(data), at=timezone.now()))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "title": title, "cancel_url": back, "confirm_label": word or _("Save"), **more}
    return render(request, "look/confirm.html", context, status=422 if form.errors else 200)
