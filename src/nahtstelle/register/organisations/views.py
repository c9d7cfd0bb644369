"""Pages of organisations: for everybody who works with us; changed by who keeps the register."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nahtstelle.plumbing.kit.refusals import may
from nahtstelle.register.people.forms import EndForm
from nahtstelle.register.people.presenters.directory import person_url
from nahtstelle.register.people.queries import visible_people
from nahtstelle.register.people.views.changing import form_page

from . import actions, presenters, queries
from .forms import DirectoryForm, MembershipForm, OrganisationForm
from .models import Membership, Organisation
from .rules import check_keep, check_see

PAGE = 50


def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations, searched and filtered."""
    check_see(request.user)
    form = DirectoryForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.organisations(kind=chosen.get("kind"), region=chosen.get("region"))
    page = Paginator(queries.called(found, chosen.get("q", "")), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "filtered": any(chosen.values()),
        "may_add": may(check_keep, request.user, on=timezone.localdate()),
        **presenters.organisations_table(page.object_list),
    }
    return render(request, "organisations/organisations.html", context)


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation; of its people those whom the reader may see."""
    check_see(request.user)
    today = timezone.localdate()
    found = get_object_or_404(Organisation.objects.select_related("kind", "region"), slug=slug)
    keeps = may(check_keep, request.user, on=today)
    members = queries.members_seen_by(request.user, found, on=today)
    context = {
        "breadcrumb": presenters.way((found.name, "")),
        "organisation": found,
        "facts": presenters.facts_of(found),
        "members": presenters.members_of(members, on=today, keeps=keeps),
        "keeps": keeps,
    }
    return render(request, "organisations/organisation.html", context)


def add(request: HttpRequest) -> HttpResponse:
    check_keep(request.user, on=timezone.localdate())

    def act(data: dict[str, Any]) -> str:
        made = actions.add_organisation(by=request.user.actor, at=timezone.now(), **data)
        return presenters.organisation_url(made)

    return form_page(request, OrganisationForm(request.POST or None), act, title=_("New organisation"))


def change(request: HttpRequest, slug: str) -> HttpResponse:
    check_keep(request.user, on=timezone.localdate())
    found = get_object_or_404(Organisation.objects.select_related("kind__facet", "region__facet"), slug=slug)

    def act(data: dict[str, Any]) -> str:
        actions.change_organisation(organisation=found, by=request.user.actor, at=timezone.now(), **data)
        messages.success(request, _("The organisation was changed."))
        return presenters.organisation_url(found)

    form = OrganisationForm(request.POST or None, initial={name: getattr(found, name) for name in actions.PARTICULARS})
    title, back = _("Change: %s") % found.name, presenters.organisation_url(found)
    return form_page(request, form, act, title=title, back=back)


def join(request: HttpRequest, slug: str) -> HttpResponse:
    """A person joins an organisation."""
    today = timezone.localdate()
    check_keep(request.user, on=today)
    person = get_object_or_404(visible_people(request.user, on=today), slug=slug)

    def act(data: dict[str, Any]) -> str:
        actions.add_membership(person=person, by=request.user.actor, at=timezone.now(), **data)
        messages.success(request, _("The membership was added."))
        return person_url(person)

    title = _("Add an organisation: %s") % person.name
    return form_page(request, MembershipForm(request.POST or None), act, title=title, back=person_url(person))


def leave(request: HttpRequest, number: int) -> HttpResponse:
    """The last day of a membership."""
    check_keep(request.user, on=timezone.localdate())
    membership = get_object_or_404(Membership.objects.select_related("person", "organisation"), pk=number)
    back = presenters.organisation_url(membership.organisation)

    def act(data: dict[str, Any]) -> str:
        actions.end_membership(membership=membership, by=request.user.actor, at=timezone.now(), **data)
        messages.success(request, _("The last day of the membership was set."))
        return back

    form = EndForm(request.POST or None, initial={"last_day": membership.valid_until or timezone.localdate()})
    names = {"person": membership.person.name, "organisation": membership.organisation.name}
    title = _("%(person)s leaves %(organisation)s") % names
    return form_page(request, form, act, title=title, back=back)
