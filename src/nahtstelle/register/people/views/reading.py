"""Finding and reading persons."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from nahtstelle.plumbing.kit.refusals import may, refused

from .. import queries
from ..forms import DirectoryForm
from ..models import CentreRole
from ..presenters.directory import people_table, way
from ..presenters.person import person_page
from ..rules import (
    check_change_person,
    check_erasing,
    check_export,
    check_keep_people,
    check_keep_roles,
    check_signed_in,
    check_staff,
)
from .changing import person_seen

PAGE = 50


def people(request: HttpRequest) -> HttpResponse:
    """The persons the reader may see, searched and filtered."""
    check_signed_in(request.user)
    today = timezone.localdate()
    form = DirectoryForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.called(queries.visible_people(request.user, on=today), chosen.get("q", ""))
    if chosen.get("role"):
        holders = CentreRole.objects.on(today).filter(role=chosen["role"])
        found = found.filter(pk__in=holders.values("person"))
    as_staff = may(check_staff, request.user, on=today)
    page = Paginator(queries.with_roles(found.order_by("name", "pk"), on=today), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "filtered": any(chosen.values()),
        "as_staff": as_staff,
        "may_add": may(check_keep_people, request.user, on=today),
        **people_table(page.object_list, as_staff=as_staff),
    }
    return render(request, "people/people.html", context)


def person(request: HttpRequest, slug: str) -> HttpResponse:
    """One person, as far as the reader may see them."""
    found = person_seen(request, slug)
    today = timezone.localdate()
    keeps = may(check_keep_roles, request.user, found, on=today)
    context = {
        "breadcrumb": way((found.name, "")),
        "person": found,
        "page": person_page(
            found,
            reader=request.user,
            on=today,
            is_self=found.pk == request.user.person_id,
            as_staff=may(check_staff, request.user, on=today),
            keeps=keeps,
        ),
        "is_self": found.pk == request.user.person_id,
        "may_change": may(check_change_person, request.user, found, on=today),
        "keeps": keeps,
        "may_export": may(check_export, request.user, found, on=today),
        "why_not_erase": refused(check_erasing, request.user, found, on=today) if keeps else "",
        "account": getattr(found, "account", None),
    }
    return render(request, "people/person.html", context)


def me(request: HttpRequest) -> HttpResponse:
    """To one's own page."""
    check_signed_in(request.user)
    return redirect("people:person", slug=request.user.person.slug)
