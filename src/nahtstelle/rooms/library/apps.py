from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "nahtstelle.rooms.library"
    label = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from . import card_words, harvest_words  # reason: their sentences stand beside models, which are loaded by now

        card_words.declare()
        harvest_words.declare()
