from django.urls import path

from . import views

app_name = "duties"
urlpatterns = [
    path("", views.duties, name="duties"),
    path("<int:number>/", views.duty, name="duty"),
    path("<int:number>/erledigt/", views.settle, name="settle"),
    path("<int:number>/weitergeben/", views.delegate, name="delegate"),
    path("<int:number>/entfaellt/", views.drop, name="drop"),
]
