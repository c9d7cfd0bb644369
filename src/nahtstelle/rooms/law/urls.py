"""Addresses of the room law, below /recht/."""

from django.urls import path

from . import act_views, import_views, provision_views, views

app_name = "law"

urlpatterns = [
    path("", views.laws, name="laws"),
    path("beobachtet/", views.watched, name="watched"),
    path("angekuendigt/", views.announcements, name="announcements"),
    path("neu/", views.recent, name="recent"),
    path("gesetze/<slug:slug>/", views.law, name="law"),
    path("gesetze/<slug:slug>/beobachten/", views.watch, name="watch"),
    path("gesetze/<slug:slug>/namen/", views.names, name="names"),
    path("gesetze/<slug:slug>/fassungen/<int:pk>/", views.reading, name="reading"),
    path("gesetze/<slug:slug>/norm/<int:pk>/", provision_views.provision, name="provision"),
    path("gesetze/<slug:slug>/norm/<int:pk>/vergleich/", provision_views.synopsis, name="synopsis"),
    path("importe/", import_views.imports, name="imports"),
    path("importe/neu/", import_views.new_import, name="new-import"),
    path("importe/<int:pk>/", import_views.import_page, name="import"),
    path("importe/<int:pk>/tun/", import_views.act_on_import, name="import-act"),
    path("aenderungsgesetze/", act_views.acts, name="acts"),
    path("aenderungsgesetze/neu/", act_views.new_act, name="new-act"),
    path("aenderungsgesetze/<slug:slug>/", act_views.act, name="act"),
    path("aenderungsgesetze/<slug:slug>/bearbeiten/", act_views.edit_act, name="edit-act"),
    path("aenderungsgesetze/<slug:slug>/norm/", act_views.plan, name="plan"),
    path("aenderungsgesetze/<slug:slug>/norm/<int:pk>/", act_views.plan, name="edit-plan"),
    path("aenderungsgesetze/<slug:slug>/norm/<int:pk>/fallen-lassen/", act_views.drop_plan, name="drop-plan"),
    path("aenderungsgesetze/<slug:slug>/anstossen/", act_views.announce, name="announce"),
]
