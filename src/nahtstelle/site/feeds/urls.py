"""Addresses for those who read by machine."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from . import calendar_views, studies, views
from .api.manual import manual
from .oai.views import provider
from .sitemaps import SITEMAPS, robots

app_name = "feeds"
PART = "feeds:sitemap-part"

urlpatterns = [
    path("feed/veroeffentlichungen.atom", views.PublicationsFeed(), name="publications"),
    path("feed/studien.atom", studies.StudiesFeed(), name="studies"),
    path("feed/recht.atom", views.LawFeed(), name="law"),
    path("kalender/recht.ics", calendar_views.law, name="law-calendar"),
    path("kalender/programme.ics", calendar_views.programmes, name="programme-calendar"),
    path("kalender/pflichten/<str:token>.ics", calendar_views.duties, name="duty-calendar"),
    path("schreibtisch/kalender/", calendar_views.my_calendar, name="my-calendar"),
    path("oai/", provider, name="oai"),
    path("api/v1/", manual, name="api-docs"),
    path("sitemap.xml", sitemap_views.index, {"sitemaps": SITEMAPS, "sitemap_url_name": PART}, name="sitemap"),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap-part"),
    path("robots.txt", robots, name="robots"),
]
