"""Addresses of imports."""

from django.urls import path

from ..views import exporting, imports

urlpatterns = [
    path("importe/", imports.imports, name="imports"),
    path("importe/neu/", imports.new_import, name="import-new"),
    path("importe/<int:pk>/", imports.import_page, name="import"),
    path("importe/<int:pk>/spalten/", imports.columns, name="import-columns"),
    path("importe/<int:pk>/unlesbar/", imports.unread, name="import-unread"),
    path("importe/<int:pk>/nachweise/<int:number>/", imports.record, name="import-record"),
    path("importe/<int:pk>/ausfuehren/", imports.confirm, name="import-confirm"),
    path("importe/<int:pk>/zuruecknehmen/", imports.undo, name="import-undo"),
    path("importe/<int:pk>/handeln/", imports.act, name="import-act"),
    path("importe/<int:pk>/export/<slug:form>/", exporting.import_export, name="import-export"),
]
