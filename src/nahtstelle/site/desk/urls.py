"""Addresses of the desk and its door."""

from django.urls import path

from . import views

app_name = "desk"

urlpatterns = [
    path("", views.start, name="start"),
    path("anmelden/", views.sign_in, name="sign-in"),
    path("abmelden/", views.sign_out, name="sign-out"),
]
