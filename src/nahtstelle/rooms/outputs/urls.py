"""Addresses of the room outputs: what readers see below /veroeffentlichungen/, the workshop behind it."""

from django.urls import path

from . import (
    about_views,
    brief_views,
    bringing_in_views,
    edit_views,
    reader_views,
    source_views,
    style_views,
    wave_views,
    workflow_views,
)

app_name = "outputs"

urlpatterns = [
    path("", reader_views.outputs, name="outputs"),
    path("werkstatt/", edit_views.workshop, name="workshop"),
    path("werkstatt/neu/", edit_views.new_output, name="new"),
    path("werkstatt/neu/word/", bringing_in_views.bring_in, name="bring-in"),
    path("werkstatt/neu/word/<uuid:key>/", bringing_in_views.brought_in, name="brought-in"),
    path("werkstatt/neu/word/<uuid:key>/bild/<str:name>", bringing_in_views.picture, name="brought-in-picture"),
    path("werkstatt/zitierstile/", style_views.styles, name="styles"),
    path("werkstatt/<slug:slug>/word/", bringing_in_views.bring_into, name="bring-into"),
    path("werkstatt/<slug:slug>/", workflow_views.work, name="work"),
    path("werkstatt/<slug:slug>/schreiben/", edit_views.edit, name="edit"),
    path("werkstatt/<slug:slug>/sichern/", edit_views.autosave, name="autosave"),
    path("werkstatt/<slug:slug>/vorschau/", edit_views.preview, name="preview"),
    path("werkstatt/<slug:slug>/angaben/", about_views.particulars, name="particulars"),
    path("werkstatt/<slug:slug>/zitate/", about_views.citations, name="citations"),
    path("werkstatt/<slug:slug>/quellen/", source_views.list_sources, name="sources"),
    path("werkstatt/<slug:slug>/quellen/suche/", source_views.find_sources, name="find-sources"),
    path("werkstatt/<slug:slug>/anhaenge/", about_views.attachments, name="attachments"),
    path("werkstatt/<slug:slug>/zusammenfuehren/<int:pk>/", edit_views.left_text, name="left-text"),
    path("werkstatt/<slug:slug>/schritt/", workflow_views.step, name="step"),
    path("werkstatt/<slug:slug>/vergleich/", workflow_views.compare, name="compare"),
    path("werkstatt/<slug:slug>/sprache/", edit_views.new_variant, name="new-variant"),
    path("werkstatt/<slug:slug>/pruefung/", about_views.reader_check, name="reader-check"),
    path("wellen/", wave_views.waves, name="waves"),
    path("wellen/<int:pk>/", wave_views.wave, name="wave"),
    path("wellen/<int:pk>/rechtsinfo/", wave_views.bulletin, name="wave-bulletin"),
    path("wellen/<int:pk>/<int:output>/", wave_views.settle, name="settle"),
    path("rechtsinfo/<slug:slug>/", wave_views.bulletin_of_act, name="act-bulletin"),
    path("kurzbericht/", brief_views.brief, name="brief"),
    path("kurzbericht/pdf/", brief_views.brief_pdf, name="brief-pdf"),
    path("kurzbericht/docx/", brief_views.brief_docx, name="brief-docx"),
    path("kurzbericht/dossier/", brief_views.begin, name="brief-begin"),
    path("<slug:slug>/", reader_views.output, name="output"),
    path("<slug:slug>/kurz/pdf/", brief_views.short_pdf, name="short-pdf"),
    path("<slug:slug>/kurz/docx/", brief_views.short_docx, name="short-docx"),
    path("<slug:slug>/quellen/<slug:form>/", reader_views.bibliography, name="bibliography"),
    path("<slug:slug>/pdf/", reader_views.pdf, name="pdf"),
    path("<slug:slug>/docx/", reader_views.docx, name="docx"),
    path("<slug:slug>/fassung/<int:number>/", reader_views.edition, name="edition"),
    path("<slug:slug>/datei/<path:name>", reader_views.attachment, name="attachment"),
]
