from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "nahtstelle.site.look"
    label = "look"
