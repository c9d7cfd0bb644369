from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "nahtstelle.site.demo"
    label = "demo"
    verbose_name = _("Demo")

    def ready(self) -> None:
        from .preparing import set_clock  # reason: it asks which database there is

        if settings.DEMO:
            set_clock()
