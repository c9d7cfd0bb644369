"""Addresses for those who read by machine."""

from django.urls import path

from . import views
from .oai.views import provider

app_name = "feeds"

urlpatterns = [
    path("feed/veroeffentlichungen.atom", views.PublicationsFeed(), name="publications"),
    path("feed/recht.atom", views.LawFeed(), name="law"),
    path("oai/", provider, name="oai"),
]
