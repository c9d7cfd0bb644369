"""Addresses of barriers: the form for everybody, the reports for those who answer them."""

from django.urls import path

from . import views

app_name = "barriers"

urlpatterns = [
    path("barrierefreiheit/melden/", views.report, name="report"),
    path("barrierefreiheit/melden/danke/", views.thanks, name="thanks"),
    path("schreibtisch/barrieren/", views.reports, name="reports"),
    path("schreibtisch/barrieren/<int:pk>/", views.one_report, name="one"),
]
