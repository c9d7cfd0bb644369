"""Addresses of the desk and its door."""

from django.urls import path

from . import password_views, views

app_name = "desk"

urlpatterns = [
    path("", views.start, name="start"),
    path("anmelden/", views.sign_in, name="sign-in"),
    path("passwort/", password_views.ask_password, name="ask-password"),
    path("passwort/<str:uidb64>/<str:token>/", password_views.set_password, name="set-password"),
    path("abmelden/", views.sign_out, name="sign-out"),
]
