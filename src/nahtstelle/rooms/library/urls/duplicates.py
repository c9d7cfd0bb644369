"""Addresses of duplicates: pairs in doubt, merging by hand, merges and their undoing."""

from django.urls import path

from ..views import duplicates, merges

urlpatterns = [
    path("dubletten/", duplicates.pairs, name="pairs"),
    path("dubletten/<int:pk>/", duplicates.pair, name="pair"),
    path("dubletten/von-hand/<int:pk>/", merges.other, name="other"),
    path("dubletten/von-hand/<int:pk>/<int:other>/", merges.by_hand, name="by-hand"),
    path("dubletten/zusammengefuehrt/", merges.merges, name="merges"),
    path("dubletten/zusammengefuehrt/<int:pk>/trennen/", merges.part, name="part"),
]
