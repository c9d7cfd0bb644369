"""What a person may ask of us: to have what we hold of them, and to be erased."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import actions
from ..forms import EraseForm
from ..models import Person
from ..presenters.directory import person_url
from ..queries import visible_people
from ..rules import check_erasing, check_signed_in


@never_cache
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything held of a person, as a file."""
    person = _seen(request, slug)
    everything = actions.export_person(person=person, account=request.user, at=timezone.now())
    answer = JsonResponse(everything, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="auskunft-{person.slug}.json"'
    return answer


def erase(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether it is meant, then erase for good."""
    person = _seen(request, slug)
    check_erasing(request.user, person, on=timezone.localdate())
    form = EraseForm(request.POST or None, name=person.name)
    if request.method == "POST" and form.is_valid():
        actions.erase_person(
            person=person, keep_credit=form.cleaned_data["keep_credit"], by=request.user.actor, at=timezone.now()
        )
        messages.success(request, _("Erased. What they did for the centre stays, without their name."))
        return redirect(reverse("people:people"))
    context = {
        "form": form,
        "title": _("Erase: %s") % person.name,
        "text": _(
            "Name, addresses, account, roles, letters, notices, preferences and what they wrote to us are deleted. What they "
            "did for the centre stays without their name, and open duties go to the coordinators. This cannot be undone."
        ),
        "cancel_url": person_url(person),
        "confirm_label": _("Erase for good"),
        "dangerous": True,
    }
    return render(request, "look/confirm.html", context, status=422 if form.errors else 200)


def _seen(request: HttpRequest, slug: str) -> Person:
    check_signed_in(request.user)
    visible = visible_people(request.user, on=timezone.localdate())
    return get_object_or_404(visible, slug=slug)
