"""Addresses of saved searches in sources."""

from django.urls import path

from ..views import harvesting

urlpatterns = [
    path("suchauftraege/", harvesting.searches, name="searches"),
    path("suchauftraege/neu/", harvesting.new_search, name="search-new"),
    path("suchauftraege/neues/", harvesting.news, name="searches-news"),
    path("suchauftraege/<int:pk>/", harvesting.search_page, name="search"),
    path("suchauftraege/<int:pk>/bearbeiten/", harvesting.edit_search, name="search-edit"),
    path("suchauftraege/<int:pk>/sets/", harvesting.sets, name="search-sets"),
    path("suchauftraege/<int:pk>/handeln/", harvesting.act, name="search-act"),
    path("importe/<int:pk>/dois/", harvesting.complete, name="import-complete"),
]
