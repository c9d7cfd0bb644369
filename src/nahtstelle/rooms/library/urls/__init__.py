"""Addresses of the library for those who keep it, below /bibliothek/; a list for each of its subjects."""

from django.urls import URLPattern, URLResolver, include, path

from . import cards, classifying, duplicates, harvesting, imports, reviews, works

app_name = "library"

urlpatterns: list[URLPattern | URLResolver] = [
    *works.urlpatterns,
    *imports.urlpatterns,
    *harvesting.urlpatterns,
    *duplicates.urlpatterns,
    *classifying.urlpatterns,
    path("sichtungen/", include(reviews)),
    *cards.urlpatterns,
]
