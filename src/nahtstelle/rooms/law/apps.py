from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    name = "nahtstelle.rooms.law"
    label = "law"
    verbose_name = _("Law")

    def ready(self) -> None:
        from . import watching  # reason: its sentences stand beside models, which are loaded by now

        watching.declare()
