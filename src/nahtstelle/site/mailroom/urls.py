"""Addresses of the mail room, below /post/."""

from django.urls import path

from . import views

app_name = "mailroom"

urlpatterns = [
    path("", views.mails, name="mails"),
    path("<int:number>/", views.mail, name="mail"),
    path("<int:number>/dateien/<int:pk>/", views.file, name="file"),
    path("<int:number>/geben/", views.assign, name="assign"),
    path("<int:number>/schliessen/", views.close, name="close"),
    path("<int:number>/oeffnen/", views.open_again, name="open-again"),
]
