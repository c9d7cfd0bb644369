from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "nahtstelle.site"
    label = "site"
    verbose_name = "Nahtstelle"

    def ready(self) -> None:
        from nahtstelle.plumbing.ledger.wires import connect  # reason: apps must be loaded before rooms are imported

        from .wiring import answer_questions, wires  # reason: apps must be loaded before rooms are imported

        connect(wires())
        answer_questions()
