"""Inviting, looking after invitations, and accepting one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, may
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.queries import person_for
from nahtstelle.register.people.views.changing import form_page
from nahtstelle.register.programmes.rules import check_keep_structure

from ..door.entering import come_in
from . import actions, letters, presenters, queries, rules
from .forms import InvitationForm, KnownForm, NewcomerForm, SearchForm
from .models import Invitation

PAGE = 50


def invitations(request: HttpRequest) -> HttpResponse:
    """The invitations the reader looks after, by standing."""
    now = timezone.now()
    today = timezone.localdate(now)
    rules.check_may_invite(request.user, on=today)
    kind = request.GET.get("stand", "open")
    kind = kind if kind in presenters.KINDS else "open"
    form = SearchForm(request.GET)
    words = (form.cleaned_data["q"] if form.is_valid() else "").strip()
    seen = queries.seen_by(request.user, on=today)
    found = seen.filter(queries.standings(at=now)[kind], mail__icontains=words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "hidden": [("stand", kind)],
        "page": page,
        "filtered": bool(words),
        "tabs": presenters.tabs(queries.counts(seen, at=now), kind),
        "head_actions": [{"label": _("Invite somebody"), "url": reverse("invitations:new"), "kind": "primary"}],
        **presenters.table(page.object_list, kind, reader=request.user, on=today),
    }
    return render(request, "invitations/invitations.html", context)


def new(request: HttpRequest) -> HttpResponse:
    """Invite somebody; ``?projekt=`` chooses the project."""
    now = timezone.now()
    today = timezone.localdate(now)
    rules.check_may_invite(request.user, on=today)
    keeps = may(check_keep_structure, request.user, on=today)
    projects = queries.open_projects(request.user, on=today)
    form = InvitationForm(
        request.POST or None, on=today, projects=projects, centre=may(rules.check_may_invite_to_centre, request.user, on=today),
        project_roles=list(rules.ALL_ROLES_IN_A_PROJECT if keeps else rules.ROLES_IN_A_PROJECT),
        initial={"project": projects.filter(key=request.GET.get("projekt", "").replace("\x00", "")).first()},
    )  # fmt: skip

    def act(data: dict[str, Any]) -> str:
        actions.invite(account=request.user, at=now, **data)
        messages.success(request, _("The invitation to %s is on its way.") % data["mail"])
        return reverse("invitations:invitations")

    words = {"title": _("Invite somebody"), "word": _("Send the invitation")}
    return form_page(request, form, act, back=reverse("invitations:invitations"), **words)


@require_POST
def send_again(request: HttpRequest, number: int) -> HttpResponse:
    invitation = _kept(request, number)
    actions.send_again(invitation=invitation, account=request.user, at=timezone.now())
    messages.success(
        request, _("The invitation to %s is on its way again; the link before is no longer valid.") % invitation.mail
    )
    return redirect("invitations:invitations")


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    invitation = _kept(request, number)
    actions.withdraw(invitation=invitation, account=request.user, at=timezone.now())
    messages.success(request, _("The invitation to %s was withdrawn.") % invitation.mail)
    return redirect("invitations:invitations")


def _kept(request: HttpRequest, number: int) -> Invitation:
    today = timezone.localdate()
    rules.check_may_invite(request.user, on=today)
    return get_object_or_404(queries.seen_by(request.user, on=today), pk=number)


@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Opening shows what is offered; only the button accepts."""
    now = timezone.now()
    link, invitation = letters.read(token, at=now)
    rules.check_waiting(invitation)
    person = person_for(invitation.mail)
    has_account = person is not None and Account.objects.filter(person=person).exists()
    form = (KnownForm if has_account else NewcomerForm)(request.POST if request.method == "POST" else None)
    if not has_account and person is not None and not form.is_bound:
        form.initial = {"name": person.name}
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.accept(link=link, invitation=invitation, at=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Thank you. You have the role now; your own page shows what you may do, and why.")
            )
            return redirect(_way_in(request, account, invitation))
    facts = presenters.accept_facts(invitation)
    context = {"form": form, "facts": facts, "invitation": invitation, "has_account": has_account}
    return render(request, "invitations/accept.html", context, status=422 if form.errors else 200)


def _way_in(request: HttpRequest, account: Account, invitation: Invitation) -> str:
    """The link came to the address one signs in with, so it is as good as a link for signing in; else the door."""
    own_page = reverse("people:me")
    if account.mail.lower() == invitation.mail.lower():
        return come_in(request, account, at=timezone.now(), wish=own_page)
    return f"{reverse('desk:sign-in')}?next={own_page}"
