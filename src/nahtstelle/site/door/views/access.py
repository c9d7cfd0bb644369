"""One's own access: second factors, recovery codes; and resetting somebody else's."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import Refusal, refused
from nahtstelle.register.people.models import Account
from nahtstelle.register.people.presenters.directory import person_url
from nahtstelle.register.people.rules import check_keep_roles, check_signed_in
from nahtstelle.register.people.views.changing import form_page, person_seen

from .. import codes, entering, factors, passkeys, proof, rules
from ..forms import AppForm, PasskeyForm, ResetForm
from ..models import Factor
from ..presenters import access_page

BEING_SET_UP = "door-app-secret"  # of an app that is being set up


def freshly_proved(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever changes a way in has shown lately that it is theirs: an unlocked screen alone is not enough."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_signed_in(request.user)
        assert isinstance(request.user, Account)
        now = timezone.now()
        known = proof.proof_of(request)
        # A session from before there was a second step (or of the demo) proves nothing to somebody who has one.
        enough = known.whole or not request.user.factors.exists()
        if enough and known.fresh(at=now):
            return view(request, *args, **kwargs)
        here = request.get_full_path() if request.method == "GET" else reverse("door:access")
        if request.user.factors.exists():
            entering.ask_second(request, request.user, at=now, wish=here)
            return redirect("door:second")
        logout(request)
        messages.info(request, _("For this change, please sign in once more."))
        return redirect(f"{reverse('desk:sign-in')}?{urlencode({'next': here})}")

    return guarded


@never_cache
def access(request: HttpRequest) -> HttpResponse:
    check_signed_in(request.user)
    assert isinstance(request.user, Account)
    must = rules.needs_second_factor(request.user, on=timezone.localdate())
    blocked = must and not proof.proof_of(request).whole
    context = access_page(request.user, must=must, on=timezone.localdate())
    return render(request, "door/access.html", {**context, "blocked": blocked})


@never_cache
@freshly_proved
def add_app(request: HttpRequest) -> HttpResponse:
    """The QR code, and a code of the app as proof that it was scanned."""
    now = timezone.now()
    account = request.user
    secret = request.session.get(BEING_SET_UP) or codes.new_secret()
    request.session[BEING_SET_UP] = secret
    form = AppForm(request.POST or None, initial={"name": _("My phone")})
    if request.method == "POST" and form.is_valid():
        step = codes.step_of(secret, form.cleaned_data["code"], at=now)
        if step is None:
            form.add_error(
                "code", _("This code does not fit. Is the clock of the device right? Please enter the next one.")
            )
        else:
            try:
                factors.add_app(
                    account=account, secret=secret, step=step, name=form.cleaned_data["name"], by=account.actor, at=now
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                del request.session[BEING_SET_UP]
                return _after_adding(request, "app")
    address = codes.setup_address(secret, account.mail)
    shown = {"qr_code": codes.qr_code(address), "secret": codes.in_groups(secret), "setup_address": address}
    return render(request, "door/add_app.html", {"form": form, **shown}, status=422 if form.errors else 200)


@require_POST
@freshly_proved
def new_passkey_options(request: HttpRequest) -> HttpResponse:
    return JsonResponse(passkeys.creation_options(request.session, request.user, at=timezone.now()))


@never_cache
@freshly_proved
def add_passkey(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    account = request.user
    form = PasskeyForm(request.POST or None, initial={"name": _("My device")})
    if request.method == "POST" and form.is_valid():
        made = passkeys.created(request.session, request.POST.get("credential", ""), at=now)
        if made is None or Factor.objects.filter(credential=made["credential"]).exists():
            form.add_error(None, _("The browser made no passkey we could check. Please try again."))
        else:
            try:
                factors.add_passkey(account=account, **made, name=form.cleaned_data["name"], by=account.actor, at=now)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return _after_adding(request, "passkey")
    return render(request, "door/add_passkey.html", {"form": form}, status=422 if form.errors else 200)


def _after_adding(request: HttpRequest, kind: str) -> HttpResponse:
    """This session goes on, all others end; the first factor brings recovery codes, which are shown now and never again."""
    account, now = request.user, timezone.now()
    _go_on(request, second=kind)
    if account.recovery_codes.filter(used_at__isnull=True).exists():
        messages.success(request, _("The second factor was added."))
        return redirect("door:access")
    return _show_codes(request, factors.make_recovery_codes(account=account, by=account.actor, at=now))


def _go_on(request: HttpRequest, *, second: str) -> None:
    update_session_auth_hash(request, request.user)
    proof.note(request.session, second=second, at=timezone.now())


@require_POST
@freshly_proved
def remove(request: HttpRequest, number: int) -> HttpResponse:
    factor = get_object_or_404(Factor.objects.select_related("account__person"), pk=number, account=request.user)
    factors.remove(factor=factor, by=request.user.actor, at=timezone.now())
    request.user.refresh_from_db(fields=["session_epoch"])
    update_session_auth_hash(request, request.user)
    messages.success(request, _("The second factor was removed."))
    return redirect("door:access")


@never_cache
@require_POST
@freshly_proved
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes, shown once."""
    if refusal := refused(rules.check_has_factor, request.user):
        messages.info(request, refusal)
        return redirect("door:access")
    made = factors.make_recovery_codes(account=request.user, by=request.user.actor, at=timezone.now())
    return _show_codes(request, made)


def _show_codes(request: HttpRequest, made: list[str]) -> HttpResponse:
    """And on to where somebody wanted to go before a second factor was demanded."""
    way_on = entering.safe(request, request.session.pop(proof.WISH, ""))
    return render(request, "door/recovery_codes.html", {"codes": made, "way_on": way_on})


def reset(request: HttpRequest, slug: str) -> HttpResponse:
    """Take somebody's factors away who lost them."""
    person = person_seen(request, slug)
    check_keep_roles(request.user, person, on=timezone.localdate())
    account = getattr(person, "account", None)
    back = person_url(person)
    if account is None:
        return redirect(back)

    def act(data: dict[str, Any]) -> str:
        factors.reset(account=account, why=data["why"], by=request.user.actor, at=timezone.now())
        messages.success(request, _("The second factors were reset. %s was told by mail.") % person.name)
        return back

    return form_page(
        request, ResetForm(request.POST or None), act,
        title=_("Reset the second factors of %s") % person.name, back=back, word=_("Reset"), dangerous=True,
        text=_("For somebody who lost phone and recovery codes. Please make sure that it is really them who ask."),
        consequences=[
            _("All authenticator apps, passkeys and recovery codes of the account stop working."),
            _("Every session of the person ends."),
            _("The person is told by mail, with your name and the reason."),
        ],
    )  # fmt: skip
