"""Addresses of imports."""

from django.urls import path

from .views import giving, reviewing, working

app_name = "intake"

urlpatterns = [
    path("", giving.imports, name="imports"),
    path("neu/", giving.new_import, name="new"),
    path("<int:pk>/", working.import_page, name="import"),
    path("<int:pk>/spalten/", working.columns, name="columns"),
    path("<int:pk>/probleme.csv", working.problem_rows, name="problems"),
    path("<int:pk>/zeilen/", reviewing.next_row, name="next"),
    path("<int:pk>/zeilen/<int:number>/", reviewing.row, name="row"),
    path("<int:pk>/ausfuehren/", working.confirm, name="confirm"),
    path("<int:pk>/zuruecknehmen/", working.undo, name="undo"),
    path("<int:pk>/handeln/", working.act, name="act"),
]
