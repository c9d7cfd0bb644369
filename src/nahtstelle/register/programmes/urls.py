"""Addresses of programmes, networks and projects."""

from django.urls import path

from .views import changing, funding, reading, recutting

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
    path("foerderung/", funding.marks, name="marks"),
    path("foerderung/neu/", funding.add_mark, name="add-mark"),
    path("foerderung/<int:pk>/", funding.change_mark, name="change-mark"),
    path("foerderung/<int:pk>/entfernen/", funding.remove_mark, name="remove-mark"),
    path("foerderung/<int:pk>.png", funding.logo, name="mark-logo"),
    path("zuschnitte/", recutting.recuts, name="recuts"),
    path("zuschnitte/neu/", recutting.plan, name="plan-recut"),
    path("zuschnitte/<int:pk>/", recutting.recut, name="recut"),
    path("zuschnitte/<int:pk>/handeln/", recutting.act_on_recut, name="act-on-recut"),
    path("zuschnitte/<int:pk>/netze/<slug:key>/", recutting.network, name="recut-network"),
    path("zuschnitte/<int:pk>/umzuege/<int:number>/", recutting.move, name="recut-move"),
    path("<slug:key>/", reading.programme, name="programme"),
    path("<slug:key>/personen/", reading.engaged, name="engaged"),
]
