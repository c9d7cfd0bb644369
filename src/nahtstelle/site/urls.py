"""The addresses of the house."""

from django.conf import settings
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from .feeds.api.interface import api
from .pages import views as pages

handler400 = "nahtstelle.site.pages.errors.bad_request"
handler403 = "nahtstelle.site.pages.errors.forbidden"
handler404 = "nahtstelle.site.pages.errors.not_found"
handler500 = "nahtstelle.site.pages.errors.broken"

urlpatterns = [
    path("", pages.home, name="home"),
    path("ueber/", pages.about, name="about"),
    path("impressum/", pages.imprint, name="imprint"),
    path("datenschutz/", pages.privacy, name="privacy"),
    path("barrierefreiheit/", pages.accessibility, name="accessibility"),
    path("", include("nahtstelle.site.barriers.urls")),
    path("themen/", include("nahtstelle.site.topics.urls")),
    path("schreibtisch/seiten/", include("nahtstelle.site.pages.staff_urls")),
    path("schreibtisch/umleitungen/", include("nahtstelle.site.redirects.urls")),
    # Without a token, so that a public page needs no cookie for the switch: it stores nothing but a language.
    path("sprache/", csrf_exempt(set_language), name="set_language"),
    path("suche/", include("nahtstelle.site.search.urls")),
    path("post/", include("nahtstelle.site.mailroom.urls")),
    path("einladungen/", include("nahtstelle.site.invitations.urls")),
    path("anmeldung/", include("nahtstelle.site.door.urls")),
    path("schreibtisch/", include("nahtstelle.site.desk.urls")),
    path("schreibtisch/maschinenraum/", include("nahtstelle.site.desk.machinery_urls")),
    path("schreibtisch/pflichten/", include("nahtstelle.register.duties.urls")),
    path("nachrichten/", include("nahtstelle.register.notices.urls")),
    path("recht/", include("nahtstelle.rooms.law.urls")),
    path("bibliothek/", include("nahtstelle.rooms.library.urls")),
    path("veroeffentlichungen/", include("nahtstelle.rooms.outputs.urls")),
    path("versand/", include("nahtstelle.rooms.outreach.urls")),
    path("programme/", include("nahtstelle.register.programmes.urls")),
    path("organisationen/", include("nahtstelle.register.organisations.urls")),
    path("personen/", include("nahtstelle.register.people.urls")),
    path("einlesen/", include("nahtstelle.register.intake.urls")),
    path("vokabular/", include("nahtstelle.register.vocabulary.urls")),
    path("", include("nahtstelle.site.feeds.urls")),
    path("api/v1/", api.urls),
]

if settings.DEMO:
    urlpatterns += [
        path("stil/", include("nahtstelle.plumbing.look.urls")),
        path("demo/", include("nahtstelle.site.demo.urls")),
    ]
