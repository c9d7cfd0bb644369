"""Setting Django up, for a command that needs it."""

import os
from pathlib import Path


def load_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nahtstelle.site.settings")
    import django
    from django.conf import settings

    django.setup()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
