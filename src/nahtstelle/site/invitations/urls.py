"""Addresses of invitations, below /einladungen/."""

from django.urls import path

from . import views

app_name = "invitations"

urlpatterns = [
    path("", views.invitations, name="invitations"),
    path("neu/", views.new, name="new"),
    path("<int:number>/noch-einmal/", views.send_again, name="send-again"),
    path("<int:number>/zurueckziehen/", views.withdraw, name="withdraw"),
    path("annehmen/<str:token>/", views.accept, name="accept"),
]
