"""Addresses of the vocabulary. A concept's address is its name in SKOS and has no slash at the end."""

from django.urls import path, re_path

from .views import browsing, editing, exporting, importing, mapping

app_name = "vocabulary"

_FORM = r"(?P<form>ttl|rdf|jsonld)"
_KEY = r"(?P<key>[-a-zA-Z0-9_]+)"

urlpatterns = [
    path("", browsing.index, name="facets"),
    re_path(rf"^alles\.{_FORM}$", exporting.everything, name="export"),
    path("facetten/<slug:key>/", browsing.facet, name="facet"),
    re_path(rf"^facetten/{_KEY}\.{_FORM}$", exporting.one_facet, name="facet-export"),
    path("facetten/<slug:key>/neu/", editing.add, name="add"),
    path("importe/", importing.imports, name="imports"),
    path("importe/<int:number>/", importing.one_import, name="import"),
    path("importe/<int:number>/ausfuehren/", importing.carry_out, name="carry-out"),
    path("importe/<int:number>/zuruecknehmen/", importing.undo, name="undo"),
    path("<slug:key>", browsing.concept, name="concept"),
    re_path(rf"^{_KEY}\.{_FORM}$", exporting.one_concept, name="concept-export"),
    path("<slug:key>/aendern/", editing.change, name="change"),
    path("<slug:key>/bezeichnungen/", editing.labels, name="labels"),
    path("<slug:key>/bezeichnungen/entfernen/", editing.remove_label, name="remove-label"),
    path("<slug:key>/zuordnungen/", mapping.mappings, name="mappings"),
    path("<slug:key>/zuordnungen/entfernen/", mapping.remove, name="remove-mapping"),
    path("<slug:key>/beenden/", editing.end, name="end"),
]
