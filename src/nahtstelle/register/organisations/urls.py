"""Addresses of organisations."""

from django.urls import path

from . import views

app_name = "organisations"

urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("neu/", views.add, name="add"),
    path("beitritt/<slug:slug>/", views.join, name="join"),
    path("austritt/<int:number>/", views.leave, name="leave"),
    path("<slug:slug>/", views.organisation, name="organisation"),
    path("<slug:slug>/aendern/", views.change, name="change"),
]
