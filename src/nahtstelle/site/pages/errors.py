"""What a reader sees when something is not there, not allowed or broken: a sentence and a way on."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from nahtstelle.site.feeds.api.problems import nothing_there
from nahtstelle.site.refusals import answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(
        request, _("This request is not understood"),
        _("Something in it is damaged. Please go back and try again."), status=400,
    )  # fmt: skip


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, _("This is not open to you"), _("Your roles do not include this page."), status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: an old page, or cookies that are refused."""
    return answer(
        request, _("This form is too old"),
        _("It was opened before you signed in or out, or your browser keeps no cookies. Please go back, reload the "
          "page and send it again; what you typed is still there."), status=403,
    )  # fmt: skip


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith("/api/"):  # a program wants no page
        return nothing_there(request)
    return answer(
        request, _("This page does not exist"),
        _("The address may have a mistake in it, or the page has moved. Nothing that was published here is deleted: what "
          "was withdrawn still says so at its address."), status=404,
    )  # fmt: skip


def broken(request: HttpRequest) -> HttpResponse:
    """Our own mistake. The page asks neither the database nor the session, which may be what is broken."""
    return HttpResponseServerError(render_to_string("pages/broken.html"))
