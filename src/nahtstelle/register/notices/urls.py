from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:number>/", views.open_notice, name="open"),
    path("<int:number>/gelesen/", views.read, name="read"),
    path("alle-gelesen/", views.read_all, name="read-all"),
    path("einstellungen/", views.preferences, name="preferences"),
    path("abbestellen/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
