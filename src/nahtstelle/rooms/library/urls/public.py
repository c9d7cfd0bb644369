"""Addresses of the reading room, below /studien/: for everybody."""

from django.urls import path

from ..views import evidence, studies

app_name = "studies"

urlpatterns = [
    path("", studies.studies, name="studies"),
    path("karte/", evidence.evidence_map, name="map"),
    path("karte/einbetten/", evidence.embedded, name="map-embedded"),
    path("karte.svg", evidence.svg_file, name="map-svg"),
    path("karte.png", evidence.png_file, name="map-png"),
    path("karte.csv", evidence.csv_file, name="map-csv"),
    path("<slug:citekey>/", studies.study, name="study"),
    path("<slug:citekey>/fassungen/", studies.editions, name="editions"),
    path("<slug:citekey>/fassung/<int:number>/", studies.edition, name="edition"),
    path("<slug:citekey>/zitat/<slug:form>/", studies.citation, name="citation"),
    path("<slug:citekey>/volltext/<int:pk>/", studies.full_text, name="full-text"),
]
