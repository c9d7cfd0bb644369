"""What a server runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nahtstelle.site.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - brings in every view now, so that the first reader need not wait for that
