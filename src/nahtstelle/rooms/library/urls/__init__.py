"""Addresses of the library for those who keep it, below /bibliothek/; a list for each of its subjects."""

from django.urls import URLPattern, URLResolver

from . import cards

app_name = "library"

urlpatterns: list[URLPattern | URLResolver] = [
    *cards.urlpatterns,
]
