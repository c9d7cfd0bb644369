"""Addresses of the library for those who keep it, below /bibliothek/; a list for each of its subjects."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "library"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sichtungen/", include("nahtstelle.rooms.library.urls.reviews")),
]
