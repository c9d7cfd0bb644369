"""Addresses of those who keep the pages of the site."""

from django.urls import path

from . import staff_views

app_name = "pages"

urlpatterns = [
    path("", staff_views.pages, name="pages"),
    path("<str:key>/", staff_views.one_place, name="place"),
    path("<str:key>/schreiben/", staff_views.write, name="write"),
    path("<str:key>/setzen/", staff_views.put, name="put"),
    path("<str:key>/herausnehmen/", staff_views.take_out, name="take-out"),
]
