from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutputsConfig(AppConfig):
    name = "nahtstelle.rooms.outputs"
    label = "outputs"
    verbose_name = _("Outputs")

    def ready(self) -> None:
        from . import words  # reason: its sentences stand beside models, which are loaded by now

        words.declare()
