"""Addresses of the search, below /suche/."""

from django.urls import path

from . import views

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
    path("vorschlaege/", views.suggestions, name="suggestions"),
]
