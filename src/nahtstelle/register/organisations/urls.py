"""Addresses."""

from django.http import HttpResponse
from django.urls import path

app_name = "organisations"
urlpatterns = [
    path("", lambda request: HttpResponse(status=404), name="organisations"),
]
