"""What a person may ask of us: to have what we hold of them, and to be erased."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import actions
from ..forms import EraseForm
from ..presenters.directory import person_url
from ..rules import check_erasing
from .changing import form_page, person_seen


@never_cache
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything held of a person, as a file."""
    person = person_seen(request, slug)
    everything = actions.export_person(person=person, account=request.user, at=timezone.now())
    answer = JsonResponse(everything, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="auskunft-{person.slug}.json"'
    return answer


def erase(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether it is meant, then erase for good."""
    person = person_seen(request, slug)
    check_erasing(request.user, person, on=timezone.localdate())

    def act(data: dict[str, Any]) -> str:
        actions.erase_person(person=person, keep_credit=data["keep_credit"], by=request.user.actor, at=timezone.now())
        messages.success(request, _("Erased. What they did for the centre stays, without their name."))
        return reverse("people:people")

    return form_page(
        request, EraseForm(request.POST or None, name=person.name), act,
        title=_("Erase: %s") % person.name, back=person_url(person), word=_("Erase for good"), dangerous=True,
        text=_(
            "Name, addresses, account, roles, letters, notices, preferences and what they wrote to us are deleted. What they "
            "did for the centre stays without their name, and open duties go to the coordinators. This cannot be undone."
        ),
    )  # fmt: skip
