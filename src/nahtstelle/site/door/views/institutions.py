"""To the door of one's institution, and back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nahtstelle.register.people.queries import account_for

from .. import entering, institutions
from ..institutions import Institution

WISH = "door-institution-wish"


@never_cache
@require_safe
def go(request: HttpRequest, key: str) -> HttpResponse:
    """A link and no form: the content security policy lets forms lead to no other site."""
    where = _known(key)
    request.session[WISH] = request.GET.get("next", "")
    return institutions.send_there(request, where)


@never_cache
@require_safe
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever comes back with a verified address that has an account here comes in; others hear why not."""
    where = _known(key)
    mail = institutions.address_from(request, where)
    account = account_for(mail, only_open=True)
    if account is None:
        words = {
            "title": _("There is no account with this address"),
            "text": _("%(institution)s confirmed you as %(mail)s, but nobody has an account here with this address. Please ask the centre for an invitation.")
            % {"institution": where.name, "mail": mail},
            "icon": "info",
            "action": {"label": _("To the start page"), "url": reverse("home")},
        }  # fmt: skip
        return render(request, "look/message_page.html", words, status=403)
    wish = request.session.pop(WISH, "")
    return redirect(entering.come_in(request, account, at=timezone.now(), wish=wish))


def _known(key: str) -> Institution:
    found = institutions.institution(key)
    if found is None:
        raise Http404
    return found
