from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "nahtstelle.plumbing.look"
    label = "look"
