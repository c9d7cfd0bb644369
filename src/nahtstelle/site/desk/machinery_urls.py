"""Addresses of the machine room, for those who look after it, and of the trail."""

from django.urls import path

from . import machinery, trail

app_name = "machinery"

urlpatterns = [
    path("", machinery.health, name="health"),
    path("zustellung/<int:number>/", machinery.delivery, name="delivery"),
    path("zustellung/<int:number>/noch-einmal/", machinery.retry_delivery, name="retry-delivery"),
    path("brief/<int:number>/noch-einmal/", machinery.retry_letter, name="retry-letter"),
    path("adresse/freigeben/", machinery.clear_address, name="clear-address"),
    path("verlauf/", trail.whole, name="trail"),
    path("verlauf/<str:kind>/<int:number>/", trail.of_object, name="trail-of"),
]
