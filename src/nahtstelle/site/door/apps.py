from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DoorConfig(AppConfig):
    name = "nahtstelle.site.door"
    label = "door"
    verbose_name = _("Front door")
