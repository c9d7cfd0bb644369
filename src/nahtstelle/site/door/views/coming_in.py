"""The second step, passkeys, and links from letters."""

from axes.helpers import get_lockout_response
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import NotNow

from .. import entering, factors, passkeys, sign_in_links
from ..forms import SecondForm
from ..models import Factor
from .asking import ask_for_letter


@never_cache
def second(request: HttpRequest) -> HttpResponse:
    """The code of the app, a recovery code, or a passkey."""
    now = timezone.now()
    waiting = entering.pending(request, at=now)
    if waiting is None:
        if request.method == "GET":
            return redirect("door:access" if request.user.is_authenticated else "desk:sign-in")
        raise NotNow(_("Too much time has passed since the first step. Please sign in again."))
    account, wish = waiting
    if entering.closed(request, account.mail):
        return get_lockout_response(request, {"username": account.mail})
    form = SecondForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        for kind, used in (("app", factors.use_code), ("recovery", factors.use_recovery_code)):
            if used(account=account, code=code, at=now):
                return redirect(entering.sign_in(request, account, second=kind, at=now, wish=wish))
        entering.count_failure(request, account.mail)
        form.add_error(
            "code", _("This code is wrong, or it was used already. The app shows a new one every 30 seconds.")
        )
    has_passkey = account.factors.filter(kind=Factor.Kind.PASSKEY).exists()
    context = {"form": form, "has_passkey": has_passkey}
    return render(request, "door/second.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def passkey_options(request: HttpRequest) -> JsonResponse:
    """Our question to the browser: show a passkey."""
    now = timezone.now()
    waiting = entering.pending(request, at=now)
    return JsonResponse(passkeys.request_options(request.session, waiting[0] if waiting else None, at=now))


@never_cache
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """A passkey alone is enough: it is two factors."""
    now = timezone.now()
    waiting = entering.pending(request, at=now)
    wish = request.POST.get("next", "") or (waiting[1] if waiting else "")
    factor = passkeys.shown(request.session, request.POST.get("credential", ""), at=now)
    if factor is None:
        raise NotNow(
            _("This passkey could not be checked, or it is not known here. Please try again or sign in otherwise.")
        )
    account = factor.account
    if entering.closed(request, account.mail):
        return get_lockout_response(request, {"username": account.mail})
    return redirect(entering.sign_in(request, account, second="passkey", at=now, wish=wish))


def ask_link(request: HttpRequest) -> HttpResponse:
    return ask_for_letter(
        request,
        send=lambda mail: sign_in_links.send_link(mail, at=timezone.now()),
        title=_("Sign in by a link"),
        lead=_("Without a password: we send a link to the address you sign in with. It is good once and for a quarter of an hour."),
        sent=_("If %s has an account here, a letter with a link is on its way. The link is good for a quarter of an hour."),
    )  # fmt: skip


@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening asks, because mail scanners open every link; only the button comes in."""
    now = timezone.now()
    if request.method == "POST":
        account = sign_in_links.use_link(token, at=now)
        return redirect(entering.come_in(request, account, at=now))
    account = sign_in_links.account_of(token, at=now)
    return render(request, "door/open_link.html", {"mail": account.mail})
