"""Addresses of the library for those who keep it, below /bibliothek/; a list for each of its subjects."""

from django.urls import URLPattern, URLResolver

from . import classifying, duplicates

app_name = "library"

urlpatterns: list[URLPattern | URLResolver] = []
urlpatterns += duplicates.urlpatterns
urlpatterns += classifying.urlpatterns
