"""Addresses of the feeds."""

from django.urls import path

from . import views

app_name = "feeds"

urlpatterns = [
    path("veroeffentlichungen.atom", views.PublicationsFeed(), name="publications"),
    path("recht.atom", views.LawFeed(), name="law"),
]
