"""Addresses of the search, below /suche/."""

from django.urls import path

from . import saved_views, views

app_name = "search"

urlpatterns = [
    path("", views.search, name="search"),
    path("vorschlaege/", views.suggestions, name="suggestions"),
    path("merken/", saved_views.save, name="save"),
    path("merken/gefragt/", saved_views.asked, name="asked"),
    path("gemerkt/", saved_views.saved, name="saved"),
    path("gemerkt/<int:number>/beenden/", saved_views.forget, name="forget"),
    path("bestaetigen/<str:token>/", saved_views.confirm, name="confirm"),
    path("abbestellen/<str:token>/", saved_views.end, name="end"),
]
