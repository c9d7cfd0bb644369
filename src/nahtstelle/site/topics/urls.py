"""Addresses of the topic pages: /themen/thema/th-anerkennung/, /themen/land/DE-NI/."""

from django.urls import path

from . import views
from .feed import TopicFeed

app_name = "topics"

urlpatterns = [
    path("", views.topics, name="topics"),
    path("<slug:part>/<slug:key>/", views.topic, name="topic"),
    path("<slug:part>/<slug:key>/neues.atom", TopicFeed(), name="feed"),
]
