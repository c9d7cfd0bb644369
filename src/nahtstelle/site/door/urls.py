"""Addresses of the front door, below /anmeldung/."""

from django.urls import path

from .views import access, coming_in, institutions

app_name = "door"

urlpatterns = [
    path("zweiter-schritt/", coming_in.second, name="second"),
    path("passkey/", coming_in.passkey, name="passkey"),
    path("passkey/frage/", coming_in.passkey_options, name="passkey-options"),
    path("link/", coming_in.ask_link, name="ask-link"),
    path("link/<str:token>/", coming_in.open_link, name="open-link"),
    path("institution/<slug:key>/", institutions.go, name="institution"),
    path("institution/<slug:key>/zurueck/", institutions.back, name="institution-back"),
    path("zugang/", access.access, name="access"),
    path("zugang/app/", access.add_app, name="add-app"),
    path("zugang/passkey/", access.add_passkey, name="add-passkey"),
    path("zugang/passkey/frage/", access.new_passkey_options, name="new-passkey-options"),
    path("zugang/<int:number>/entfernen/", access.remove, name="remove"),
    path("zugang/codes/", access.recovery_codes, name="recovery-codes"),
    path("zuruecksetzen/<slug:slug>/", access.reset, name="reset"),
]
