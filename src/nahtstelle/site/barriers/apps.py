from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BarriersConfig(AppConfig):
    name = "nahtstelle.site.barriers"
    label = "barriers"
    verbose_name = _("Reported barriers")

    def ready(self) -> None:
        from nahtstelle.register.duties import kinds  # reason: declared once, when models are there

        from .actions import DUTY_KIND  # reason: as above

        kinds.declare(DUTY_KIND, label=_("Reported barrier"), sentence=_("Answer a reported barrier: %(title)s"))
