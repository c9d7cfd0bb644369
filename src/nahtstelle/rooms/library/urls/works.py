"""Addresses of works."""

from django.urls import path

from ..views import exporting, full_texts, notices, works

urlpatterns = [
    path("werke/", works.works, name="works"),
    path("werke/export/<slug:form>/", exporting.works_export, name="works-export"),
    path("werke/<int:pk>/", works.work, name="work"),
    path("werke/<int:pk>/bearbeiten/", works.edit, name="work-edit"),
    path("werke/<int:pk>/zuruecksetzen/", works.give_back, name="work-give-back"),
    path("werke/<int:pk>/nachweise/<int:record>/", works.change_record, name="work-record"),
    path("werke/<int:pk>/vermerke/neu/", notices.new_notice, name="notice-new"),
    path("werke/<int:pk>/vermerke/<int:notice>/aufheben/", notices.lift, name="notice-lift"),
    path("werke/<int:pk>/volltexte/neu/", full_texts.new_text, name="text-new"),
    path("werke/<int:pk>/volltexte/<int:text>/", full_texts.text, name="text"),
    path("werke/<int:pk>/volltexte/<int:text>/entfernen/", full_texts.remove, name="text-remove"),
    path("werke/<int:pk>/export/<slug:form>/", exporting.work_export, name="work-export"),
]
