"""Addresses."""

from django.http import HttpResponse
from django.urls import path

app_name = "people"
urlpatterns = [
    path("", lambda request: HttpResponse(status=404), name="people"),
    path("ich/", lambda request: HttpResponse(status=404), name="me"),
]
