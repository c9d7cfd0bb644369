"""Django's settings while tests run: the house's own, with a temporary home and a quick password hasher."""

import os
import tempfile
from pathlib import Path

# A home of its own per process: tests never touch the files of a centre that runs from the same folder.
_home = tempfile.TemporaryDirectory(prefix="nahtstelle-tests-", ignore_cleanup_errors=True)
_KEPT = ("NAHTSTELLE_DEMO", "NAHTSTELLE_HOME", "NAHTSTELLE_DATABASE_URL", "NAHTSTELLE_HARVEST_PAUSE")
os.environ["NAHTSTELLE_DEMO"] = "1"
os.environ["NAHTSTELLE_HOME"] = _home.name
for _inherited in [name for name in os.environ if name.startswith("NAHTSTELLE_")]:
    if _inherited not in _KEPT:
        del os.environ[_inherited]

from nahtstelle.site.settings import *  # noqa: E402, F403 - the environment must be set before the house reads it
from nahtstelle.site.settings import CACHES, DATABASES, STATIC_ROOT, STORAGES  # noqa: E402 - as above

# Static files are found where they lie; a server that starts gathers and packs them.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
# Tests change rows without telling the ledger, so no page is kept; test_kept_pages.py switches it on.
CACHES = CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECRET_KEY = "of the tests, in every process: the demo that one of them loads holds signed links"
forget_home = _home.cleanup  # called when the run ends: worker processes end without Python's own tidying
# A browser keeps its connections to the live server; none of them may keep one to the database.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in a real centre: in memory, the live server's threads would share one connection.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_home.name) / "tests.sqlite3")}
Path(STATIC_ROOT).mkdir()  # the server makes it
