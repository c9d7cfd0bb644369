"""Addresses of concepts of works."""

from django.urls import path

from ..views import classifying

urlpatterns = [
    path("begriffe/", classifying.waiting, name="concepts-waiting"),
    path("begriffe/guete/", classifying.quality, name="concepts-quality"),
    path("begriffe/<int:pk>/", classifying.concepts, name="concepts"),
]
