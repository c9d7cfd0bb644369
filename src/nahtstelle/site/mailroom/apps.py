from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailroomConfig(AppConfig):
    name = "nahtstelle.site.mailroom"
    label = "mailroom"
    verbose_name = _("Mail room")

    def ready(self) -> None:
        from . import words  # reason: its sentences stand beside models, which are loaded by now

        words.declare()
