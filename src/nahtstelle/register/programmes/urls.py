"""Addresses of programmes, networks and projects."""

from django.urls import path

from .views import changing, reading

app_name = "programmes"

urlpatterns = [
    path("", reading.programmes, name="programmes"),
    path("projekte/", reading.projects, name="projects"),
    path("projekte/neu/", changing.add_project, name="add-project"),
    path("projekte/<slug:key>/", reading.project, name="project"),
    path("projekte/<slug:key>/aendern/", changing.change_project, name="change-project"),
    path("netze/neu/", changing.add_network, name="add-network"),
    path("netze/<slug:key>/", reading.network, name="network"),
    path("netze/<slug:key>/aendern/", changing.change_network, name="change-network"),
    path("netze/<slug:key>/beteiligen/", changing.engage_colleague, name="engage-colleague"),
    path("perioden/<slug:key>/aendern/", changing.change_period, name="change-period"),
    path("beteiligungen/<int:number>/beenden/", changing.end_engagement, name="end-engagement"),
    path("beteiligen/<slug:slug>/", changing.engage, name="engage"),
    path("<slug:key>/", reading.programme, name="programme"),
    path("<slug:key>/personen/", reading.engaged, name="engaged"),
]
