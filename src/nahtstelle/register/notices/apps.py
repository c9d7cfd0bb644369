from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "nahtstelle.register.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from . import words  # reason: models must be loaded first

        words.declare()
