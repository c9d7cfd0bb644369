"""Addresses of the room outreach, below /versand/."""

from django.urls import path

from .views import answering, deciding, mailing, preparing

app_name = "outreach"

urlpatterns = [
    path("", preparing.dispatches, name="dispatches"),
    path("neu/<slug:slug>/", preparing.new_dispatch, name="new"),
    path("<int:pk>/", deciding.dispatch, name="dispatch"),
    path("<int:pk>/bearbeiten/", preparing.edit_dispatch, name="edit"),
    path("<int:pk>/brief/<str:language>/", deciding.letter_preview, name="letter"),
    path("<int:pk>/tun/", deciding.act_on_dispatch, name="act"),
    path("<int:pk>/per-mail/", mailing.mailed_answers, name="mailed"),
    path("per-mail/<int:pk>/entscheiden/", mailing.decide, name="decide-mailed"),
    path("antwort/<str:token>/", answering.answer, name="answer"),
]
