"""My desk: what waits for me, out of all rooms, on one page; and the door to it."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from nahtstelle.plumbing.kit.refusals import NotYours
from nahtstelle.register.people.models import Account

from ..door.entering import come_in
from ..door.institutions import institutions
from . import gathering


def start(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, Account):
        raise NotYours(_("Please sign in first."))
    return render(request, "desk/start.html", gathering.desk_of(request.user, today=timezone.localdate()))


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": gettext_lazy("E-mail and password do not fit together. Both mind upper and lower case."),
        "inactive": gettext_lazy("This account is closed."),
    }


class SignIn(auth_views.LoginView):
    template_name = "desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        context.pop("site_name", None)  # Django's is the host; the frame knows the centre's name
        context["demo_url"] = reverse("demo:doors") if settings.DEMO else ""
        context["institutions"] = institutions()
        return context

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        wish = self.get_redirect_url()
        return redirect(come_in(self.request, form.get_user(), at=timezone.now(), wish=wish))


sign_in = SignIn.as_view()


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("home")
