"""Addresses of persons."""

from django.urls import path

from .views import changing, leaving, reading

app_name = "people"

urlpatterns = [
    path("", reading.people, name="people"),
    path("ich/", reading.me, name="me"),
    path("neu/", changing.add, name="add"),
    path("<slug:slug>/", reading.person, name="person"),
    path("<slug:slug>/aendern/", changing.change, name="change"),
    path("<slug:slug>/auskunft/", leaving.export, name="export"),
    path("<slug:slug>/loeschen/", leaving.erase, name="erase"),
    path("<slug:slug>/konto/", changing.account, name="account"),
    path("<slug:slug>/konto/schliessen/", changing.close_account, name="close-account"),
    path("<slug:slug>/konto/oeffnen/", changing.open_account, name="open-account"),
    path("<slug:slug>/rollen/neu/", changing.grant, name="grant"),
    path("<slug:slug>/rollen/<int:number>/beenden/", changing.end_role, name="end-role"),
]
