"""Addresses of the library for those who keep it, below /bibliothek/; a list for each of its subjects."""

from django.urls import URLPattern, URLResolver

from . import cards, classifying, duplicates, harvesting, imports, works

app_name = "library"

urlpatterns: list[URLPattern | URLResolver] = [
    *works.urlpatterns,
    *imports.urlpatterns,
    *harvesting.urlpatterns,
    *duplicates.urlpatterns,
    *classifying.urlpatterns,
    *cards.urlpatterns,
]
