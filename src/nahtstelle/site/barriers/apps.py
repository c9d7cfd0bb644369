from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BarriersConfig(AppConfig):
    name = "nahtstelle.site.barriers"
    label = "barriers"
    verbose_name = _("Reported barriers")

    def ready(self) -> None:
        from . import words  # reason: its sentences stand beside models, which are loaded by now

        words.declare()
