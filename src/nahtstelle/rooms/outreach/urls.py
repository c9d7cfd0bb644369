"""Addresses of the room outreach, below /versand/."""

from django.urls import path

from . import views

app_name = "outreach"

urlpatterns = [
    path("", views.dispatches, name="dispatches"),
    path("neu/<slug:slug>/", views.new_dispatch, name="new"),
    path("<int:pk>/", views.dispatch, name="dispatch"),
    path("<int:pk>/bearbeiten/", views.edit_dispatch, name="edit"),
    path("<int:pk>/brief/<str:language>/", views.letter_preview, name="letter"),
    path("<int:pk>/tun/", views.act_on_dispatch, name="act"),
    path("antwort/<str:token>/", views.answer, name="answer"),
]
