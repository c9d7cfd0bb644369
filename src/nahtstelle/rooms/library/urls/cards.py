"""Addresses of assessment cards and open questions, below /bibliothek/."""

from django.urls import path

from ..views import cards, questions

urlpatterns = [
    path("karten/", cards.cards, name="cards"),
    path("karten/neu/<slug:citekey>/", cards.card_new, name="card-new"),
    path("karten/<slug:citekey>/", cards.card, name="card"),
    path("karten/<slug:citekey>/schreiben/", cards.card_edit, name="card-edit"),
    path("karten/<slug:citekey>/sichern/", cards.card_autosave, name="card-autosave"),
    path("karten/<slug:citekey>/schritt/", cards.step, name="card-step"),
    path("karten/<slug:citekey>/beiseite/<int:pk>/", cards.card_left, name="card-left"),
    path("karten/<slug:citekey>/vergleich/", cards.card_compare, name="card-compare"),
    path("fragen/", questions.questions, name="questions"),
    path("fragen/neu/", questions.question_new, name="question-new"),
    path("fragen/<int:pk>/", questions.question, name="question"),
]
