"""Addresses of those who keep redirects."""

from django.urls import path

from . import views

app_name = "redirects"

urlpatterns = [
    path("", views.redirects, name="redirects"),
    path("neu/", views.add, name="add"),
    path("datei/", views.take_in, name="import"),
    path("umleitungen.csv", views.export, name="export"),
    path("<int:pk>/", views.change, name="change"),
    path("<int:pk>/entfernen/", views.drop, name="drop"),
]
