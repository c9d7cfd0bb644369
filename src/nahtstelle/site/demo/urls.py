"""Addresses of the demo, only mounted in the demo."""

from django.urls import path

from . import views

app_name = "demo"

urlpatterns = [
    path("personen/", views.doors, name="doors"),
    path("personen/als/", views.enter, name="enter"),
    path("rundgang/", views.tour, name="tour"),
    path("rundgang/lesung/", views.bring_reading, name="bring-reading"),
    path("rundgang/<path:name>", views.tour_file, name="tour-file"),
    path("briefe/", views.letter_list, name="letters"),
    path("briefe/<int:pk>/", views.letter, name="letter"),
]
